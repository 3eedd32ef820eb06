import { describe, expect, expectTypeOf, it } from "vitest";
import { GameStateEvent, type GameStateEventJson } from "../../src/jimbot/events/game.js";
import {
  StrategyRequest,
  type StrategyRequestJson,
  StrategyResponse,
  type StrategyResponseJson,
} from "../../src/jimbot/strategy.js";
import { refused, refusedAsJson, through } from "../support/all-methods.js";

const request = { request_id: "S-1", game_state: GameStateEvent.toJson(GameStateEvent.create()) };
const response = { request_id: "S-1", recommended_action: "buy Blueprint" };

describe.each([
  {
    contract: StrategyRequest,
    least: request,
    written: { strategy_type: "", considerations: [], time_limit_ms: 0, context: "" },
    more: {
      strategy_type: "long_term",
      considerations: ["economy"],
      time_limit_ms: 5000,
      context: "ante 8",
    },
  },
  {
    contract: StrategyResponse,
    least: response,
    written: {
      confidence: 0,
      reasoning: "",
      alternative_action: "",
      from_cache: false,
      processing_time_ms: 0,
    },
    more: {
      confidence: 0.85,
      reasoning: "it copies",
      alternative_action: "skip",
      from_cache: true,
      processing_time_ms: 1200,
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

describe("the rules of strategy", () => {
  const empty = 'expected a non-empty string, got "" [length]';
  const below = "expected a number of at least 0, got -1 [range]";
  const kinds = 'strategy_type: expected one of "immediate", "short_term", "long_term", got';

  it.each([
    [`request_id: ${empty}`, StrategyRequest, { ...request, request_id: "" }],
    [`game_state.chips: ${below}`, StrategyRequest, { ...request, game_state: { chips: -1 } }],
    [
      `${kinds} "medium_term" [format]`,
      StrategyRequest,
      { ...request, strategy_type: "medium_term" },
    ],
    [`${kinds} "Immediate" [format]`, StrategyRequest, { ...request, strategy_type: "Immediate" }],
    [`considerations[0]: ${empty}`, StrategyRequest, { ...request, considerations: [""] }],
    [`time_limit_ms: ${below}`, StrategyRequest, { ...request, time_limit_ms: -1 }],
    [`request_id: ${empty}`, StrategyResponse, { ...response, request_id: "" }],
    [`recommended_action: ${empty}`, StrategyResponse, { ...response, recommended_action: "" }],
    [
      "confidence: expected a number of at most 1, got 2 [range]",
      StrategyResponse,
      { ...response, confidence: 2 },
    ],
    [`confidence: ${below}`, StrategyResponse, { ...response, confidence: -1 }],
    [`processing_time_ms: ${below}`, StrategyResponse, { ...response, processing_time_ms: -1 }],
  ])("refuse %s", (text, contract, json) => {
    expect(refused(contract, json)).toBe(text);
  });

  it.each([
    ["immediate", StrategyRequest, { ...request, strategy_type: "immediate" }],
    ["short_term", StrategyRequest, { ...request, strategy_type: "short_term" }],
    ["no type", StrategyRequest, { ...request, strategy_type: "" }],
    ["certainty", StrategyResponse, { ...response, confidence: 1 }],
  ])("accept %s", (_, contract, json) => {
    expect(through(contract, json)).toMatchObject(json);
  });

  it.each([
    ["game_state: expected an object, got null [type]", { game_state: null }],
    ["time_limit_ms: expected an integer, got 0.5 [type]", { time_limit_ms: 0.5 }],
    ['considerations: expected an array, got "economy" [type]', { considerations: "economy" }],
  ])("refuse the JSON with %s", (text, fields) => {
    expect(refusedAsJson(StrategyRequest, { ...request, ...fields })).toBe(
      `cannot decode jimbot.events.v1.StrategyRequest from JSON: ${text}`,
    );
  });

  it("refuse a request without a game state", () => {
    const result = StrategyRequest.safeCheck(StrategyRequest.create({ requestId: "S-1" }));
    expect(result.ok ? "" : result.error.message).toBe(
      "cannot accept jimbot.events.v1.StrategyRequest: game_state: expected an object, got undefined [required]",
    );
  });
});

describe("the types of strategy", () => {
  it("have the keys of the JSON", () => {
    expectTypeOf<StrategyRequestJson>().toEqualTypeOf<{
      request_id: string;
      game_state: GameStateEventJson;
      strategy_type: string;
      considerations: string[];
      time_limit_ms: number;
      context: string;
    }>();
    expectTypeOf<StrategyResponseJson>().toEqualTypeOf<{
      request_id: string;
      recommended_action: string;
      confidence: number;
      reasoning: string;
      alternative_action: string;
      from_cache: boolean;
      processing_time_ms: number;
    }>();
  });
});
