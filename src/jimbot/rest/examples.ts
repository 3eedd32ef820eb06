import type { ChannelExample } from "../../contract/channel.js";
import { knowledgeGraphqlQuery } from "./graphql.js";

const time = 1234567890000;

const moneyChanged = {
  type: "MONEY_CHANGED",
  source: "BalatroMCP",
  event_id: "37693cfc-7480-49e4-9d87-b8c7d8d0aadd",
  timestamp: time,
  version: 1,
  payload: { old_value: 10, new_value: 15, difference: 5 },
};
const accepted = { status: "ok" };
const rateLimits = {
  strategy: "token_bucket",
  capacity: 100,
  refill_per_hour: 100,
  burst_capacity: 10,
};

/** One request and one reply for each path and WebSocket, by the channel's name; wire JSON. */
export const restExamples = {
  post_event: { message: moneyChanged, reply: accepted },
  post_event_batch: {
    message: {
      batch_id: "batch-1",
      events: [moneyChanged],
      source: "BalatroMCP",
      timestamp: time,
    },
    reply: accepted,
  },
  get_event_history: {
    message: { from: time, to: time + 60_000, type: "MONEY_CHANGED" },
    reply: { events: [moneyChanged], next_page_token: "" },
  },
  poll_commands: { message: {}, reply: { commands: ["play_hand:1,2,3"] } },
  query_knowledge: {
    message: {
      query: knowledgeGraphqlQuery,
      operationName: "JokerSynergies",
      variables: { jokerName: "Blueprint" },
    },
    reply: {
      data: {
        joker: {
          synergies: [
            {
              target: { name: "Joker" },
              strength: 0.9,
              conditions: ["stands to the left of Joker"],
            },
          ],
        },
      },
    },
  },
  knowledge_changes: {
    message: {
      change_id: "change-1",
      kind: "CREATED",
      update: {
        update_id: "update-1",
        knowledge_type: "joker_synergy",
        joker_synergy: {
          joker1_id: "Blueprint",
          joker2_id: "Joker",
          synergy_score: 0.9,
          synergy_type: "copy",
          conditions: ["stands to the left of Joker"],
        },
        confidence: 0.85,
        source: "observed",
      },
      changed_at: time,
    },
  },
  submit_training_job: {
    message: {
      job_id: "",
      model_id: "balatro-ppo",
      algorithm: "PPO",
      hyperparameters: { learning_rate: "3e-4" },
      max_episodes: 1000,
      max_memory_mb: 6144,
      gpu: true,
      gpu_time_slice_ms: 100,
      checkpoint_path: "",
      priority: "NORMAL",
    },
    reply: { job_id: "job-1", model_id: "balatro-ppo", status: "QUEUED", created_at: time },
  },
  get_model_metrics: {
    message: { model_id: "balatro-ppo" },
    reply: {
      model_id: "balatro-ppo",
      job_id: "job-1",
      episodes: 1000,
      values: { mean_reward: 12.5, win_rate: 0.25 },
      measured_at: time,
    },
  },
  get_cached_strategies: {
    message: { max_results: 10 },
    reply: {
      strategies: [
        {
          key: "ante-3-boss",
          response: {
            request_id: "S-1",
            recommended_action: "play_hand",
            confidence: 0.85,
            reasoning: "The hand beats the blind.",
            alternative_action: "discard",
            from_cache: false,
            processing_time_ms: 1200,
          },
          cached_at: time,
          expires_at: time + 3_600_000,
          hits: 3,
        },
      ],
    },
  },
  update_rate_limits: { message: rateLimits, reply: rateLimits },
  query_metrics: {
    message: {
      query: "SELECT source, count() AS events FROM events GROUP BY source",
      max_rows: 100,
    },
    reply: {
      columns: [
        { name: "source", type: "SYMBOL" },
        { name: "events", type: "LONG" },
      ],
      rows: [{ source: "BalatroMCP", events: 42 }],
      truncated: false,
    },
  },
  metric_stream: {
    message: {
      sequence: 0,
      sent_at: time,
      metrics: [
        {
          metric_name: "jimbot_request_duration_seconds",
          metric_type: "histogram",
          value: 0.015,
          labels: { service: "ray_rllib", method: "GetDecision", status: "ok" },
          recorded_at: time,
          unit: "seconds",
        },
      ],
    },
  },
} as const satisfies Readonly<Record<string, ChannelExample>>;
