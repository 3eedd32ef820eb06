import { describe, expect, expectTypeOf, it } from "vitest";
import { Priority } from "../../gen/jimbot/resources/v1/resources_pb.js";
import { GameStateEvent, type GameStateEventJson } from "../../src/jimbot/events/game.js";
import {
  DecisionContext,
  type DecisionContextJson,
  LearningDecisionRequest,
  type LearningDecisionRequestJson,
  LearningDecisionResponse,
  type LearningDecisionResponseJson,
  TrainingJobSpec,
  type TrainingJobSpecJson,
} from "../../src/jimbot/learning.js";
import { refused, refusedAsJson, through, withoutHint } from "../support/all-methods.js";

const gameState = GameStateEvent.toJson(GameStateEvent.create());
const context = {
  recent_actions: ["discard"],
  current_score: 1.5,
  target_score: 300,
  strategy_hint: "flush",
};
const request = { request_id: "REQ-1", game_state: gameState, available_actions: ["play_hand"] };
const response = { request_id: "REQ-1", selected_action: "play_hand" };
const job = { model_id: "m", algorithm: "PPO" };

describe.each([
  {
    contract: DecisionContext,
    least: {},
    written: { recent_actions: [], current_score: 0, target_score: 0, strategy_hint: "" },
    more: context,
  },
  {
    contract: LearningDecisionRequest,
    least: request,
    written: { time_limit_ms: 0 },
    more: { time_limit_ms: 1000.5, context },
  },
  {
    contract: LearningDecisionResponse,
    least: response,
    written: { confidence: 0, action_values: {}, used_llm: false, strategy_name: "" },
    more: {
      confidence: 0.85,
      action_values: { play_hand: 0.9, discard: -3.5 },
      used_llm: true,
      strategy_name: "greedy",
    },
  },
  {
    contract: TrainingJobSpec,
    least: job,
    written: {
      job_id: "",
      hyperparameters: {},
      max_episodes: 0,
      max_memory_mb: 0,
      gpu: false,
      gpu_time_slice_ms: 0,
      checkpoint_path: "",
    },
    more: {
      job_id: "j1",
      hyperparameters: { lr: "3e-4" },
      max_episodes: 10,
      max_memory_mb: 6144,
      gpu: true,
      gpu_time_slice_ms: 500,
      checkpoint_path: "/tmp/c",
      priority: "HIGH",
    },
  },
])("$contract.typeName", ({ contract, least, written, more }) => {
  const always = { ...least, ...written };

  it.each(Object.keys(least))("requires %s", (key) => {
    const rest = Object.entries(always).filter(([name]) => name !== key);
    expect(refusedAsJson(contract, Object.fromEntries(rest))).toBe(
      `cannot decode ${contract.typeName} from JSON: ${key}: this key is required [required]`,
    );
  });

  it("requires nothing else, and writes fields with their default value", () => {
    expect(through(contract, least)).toEqual(always);
  });

  it("keeps every key, and reads null as unset", () => {
    expect(Object.keys({ ...always, ...more })).toHaveLength(contract.schema.fields.length);
    expect(through(contract, { ...always, ...more })).toEqual({ ...always, ...more });
    const nulls = Object.fromEntries(
      Object.keys({ ...written, ...more }).map((key) => [key, null]),
    );
    expect(through(contract, { ...nulls, ...least })).toEqual(always);
  });
});

describe("the rules of learning", () => {
  const empty = 'expected a non-empty string, got "" [length]';
  const below = "expected a number of at least 0, got -1 [range]";

  it.each([
    [`recent_actions[1]: ${empty}`, DecisionContext, { recent_actions: ["a", ""] }],
    [`current_score: ${below}`, DecisionContext, { current_score: -1 }],
    [`target_score: ${below}`, DecisionContext, { target_score: -1 }],
    [`request_id: ${empty}`, LearningDecisionRequest, { ...request, request_id: "" }],
    [
      `game_state.round: ${below}`,
      LearningDecisionRequest,
      { ...request, game_state: { round: -1 } },
    ],
    [
      `available_actions[1]: ${empty}`,
      LearningDecisionRequest,
      { ...request, available_actions: ["a", ""] },
    ],
    [`time_limit_ms: ${below}`, LearningDecisionRequest, { ...request, time_limit_ms: -1 }],
    [
      `context.target_score: ${below}`,
      LearningDecisionRequest,
      { ...request, context: { target_score: -1 } },
    ],
    [`request_id: ${empty}`, LearningDecisionResponse, { ...response, request_id: "" }],
    [`selected_action: ${empty}`, LearningDecisionResponse, { ...response, selected_action: "" }],
    [
      "confidence: expected a number of at most 1, got 1.5 [range]",
      LearningDecisionResponse,
      { ...response, confidence: 1.5 },
    ],
    [
      "confidence: expected a number of at least 0, got -0.5 [range]",
      LearningDecisionResponse,
      { ...response, confidence: -0.5 },
    ],
    [`model_id: ${empty}`, TrainingJobSpec, { ...job, model_id: "" }],
    [`algorithm: ${empty}`, TrainingJobSpec, { ...job, algorithm: "" }],
    [
      'hyperparameters[""]: keys must not be empty [length]',
      TrainingJobSpec,
      { ...job, hyperparameters: { "": "x" } },
    ],
    [`max_episodes: ${below}`, TrainingJobSpec, { ...job, max_episodes: -1 }],
    [`max_memory_mb: ${below}`, TrainingJobSpec, { ...job, max_memory_mb: -1 }],
    [
      "max_memory_mb: expected a number of at most 6144, got 6145 [range]",
      TrainingJobSpec,
      { ...job, max_memory_mb: 6145 },
    ],
    [`gpu_time_slice_ms: ${below}`, TrainingJobSpec, { ...job, gpu_time_slice_ms: -1 }],
  ])("refuse %s", (text, contract, json) => {
    expect(refused(contract, json)).toBe(text);
  });

  it.each([
    ["no confidence", LearningDecisionResponse, { ...response, confidence: 0 }],
    ["certainty", LearningDecisionResponse, { ...response, confidence: 1 }],
    ["6 GB", TrainingJobSpec, { ...job, max_memory_mb: 6144 }],
    ["an empty value of a parameter", TrainingJobSpec, { ...job, hyperparameters: { lr: "" } }],
  ])("accept %s", (_, contract, json) => {
    expect(through(contract, json)).toMatchObject(json);
  });

  it.each([
    ["request_id: expected a string, got null [type]", { request_id: null }],
    ["game_state: expected an object, got null [type]", { game_state: null }],
    ["game_state: expected an object, got 3 [type]", { game_state: 3 }],
    ["available_actions: expected an array, got null [type]", { available_actions: null }],
    ["available_actions[0]: expected a string, got 5 [type]", { available_actions: [5] }],
    ["available_actions[0]: expected a string, got null [type]", { available_actions: [null] }],
    [
      "available_actions[0].action_type: expected a string, got undefined [type]",
      { available_actions: [{}] },
    ],
    [
      "available_actions[0].action_type: expected a string, got 5 [type]",
      { available_actions: [{ action_type: 5 }] },
    ],
    [`available_actions[0]: ${empty}`, { available_actions: [{ action_type: "" }] }],
    [
      "context.recent_actions[0]: expected a string, got an object [type]",
      { context: { recent_actions: [{ action_type: "discard" }] } },
    ],
  ])("refuse the JSON with %s", (text, fields) => {
    expect(refusedAsJson(LearningDecisionRequest, { ...request, ...fields })).toBe(
      `cannot decode jimbot.events.v1.LearningDecisionRequest from JSON: ${text}`,
    );
  });

  it("refuse a request without a game state", () => {
    const { gameState: _, ...rest } = LearningDecisionRequest.fromJson(request);
    const result = LearningDecisionRequest.safeEncode({ ...rest, gameState: undefined });
    expect(result.ok ? "" : result.error.message).toBe(
      "cannot encode jimbot.events.v1.LearningDecisionRequest: game_state: expected an object, got undefined [required]",
    );
  });
});

describe("a request without actions", () => {
  const none = { ...request, available_actions: [] };

  it("is read and written, because the mod sends it", () => {
    expect(through(LearningDecisionRequest, none)).toMatchObject({ available_actions: [] });
  });

  it("is refused with strict, and without the list", () => {
    const result = LearningDecisionRequest.safeFromJson(none, { strict: true });
    expect(result.ok ? "nothing was refused" : result.error.message).toBe(
      "cannot decode jimbot.events.v1.LearningDecisionRequest from JSON: available_actions: expected at least 1 item, got an array of 0 [length]",
    );
    const { available_actions: _, ...rest } = none;
    expect(refusedAsJson(LearningDecisionRequest, rest)).toBe(
      "cannot decode jimbot.events.v1.LearningDecisionRequest from JSON: available_actions: this key is required [required]",
    );
  });
});

describe("an available action", () => {
  it("may be an object, whose name is kept and whose other keys are reported", () => {
    const json = { ...request, available_actions: ["a", { action_type: "b", action_id: 3 }] };
    expect(LearningDecisionRequest.safeFromJson(json)).toMatchObject({
      ok: true,
      value: { availableActions: ["a", "b"] },
      unknownKeys: ["available_actions[1].action_id"],
    });
    expect(through(LearningDecisionRequest, json)).toMatchObject({ available_actions: ["a", "b"] });
  });
});

describe("the priority of a training job", () => {
  it.each([
    ["LOW", Priority.LOW],
    ["NORMAL", Priority.NORMAL],
    ["HIGH", Priority.HIGH],
    ["CRITICAL", Priority.CRITICAL],
  ])("may be %s", (priority, number) => {
    expect(TrainingJobSpec.fromJson({ ...job, priority }).priority).toBe(number);
    expect(through(TrainingJobSpec, { ...job, priority })).toMatchObject({ priority });
  });

  it("is read under its other name, and written NORMAL", () => {
    expect(through(TrainingJobSpec, { ...job, priority: "MEDIUM" })).toMatchObject({
      priority: "NORMAL",
    });
  });

  it("has no key if it is unset", () => {
    expect(TrainingJobSpec.toJson(TrainingJobSpec.fromJson(job))).not.toHaveProperty("priority");
  });

  it.each(["UNSPECIFIED", "high", "PRIORITY_HIGH", 3])("is not %s", (priority) => {
    expect(withoutHint(refusedAsJson(TrainingJobSpec, { ...job, priority }))).toBe(
      `cannot decode jimbot.events.v1.TrainingJobSpec from JSON: priority: expected a Priority name, got ${JSON.stringify(priority)} [enum]`,
    );
  });
});

describe("the types of learning", () => {
  it("have the keys of the JSON", () => {
    expectTypeOf<DecisionContextJson>().toEqualTypeOf<{
      recent_actions: string[];
      current_score: number;
      target_score: number;
      strategy_hint: string;
    }>();
    expectTypeOf<LearningDecisionRequestJson>().toEqualTypeOf<{
      request_id: string;
      game_state: GameStateEventJson;
      available_actions: string[];
      time_limit_ms: number;
      context?: DecisionContextJson;
    }>();
    expectTypeOf<LearningDecisionResponseJson>().toEqualTypeOf<{
      request_id: string;
      selected_action: string;
      confidence: number;
      action_values: { [key: string]: number };
      used_llm: boolean;
      strategy_name: string;
    }>();
    expectTypeOf<TrainingJobSpecJson>().toEqualTypeOf<{
      job_id: string;
      model_id: string;
      algorithm: string;
      hyperparameters: { [key: string]: string };
      max_episodes: number;
      max_memory_mb: number;
      gpu: boolean;
      gpu_time_slice_ms: number;
      checkpoint_path: string;
      priority?: "LOW" | "NORMAL" | "HIGH" | "CRITICAL";
    }>();
  });
});
