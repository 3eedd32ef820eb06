import { type Channel, type ChannelOptions, defineChannel } from "../../contract/channel.js";
import { jimbotConfig } from "../deployment/config.js";
import { Event, EventBatch } from "../events/event.js";
import { TrainingJobSpec } from "../learning.js";
import { MetricsUpdate, SqlQuery, SqlResult } from "./analytics.js";
import {
  CommandList,
  EventHistoryPage,
  EventHistoryRequest,
  PollCommandsRequest,
  StatusReply,
} from "./bus.js";
import { restExamples } from "./examples.js";
import { GraphqlRequest, GraphqlResponse, KnowledgeChange } from "./knowledge.js";
import {
  CachedStrategies,
  CachedStrategiesRequest,
  ModelMetrics,
  ModelMetricsRequest,
  RateLimits,
  TrainingJobCreated,
} from "./learning.js";

type RestName = keyof typeof restExamples;
type Parts = "address" | "method" | "messages" | "replies" | "from" | "to";
type More = "delivery" | "encoding" | "maxBytes" | "timeoutMillis";

/** A path. Its last reply is how it refuses a request, unless that is the only one. */
function path<const Address extends string>(
  name: RestName,
  options: Required<Pick<ChannelOptions<Address>, Parts>> & Partial<Pick<ChannelOptions, More>>,
): Channel<Address> {
  const kind = "path";
  const delivery = "at most once";
  return defineChannel({
    name,
    kind,
    encoding: "json",
    delivery,
    ...options,
    example: restExamples[name],
  });
}

/** A WebSocket on which the server alone speaks. */
function websocket<const Address extends string>(
  name: RestName,
  options: Pick<ChannelOptions<Address>, "address" | "messages" | "from" | "to" | "orderedBy">,
): Channel<Address> {
  return defineChannel({
    ...options,
    name,
    kind: "websocket",
    encoding: "json",
    delivery: "at most once",
    example: restExamples[name],
  });
}

/** The mod posts again what was not answered. */
const fromMod = {
  method: "POST",
  replies: [StatusReply],
  from: ["BalatroMCP"],
  to: ["event_bus"],
  delivery: "at least once",
  maxBytes: jimbotConfig.eventBus.maxMessageBytes,
  timeoutMillis: 5_000,
} as const;
const anybody = { from: ["components"] } as const;

/**
 * Every REST path and WebSocket of JimBot, the GraphQL endpoint among them, by its name. The mod's own
 * paths (post_event, post_event_batch and poll_commands, whose answer is plain text) are the BalatroMCP
 * mod's. Document: the JimBot specification, "Service Interfaces".
 *
 *     restChannelOf.get_model_metrics.at({ model_id: "balatro-ppo" }); // "/api/v1/models/balatro-ppo/metrics"
 */
export const restChannelOf = {
  post_event: path("post_event", { address: "/api/v1/events", messages: [Event], ...fromMod }),
  post_event_batch: path("post_event_batch", {
    address: "/api/v1/events/batch",
    messages: [EventBatch],
    ...fromMod,
  }),
  get_event_history: path("get_event_history", {
    address: "/api/v1/events",
    method: "GET",
    messages: [EventHistoryRequest],
    replies: [EventHistoryPage, StatusReply],
    ...anybody,
    to: ["event_bus"],
  }),
  poll_commands: path("poll_commands", {
    address: "/api/v1/commands/poll",
    method: "GET",
    messages: [PollCommandsRequest],
    replies: [CommandList, StatusReply],
    from: ["BalatroMCP"],
    to: ["event_bus"],
    encoding: "text",
    timeoutMillis: 5_000,
  }),
  query_knowledge: path("query_knowledge", {
    address: "/graphql",
    method: "POST",
    messages: [GraphqlRequest],
    replies: [GraphqlResponse],
    ...anybody,
    to: ["memgraph"],
    timeoutMillis: jimbotConfig.knowledgeGraph.queryTimeoutMillis,
  }),
  knowledge_changes: websocket("knowledge_changes", {
    address: "/ws/knowledge",
    messages: [KnowledgeChange],
    from: ["memgraph"],
    to: ["subscribers"],
    orderedBy: "changed_at",
  }),
  submit_training_job: path("submit_training_job", {
    address: "/api/v1/training/jobs",
    method: "POST",
    messages: [TrainingJobSpec],
    replies: [TrainingJobCreated, StatusReply],
    ...anybody,
    to: ["ray_rllib"],
  }),
  get_model_metrics: path("get_model_metrics", {
    address: "/api/v1/models/{model_id}/metrics",
    method: "GET",
    messages: [ModelMetricsRequest],
    replies: [ModelMetrics, StatusReply],
    ...anybody,
    to: ["ray_rllib"],
  }),
  get_cached_strategies: path("get_cached_strategies", {
    address: "/api/v1/strategies/cache",
    method: "GET",
    messages: [CachedStrategiesRequest],
    replies: [CachedStrategies, StatusReply],
    ...anybody,
    to: ["claude_advisor"],
  }),
  update_rate_limits: path("update_rate_limits", {
    address: "/api/v1/config/rate_limits",
    method: "PUT",
    messages: [RateLimits],
    replies: [RateLimits, StatusReply],
    ...anybody,
    to: ["claude_advisor"],
  }),
  query_metrics: path("query_metrics", {
    address: "/api/v1/query",
    method: "POST",
    messages: [SqlQuery],
    replies: [SqlResult, StatusReply],
    ...anybody,
    to: ["analytics"],
  }),
  metric_stream: websocket("metric_stream", {
    address: "/ws/metrics",
    messages: [MetricsUpdate],
    from: ["analytics"],
    to: ["subscribers"],
    orderedBy: "sequence",
  }),
} as const satisfies Readonly<Record<RestName, Channel>>;

/** The same as a list. */
export const restChannels: readonly Channel[] = Object.values(restChannelOf);
