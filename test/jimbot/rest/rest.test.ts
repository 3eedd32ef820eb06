import { describe, expect, expectTypeOf, it } from "vitest";
import type { AnyContract } from "../../../src/contract/contract.js";
import {
  MetricsUpdate,
  SqlColumn,
  SqlQuery,
  SqlResult,
} from "../../../src/jimbot/rest/analytics.js";
import {
  CommandList,
  EventHistoryPage,
  EventHistoryRequest,
  type EventHistoryRequestJson,
  PollCommandsRequest,
  StatusReply,
} from "../../../src/jimbot/rest/bus.js";
import { restContracts } from "../../../src/jimbot/rest/contracts.js";
import { restExamples } from "../../../src/jimbot/rest/examples.js";
import {
  GraphqlError,
  GraphqlLocation,
  GraphqlRequest,
  type GraphqlRequestJson,
  GraphqlResponse,
  KnowledgeChange,
} from "../../../src/jimbot/rest/knowledge.js";
import {
  CachedStrategies,
  CachedStrategiesRequest,
  CachedStrategy,
  ModelMetrics,
  ModelMetricsRequest,
  RateLimits,
  type RateLimitsJson,
  TrainingJobCreated,
} from "../../../src/jimbot/rest/learning.js";
import { refused, refusedAsJson, through } from "../../support/all-methods.js";

const time = 1234567890000;
const { reply: page } = restExamples.get_event_history;
const [event] = page.events;
const { reply: job } = restExamples.submit_training_job;
const { reply: figures } = restExamples.get_model_metrics;
const [advice] = restExamples.get_cached_strategies.reply.strategies;
const { message: limits } = restExamples.update_rate_limits;
const { reply: result } = restExamples.query_metrics;
const { message: question } = restExamples.query_knowledge;
const { message: change } = restExamples.knowledge_changes;
const { message: update } = restExamples.metric_stream;
const fault = { message: "no such joker", locations: [{ line: 2, column: 3 }], path: ["joker", 0] };

/** Every message: its required keys, the defaults that it writes, and a value for every other key. */
const shapes: readonly {
  contract: AnyContract;
  least: Record<string, unknown>;
  written?: Record<string, unknown>;
  more?: Record<string, unknown>;
}[] = [
  { contract: StatusReply, least: { status: "ok" } },
  {
    contract: EventHistoryRequest,
    least: {},
    more: { from: time, to: time + 1, type: "GAME_STATE", page_size: 1000, page_token: "p2" },
  },
  {
    contract: EventHistoryPage,
    least: {},
    written: { events: [], next_page_token: "" },
    more: { events: [event], next_page_token: "p2" },
  },
  { contract: PollCommandsRequest, least: {} },
  {
    contract: CommandList,
    least: {},
    written: { commands: [] },
    more: { commands: ["play_hand:1,2,3", "reroll_shop"] },
  },
  { contract: TrainingJobCreated, least: job },
  { contract: ModelMetricsRequest, least: { model_id: "balatro-ppo" } },
  {
    contract: ModelMetrics,
    least: { model_id: "balatro-ppo", measured_at: time },
    written: { job_id: "", episodes: 0, values: {} },
    more: figures,
  },
  { contract: CachedStrategiesRequest, least: {}, more: { max_results: 3 } },
  {
    contract: CachedStrategy,
    least: { key: advice.key, response: advice.response, cached_at: time },
    written: { hits: 0 },
    more: { expires_at: time + 1, hits: 7 },
  },
  {
    contract: CachedStrategies,
    least: {},
    written: { strategies: [] },
    more: { strategies: [advice] },
  },
  { contract: RateLimits, least: limits },
  { contract: SqlQuery, least: { query: "SELECT 1" }, more: { max_rows: 5 } },
  { contract: SqlColumn, least: { name: "source", type: "SYMBOL" } },
  {
    contract: SqlResult,
    least: {},
    written: { columns: [], rows: [], truncated: false },
    more: { ...result, truncated: true },
  },
  { contract: GraphqlRequest, least: { query: question.query }, more: question },
  { contract: GraphqlLocation, least: { line: 1, column: 1 } },
  { contract: GraphqlError, least: { message: fault.message }, more: fault },
  { contract: GraphqlResponse, least: {}, more: { data: { joker: null }, errors: [fault] } },
  { contract: KnowledgeChange, least: change },
  { contract: MetricsUpdate, least: update },
];

describe.each(shapes)("$contract.typeName", ({ contract, least, written = {}, more = {} }) => {
  const always = { ...least, ...written };
  const isWhole = contract === GraphqlResponse;

  it("requires some keys, and writes fields with their default value", () => {
    if (!isWhole) expect(through(contract, least)).toEqual(always);
    for (const key of Object.keys(least)) {
      const rest = Object.fromEntries(Object.entries(always).filter(([name]) => name !== key));
      expect(refusedAsJson(contract, rest)).toBe(
        `cannot decode ${contract.typeName} from JSON: ${key}: this key is required [required]`,
      );
    }
  });

  it("keeps every key, and reads null as unset", () => {
    const whole = { ...always, ...more };
    expect(through(contract, whole)).toEqual(whole);
    const unset = Object.keys(whole).filter((key) => !Object.hasOwn(least, key));
    const nulls = Object.fromEntries(unset.map((key) => [key, null]));
    if (!isWhole) expect(through(contract, { ...nulls, ...least })).toEqual(always);
  });
});

describe("the list of shapes", () => {
  it("has every contract of the package, each with every field", () => {
    expect(shapes.map(({ contract }) => contract)).toEqual([...restContracts]);
    for (const { contract, least, written, more } of shapes) {
      const keys = Object.keys({ ...least, ...written, ...more });
      const absent = contract === StatusReply ? ["error"] : [];
      expect([...keys, ...absent].length, contract.typeName).toBe(contract.schema.fields.length);
    }
  });
});

describe("the rules of the paths", () => {
  const empty = 'expected a non-empty string, got "" [length]';
  const below = (least: number, got: number): string =>
    `expected a number of at least ${least}, got ${got} [range]`;
  const segment = "expected one address segment of letters, digits, _ and -, got";
  const command = "expected a command in one line such as play_hand:1,2,3, got";

  it.each<[string, AnyContract, unknown]>([
    ['status: expected one of "ok", "error", got "OK" [format]', StatusReply, { status: "OK" }],
    ["error: must not be empty when status is error [rule]", StatusReply, { status: "error" }],
    [
      "error: must be empty unless status is error [rule]",
      StatusReply,
      { status: "ok", error: "x" },
    ],
    ["to: must be later than from [rule]", EventHistoryRequest, { from: time, to: time }],
    [`page_size: ${below(0, -1)}`, EventHistoryRequest, { page_size: -1 }],
    [
      "page_size: expected a number of at most 1000, got 1001 [range]",
      EventHistoryRequest,
      { page_size: 1001 },
    ],
    [`commands[0]: ${command} "" [format]`, CommandList, { commands: [""] }],
    [`commands[1]: ${command} "a\\nb" [format]`, CommandList, { commands: ["a", "a\nb"] }],
    [`commands[0]: ${command} "Discard:1" [format]`, CommandList, { commands: ["Discard:1"] }],
    [`job_id: ${empty}`, TrainingJobCreated, { ...job, job_id: "" }],
    [`model_id: ${empty}`, TrainingJobCreated, { ...job, model_id: "" }],
    [`model_id: ${segment} "a/b" [format]`, ModelMetricsRequest, { model_id: "a/b" }],
    [`model_id: ${segment} "" [format]`, ModelMetricsRequest, { model_id: "" }],
    [`model_id: ${empty}`, ModelMetrics, { ...figures, model_id: "" }],
    [`episodes: ${below(0, -1)}`, ModelMetrics, { ...figures, episodes: -1 }],
    [
      'values[""]: keys must not be empty [length]',
      ModelMetrics,
      { ...figures, values: { "": 1 } },
    ],
    [`max_results: ${below(0, -1)}`, CachedStrategiesRequest, { max_results: -1 }],
    [`key: ${empty}`, CachedStrategy, { ...advice, key: "" }],
    [
      "expires_at: must be later than cached_at [rule]",
      CachedStrategy,
      { ...advice, expires_at: time },
    ],
    [`hits: ${below(0, -1)}`, CachedStrategy, { ...advice, hits: -1 }],
    [
      "strategies[1].key: a second entry for this key [rule]",
      CachedStrategies,
      { strategies: [advice, advice] },
    ],
    [
      'strategy: expected one of "token_bucket", got "leaky_bucket" [format]',
      RateLimits,
      { ...limits, strategy: "leaky_bucket" },
    ],
    [`capacity: ${below(1, 0)}`, RateLimits, { ...limits, capacity: 0 }],
    [`refill_per_hour: ${below(1, 0)}`, RateLimits, { ...limits, refill_per_hour: 0 }],
    [`burst_capacity: ${below(1, 0)}`, RateLimits, { ...limits, burst_capacity: 0 }],
    [
      "burst_capacity: must not be more than capacity [rule]",
      RateLimits,
      { ...limits, burst_capacity: 101 },
    ],
    [`query: ${empty}`, SqlQuery, { query: "" }],
    [`max_rows: ${below(0, -1)}`, SqlQuery, { query: "SELECT 1", max_rows: -1 }],
    [`name: ${empty}`, SqlColumn, { name: "", type: "LONG" }],
    [`type: ${empty}`, SqlColumn, { name: "events", type: "" }],
    [
      "columns[2].name: a second column of this name [rule]",
      SqlResult,
      { columns: [...result.columns, result.columns[0]], rows: [] },
    ],
    [
      "rows[1]: must have one value for each column and nothing else [rule]",
      SqlResult,
      { ...result, rows: [result.rows[0], { source: "BalatroMCP" }] },
    ],
    [
      "rows[0]: must have one value for each column and nothing else [rule]",
      SqlResult,
      { ...result, rows: [{ source: "BalatroMCP", count: 42 }] },
    ],
    [`query: ${empty}`, GraphqlRequest, { query: "" }],
    [`line: ${below(1, 0)}`, GraphqlLocation, { line: 0, column: 1 }],
    [`column: ${below(1, 0)}`, GraphqlLocation, { line: 1, column: 0 }],
    [`message: ${empty}`, GraphqlError, { message: "" }],
    ...[true, 0.5, -1, null, []].map((step): [string, AnyContract, unknown] => [
      "path[1]: must be a name or a number from 0 [rule]",
      GraphqlError,
      { ...fault, path: ["joker", step] },
    ]),
    ["errors: must not be empty when data is unset [rule]", GraphqlResponse, {}],
    [`change_id: ${empty}`, KnowledgeChange, { ...change, change_id: "" }],
    [
      "update.confidence: expected a number of at most 1, got 2 [range]",
      KnowledgeChange,
      { ...change, update: { ...change.update, confidence: 2 } },
    ],
    [`sequence: ${below(0, -1)}`, MetricsUpdate, { ...update, sequence: -1 }],
    [
      "metrics: expected at least 1 item, got an array of 0 [length]",
      MetricsUpdate,
      { ...update, metrics: [] },
    ],
  ])("refuse %s", (text, contract, json) => {
    expect(refused(contract, json)).toBe(text);
  });

  it.each<[string, AnyContract, unknown]>([
    [
      "status: expected a TrainingJobStatus name",
      TrainingJobCreated,
      { ...job, status: "UNSPECIFIED" },
    ],
    [
      "kind: expected a KnowledgeChangeKind name",
      KnowledgeChange,
      { ...change, kind: "UNSPECIFIED" },
    ],
    ["type: expected an EventType name", EventHistoryRequest, { type: "UNKNOWN" }],
  ])("refuse the JSON with %s", (text, contract, json) => {
    expect(refusedAsJson(contract, json)).toContain(`from JSON: ${text}, got "`);
  });

  it.each<[string, AnyContract, unknown]>([
    ["a refusal with its reason", StatusReply, { status: "error", error: "unknown type" }],
    ["a history without an end", EventHistoryRequest, { from: time }],
    ["the first of all types", EventHistoryRequest, { type: "GAME_STATE" }],
    ["a command without arguments", CommandList, { commands: ["reroll_shop", "go_to_shop:"] }],
    ["a burst of the whole bucket", RateLimits, { ...limits, burst_capacity: 100 }],
    ["rows without columns", SqlResult, { columns: [], rows: [{}, {}], truncated: false }],
    ["a step to the first item", GraphqlError, { ...fault, path: ["joker", 0] }],
    ["data alone", GraphqlResponse, { data: {} }],
    ["faults alone", GraphqlResponse, { errors: [fault] }],
    ["a running job", TrainingJobCreated, { ...job, status: "RUNNING" }],
    ["a deletion", KnowledgeChange, { ...change, kind: "DELETED" }],
  ])("accept %s", (_, contract, json) => {
    expect(through(contract, json)).toEqual(json);
  });
});

describe("the types of the paths", () => {
  it("have the keys of the JSON", () => {
    expectTypeOf<RateLimitsJson>().toEqualTypeOf<{
      strategy: string;
      capacity: number;
      refill_per_hour: number;
      burst_capacity: number;
    }>();
    expectTypeOf<GraphqlRequestJson["operationName"]>().toEqualTypeOf<string | undefined>();
    expectTypeOf<EventHistoryRequestJson["from"]>().toEqualTypeOf<number | undefined>();
  });
});
