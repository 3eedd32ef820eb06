import { describe, expect, expectTypeOf, it } from "vitest";
import {
  CardsDiscardedEvent,
  ConnectionTestEvent,
  DiagnosticEvent,
  HandPlayedEvent,
  JokersChangedEvent,
  JokerTriggerEvent,
  MoneyChangedEvent,
  type MoneyChangedEventJson,
  PhaseChangedEvent,
  RoundChangedEvent,
  RoundCompleteEvent,
  ScoreChangedEvent,
} from "../../../src/jimbot/events/balatro.js";
import {
  ScoringEvent,
  ScoringEvent_ChipsUpdate,
  ScoringEvent_HandEvalComplete,
  ScoringEvent_HandEvalStart,
  ScoringEvent_JokerTrigger,
  ScoringEvent_JokerTrigger_TriggeredJoker,
  type ScoringEvent_JokerTrigger_TriggeredJokerJson,
  type ScoringEvent_JokerTriggerJson,
  ScoringEvent_MultUpdate,
  ScoringEvent_ScoreUpdate,
  type ScoringEvent_ScoreUpdateJson,
  type ScoringEventJson,
} from "../../../src/jimbot/events/scoring.js";
import { refused, refusedAsJson, through } from "../../support/all-methods.js";

const joker = { name: "Joker", rarity: "", position: 0, properties: {} };
const complete = {
  starting_score: 100,
  final_score: 340,
  total_delta: 240,
  joker_triggers: 3,
  ante: 1,
  round: 2,
  hand_number: 1,
};

/** Every message: its required keys, the defaults that it writes, and a value for every other key. */
describe.each([
  [
    MoneyChangedEvent,
    {},
    { old_value: 0, new_value: 0, difference: 0 },
    { old_value: 10, new_value: -5, difference: -15 },
  ],
  [
    ScoreChangedEvent,
    {},
    { old_chips: 0, new_chips: 0, old_mult: 0, new_mult: 0 },
    { old_chips: 1, new_chips: 9007199254740991, old_mult: 2, new_mult: 3 },
  ],
  [
    HandPlayedEvent,
    {},
    { hands_remaining: 0, hand_number: 0 },
    { hands_remaining: 3, hand_number: 1 },
  ],
  [CardsDiscardedEvent, {}, { discards_remaining: 0 }, { discards_remaining: 2 }],
  [
    JokersChangedEvent,
    {},
    { old_count: 0, new_count: 0, jokers: [] },
    { old_count: 5, new_count: 2, jokers: [joker, joker] },
  ],
  [RoundChangedEvent, {}, { ante: 0, round: 0 }, { ante: -1, round: 3 }],
  [
    PhaseChangedEvent,
    {},
    { old_phase: "", new_phase: "" },
    { old_phase: "SHOP", new_phase: "UNKNOWN_STATE_19" },
  ],
  [
    RoundCompleteEvent,
    {},
    { ante: 0, round: 0, score: 0, money: 0 },
    { ante: -1, round: 3, score: 9007199254740991, money: -3 },
  ],
  [
    JokerTriggerEvent,
    { joker_name: "Blueprint" },
    { context_type: "", timestamp: 0 },
    { context_type: "before", timestamp: 1700000000000 },
  ],
  [
    DiagnosticEvent,
    {},
    {
      available_functions: [],
      g_exists: false,
      g_funcs_exists: false,
      g_game_exists: false,
      g_state: "",
    },
    {
      available_functions: ["play", ""],
      g_exists: true,
      g_funcs_exists: true,
      g_game_exists: true,
      g_state: "4",
    },
  ],
  [ConnectionTestEvent, {}, { message: "" }, { message: "ping" }],
  [
    ScoringEvent_HandEvalStart,
    {},
    { starting_score: 0, ante: 0, round: 0, hand_number: 0 },
    { starting_score: 1.5, ante: -1, round: 2, hand_number: 1 },
  ],
  [
    ScoringEvent_ScoreUpdate,
    {},
    { previous_score: 0, new_score: 0, delta: 0, total_hand_delta: 0, context: "", timestamp: 0 },
    {
      previous_score: 100,
      new_score: 1e300,
      delta: 1e300,
      total_hand_delta: -1,
      context: "x",
      timestamp: 1700000000000,
    },
  ],
  [
    ScoringEvent_JokerTrigger_TriggeredJoker,
    { name: "Joker" },
    { id: "" },
    { id: "j_joker", position: 0 },
  ],
  [
    ScoringEvent_JokerTrigger,
    { joker: { name: "Joker", id: "" } },
    { score_contribution: 0, current_total: 0, timestamp: 0 },
    { score_contribution: -4.5, current_total: 10, timestamp: 1700000000000 },
  ],
  [
    ScoringEvent_MultUpdate,
    {},
    { mult_before: 0, mult_after: 0, delta: 0, source: "", timestamp: 0 },
    { mult_before: -1, mult_after: 4, delta: 5, source: "J", timestamp: 1 },
  ],
  [
    ScoringEvent_ChipsUpdate,
    {},
    { chips_before: 0, chips_after: 0, delta: 0, source: "", timestamp: 0 },
    { chips_before: 30, chips_after: -10.5, delta: -40.5, source: "J", timestamp: 1 },
  ],
  [
    ScoringEvent_HandEvalComplete,
    {},
    {
      starting_score: 0,
      final_score: 0,
      total_delta: 0,
      joker_triggers: 0,
      ante: 0,
      round: 0,
      hand_number: 0,
    },
    complete,
  ],
])("$typeName", (contract, least, written, more) => {
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

describe("the rules of the mod's events", () => {
  const below = "expected a number of at least 0, got -1 [range]";
  const below64 = "expected a number of at least 0, got -1 [range]";
  const phase = "expected a phase such as PLAYING, or an empty string, got";
  const needsG = "must be false when g_exists is false [rule]";
  const change = { previous_score: 100, new_score: 110 };

  it.each([
    [
      "difference: must be new_value minus old_value [rule]",
      MoneyChangedEvent,
      { old_value: 10, new_value: 15, difference: -5 },
    ],
    [`old_chips: ${below64}`, ScoreChangedEvent, { old_chips: -1 }],
    [`new_chips: ${below64}`, ScoreChangedEvent, { new_chips: -1 }],
    [`old_mult: ${below}`, ScoreChangedEvent, { old_mult: -1 }],
    [`new_mult: ${below}`, ScoreChangedEvent, { new_mult: -1 }],
    [`hands_remaining: ${below}`, HandPlayedEvent, { hands_remaining: -1 }],
    [`hand_number: ${below}`, HandPlayedEvent, { hand_number: -1 }],
    [`discards_remaining: ${below}`, CardsDiscardedEvent, { discards_remaining: -1 }],
    [`old_count: ${below}`, JokersChangedEvent, { old_count: -1 }],
    [`new_count: ${below}`, JokersChangedEvent, { new_count: -1 }],
    [
      "new_count: must be the number of jokers [rule]",
      JokersChangedEvent,
      { new_count: 2, jokers: [joker] },
    ],
    [
      `jokers[0].position: ${below}`,
      JokersChangedEvent,
      { new_count: 1, jokers: [{ ...joker, position: -1 }] },
    ],
    [`round: ${below}`, RoundChangedEvent, { round: -1 }],
    [`old_phase: ${phase} "unknown" [format]`, PhaseChangedEvent, { old_phase: "unknown" }],
    [`new_phase: ${phase} "4" [format]`, PhaseChangedEvent, { new_phase: "4" }],
    [`round: ${below}`, RoundCompleteEvent, { round: -1 }],
    [`score: ${below64}`, RoundCompleteEvent, { score: -1 }],
    [
      'joker_name: expected a non-empty string, got "" [length]',
      JokerTriggerEvent,
      { joker_name: "" },
    ],
    [`timestamp: ${below64}`, JokerTriggerEvent, { joker_name: "J", timestamp: -1 }],
    [`g_funcs_exists: ${needsG}`, DiagnosticEvent, { g_funcs_exists: true }],
    [`g_game_exists: ${needsG}`, DiagnosticEvent, { g_game_exists: true }],
    [`starting_score: ${below}`, ScoringEvent_HandEvalStart, { starting_score: -1 }],
    [`round: ${below}`, ScoringEvent_HandEvalStart, { round: -1 }],
    [`hand_number: ${below}`, ScoringEvent_HandEvalStart, { hand_number: -1 }],
    [`previous_score: ${below}`, ScoringEvent_ScoreUpdate, { previous_score: -1 }],
    [`new_score: ${below}`, ScoringEvent_ScoreUpdate, { new_score: -1 }],
    [`timestamp: ${below64}`, ScoringEvent_ScoreUpdate, { timestamp: -1 }],
    [
      "delta: must be new_score minus previous_score [rule]",
      ScoringEvent_ScoreUpdate,
      { ...change, delta: 9 },
    ],
    [
      "delta: must be new_score minus previous_score [rule]",
      ScoringEvent_ScoreUpdate,
      { ...change, delta: 10.000000001 },
    ],
    [
      'name: expected a non-empty string, got "" [length]',
      ScoringEvent_JokerTrigger_TriggeredJoker,
      { name: "" },
    ],
    [`position: ${below}`, ScoringEvent_JokerTrigger_TriggeredJoker, { name: "J", position: -1 }],
    [`joker.position: ${below}`, ScoringEvent_JokerTrigger, { joker: { name: "J", position: -1 } }],
    [
      `current_total: ${below}`,
      ScoringEvent_JokerTrigger,
      { joker: { name: "J" }, current_total: -1 },
    ],
    [`timestamp: ${below64}`, ScoringEvent_JokerTrigger, { joker: { name: "J" }, timestamp: -1 }],
    [
      "delta: must be mult_after minus mult_before [rule]",
      ScoringEvent_MultUpdate,
      { mult_after: 3 },
    ],
    [`timestamp: ${below64}`, ScoringEvent_MultUpdate, { timestamp: -1 }],
    [
      "delta: must be chips_after minus chips_before [rule]",
      ScoringEvent_ChipsUpdate,
      { chips_before: 3 },
    ],
    [`timestamp: ${below64}`, ScoringEvent_ChipsUpdate, { timestamp: -1 }],
    [
      `starting_score: ${below}`,
      ScoringEvent_HandEvalComplete,
      { ...complete, starting_score: -1 },
    ],
    [`final_score: ${below}`, ScoringEvent_HandEvalComplete, { ...complete, final_score: -1 }],
    [
      `joker_triggers: ${below}`,
      ScoringEvent_HandEvalComplete,
      { ...complete, joker_triggers: -1 },
    ],
    [`round: ${below}`, ScoringEvent_HandEvalComplete, { ...complete, round: -1 }],
    [`hand_number: ${below}`, ScoringEvent_HandEvalComplete, { ...complete, hand_number: -1 }],
    [
      "total_delta: must be final_score minus starting_score [rule]",
      ScoringEvent_HandEvalComplete,
      { ...complete, total_delta: 241 },
    ],
  ])("refuse %s", (text, contract, json) => {
    expect(refused(contract, json)).toBe(text);
  });

  it.each([
    [
      "a change that decimals make inexact",
      ScoringEvent_MultUpdate,
      { mult_before: 0.1, mult_after: 0.3, delta: 0.2 },
    ],
    [
      "a change of 14 digits",
      ScoringEvent_ScoreUpdate,
      { previous_score: 1234567.8901235, new_score: 7654321.0987654, delta: 6419753.2086419 },
    ],
    ["a change within 12 digits", ScoringEvent_ScoreUpdate, { ...change, delta: 10.0000000001 }],
    ["a game without functions", DiagnosticEvent, { g_exists: true }],
    ["a loss of money", MoneyChangedEvent, { old_value: 2, new_value: -3, difference: -5 }],
  ])("accept %s", (_, contract, json) => {
    expect(through(contract, json)).toMatchObject(json);
  });

  it("refuse a trigger without a joker", () => {
    const result = ScoringEvent_JokerTrigger.safeCheck(ScoringEvent_JokerTrigger.create());
    expect(result.ok ? "" : result.error.message).toBe(
      "cannot accept jimbot.events.v1.ScoringEvent.JokerTrigger: joker: expected an object, got undefined [required]",
    );
  });
});

describe("a scoring event outside of an event", () => {
  it.each([
    ["hand_eval_start", "handEvalStart", {}],
    ["score_update", "scoreUpdate", { new_score: 2, delta: 2 }],
    ["joker_trigger", "jokerTrigger", { joker: { name: "J", id: "", position: 0 } }],
    ["mult_update", "multUpdate", { mult_after: 2, delta: 2 }],
    ["chips_update", "chipsUpdate", { chips_after: 2, delta: 2 }],
    ["hand_eval_complete", "handEvalComplete", complete],
  ])("has the step %s under its key", (key, property, step) => {
    expect(ScoringEvent.fromJson({ [key]: step }).step.case).toBe(property);
    expect(through(ScoringEvent, { [key]: step })).toMatchObject({ [key]: step });
  });

  it("has exactly one step", () => {
    expect(refused(ScoringEvent, {})).toBe("one step is required [required]");
    expect(refused(ScoringEvent, { mult_update: null })).toBe("one step is required [required]");
    expect(refusedAsJson(ScoringEvent, { mult_update: {}, chips_update: {} })).toBe(
      "cannot decode jimbot.events.v1.ScoringEvent from JSON: chips_update: only one key of the oneof step may be there [duplicate_key]",
    );
  });

  it("has the rules of its step", () => {
    expect(refused(ScoringEvent, { chips_update: { chips_after: 1 } })).toBe(
      "chips_update.delta: must be chips_after minus chips_before [rule]",
    );
    expect(refused(ScoringEvent, { joker_trigger: { joker: { name: "" } } })).toBe(
      'joker_trigger.joker.name: expected a non-empty string, got "" [length]',
    );
  });
});

describe("the types of the mod's events", () => {
  it("have the keys of the JSON", () => {
    expectTypeOf<MoneyChangedEventJson>().toEqualTypeOf<{
      old_value: number;
      new_value: number;
      difference: number;
    }>();
    expectTypeOf<ScoringEvent_JokerTrigger_TriggeredJokerJson>().toEqualTypeOf<{
      name: string;
      id: string;
      position?: number;
    }>();
    expectTypeOf<ScoringEventJson["score_update"]>().toEqualTypeOf<
      ScoringEvent_ScoreUpdateJson | undefined
    >();
    expectTypeOf<
      ScoringEvent_JokerTriggerJson["joker"]
    >().toEqualTypeOf<ScoringEvent_JokerTrigger_TriggeredJokerJson>();
  });
});
