import { describe, expect, expectTypeOf, it } from "vitest";
import { pack } from "../../src/jimbot/events/any.js";
import { GameStateEvent } from "../../src/jimbot/events/game.js";
import {
  BlindStrategyUpdate,
  type BlindStrategyUpdateJson,
  HandValueUpdate,
  type HandValueUpdateJson,
  JokerSynergyUpdate,
  type JokerSynergyUpdateJson,
  KnowledgeQuery,
  type KnowledgeQueryJson,
  KnowledgeUpdate,
  type KnowledgeUpdateJson,
  UpdateResponse,
  type UpdateResponseJson,
} from "../../src/jimbot/knowledge.js";
import { refused, refusedAsJson, through } from "../support/all-methods.js";

const urlStart = "type.googleapis.com/jimbot.events.v1.";
const empty = 'expected a non-empty string, got "" [length]';
const query = { query_id: "q1", query_type: "joker_info" };
const synergy = { joker1_id: "blueprint", joker2_id: "joker" };
const wholeSynergy = {
  ...synergy,
  synergy_score: 0.85,
  synergy_type: "copy",
  conditions: ["left"],
};
const hand = { hand_type: "flush" };
const wholeHand = { ...hand, base_value: 35, modifiers: { level: 1.5 } };
const blind = { blind_name: "The Wall" };
const wholeBlind = {
  ...blind,
  effective_strategies: ["wait"],
  ineffective_strategies: ["rush"],
  hand_type_effectiveness: { flush: -0.5 },
};
const update = { update_id: "u1", knowledge_type: "hand_value" };
const custom = { ...update, knowledge_type: "snapshot" };

describe.each([
  {
    contract: KnowledgeQuery,
    least: query,
    written: { parameters: {}, max_results: 0 },
    more: { parameters: { name: "" }, max_results: 5 },
  },
  {
    contract: JokerSynergyUpdate,
    least: synergy,
    written: { synergy_score: 0, synergy_type: "", conditions: [] },
    more: wholeSynergy,
  },
  {
    contract: HandValueUpdate,
    least: hand,
    written: { base_value: 0, modifiers: {} },
    more: wholeHand,
  },
  {
    contract: BlindStrategyUpdate,
    least: blind,
    written: { effective_strategies: [], ineffective_strategies: [], hand_type_effectiveness: {} },
    more: wholeBlind,
  },
  {
    contract: UpdateResponse,
    least: { success: true, update_id: "u1" },
    written: { message: "" },
    more: { message: "stored" },
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

describe("the rules of knowledge", () => {
  const kinds =
    'query_type: expected one of "joker_synergies", "joker_info", "recommend_jokers", got';

  it.each([
    [`query_id: ${empty}`, KnowledgeQuery, { ...query, query_id: "" }],
    [`${kinds} "hands" [format]`, KnowledgeQuery, { ...query, query_type: "hands" }],
    [`${kinds} "" [format]`, KnowledgeQuery, { ...query, query_type: "" }],
    [
      'parameters[""]: keys must not be empty [length]',
      KnowledgeQuery,
      { ...query, parameters: { "": "x" } },
    ],
    [
      "max_results: expected a number of at least 0, got -1 [range]",
      KnowledgeQuery,
      { ...query, max_results: -1 },
    ],
    [`joker1_id: ${empty}`, JokerSynergyUpdate, { ...synergy, joker1_id: "" }],
    [`joker2_id: ${empty}`, JokerSynergyUpdate, { ...synergy, joker2_id: "" }],
    [`conditions[1]: ${empty}`, JokerSynergyUpdate, { ...synergy, conditions: ["a", ""] }],
    [`hand_type: ${empty}`, HandValueUpdate, { hand_type: "" }],
    [`blind_name: ${empty}`, BlindStrategyUpdate, { blind_name: "" }],
    [
      `effective_strategies[0]: ${empty}`,
      BlindStrategyUpdate,
      { ...blind, effective_strategies: [""] },
    ],
    [
      `ineffective_strategies[0]: ${empty}`,
      BlindStrategyUpdate,
      { ...blind, ineffective_strategies: [""] },
    ],
    [`update_id: ${empty}`, UpdateResponse, { success: true, update_id: "" }],
    [
      "message: must not be empty unless success is true [rule]",
      UpdateResponse,
      { success: false, update_id: "u1" },
    ],
  ])("refuse %s", (text, contract, json) => {
    expect(refused(contract, json)).toBe(text);
  });

  it.each([
    ["a query for synergies", KnowledgeQuery, { ...query, query_type: "joker_synergies" }],
    ["a query for advice", KnowledgeQuery, { ...query, query_type: "recommend_jokers" }],
    [
      "a refusal with its reason",
      UpdateResponse,
      { success: false, update_id: "u1", message: "old" },
    ],
    ["a synergy below zero", JokerSynergyUpdate, { ...wholeSynergy, synergy_score: -2 }],
  ])("accept %s", (_, contract, json) => {
    expect(through(contract, json)).toMatchObject(json);
  });
});

describe("an update of knowledge", () => {
  const start = "cannot decode jimbot.events.v1.KnowledgeUpdate from JSON:";

  it.each([
    ["joker_synergy", "jokerSynergy", wholeSynergy],
    ["hand_value", "handValue", wholeHand],
    ["blind_strategy", "blindStrategy", wholeBlind],
  ])("has one %s", (key, property, part) => {
    const json = { update_id: "u1", knowledge_type: key, [key]: part, confidence: 1, source: "" };
    expect(KnowledgeUpdate.fromJson(json).update.case).toBe(property);
    expect(through(KnowledgeUpdate, json)).toEqual(json);
  });

  it.each(["learned", "calculated", "observed"])("may be %s", (source) => {
    const json = { ...update, hand_value: hand, source, confidence: 0 };
    expect(through(KnowledgeUpdate, json)).toMatchObject({ source, confidence: 0 });
  });

  it.each(["update_id", "knowledge_type"])("requires %s", (key) => {
    const rest = Object.entries({ ...update, hand_value: hand }).filter(([name]) => name !== key);
    expect(refusedAsJson(KnowledgeUpdate, Object.fromEntries(rest))).toBe(
      `${start} ${key}: this key is required [required]`,
    );
  });

  it.each([
    [
      "one of the keys joker_synergy, hand_value, blind_strategy, custom_update is required [required]",
      update,
    ],
    [
      "one of the keys joker_synergy, hand_value, blind_strategy, custom_update is required [required]",
      { ...update, hand_value: null },
    ],
    [`update_id: ${empty}`, { ...update, update_id: "", hand_value: hand }],
    [`knowledge_type: ${empty}`, { ...update, knowledge_type: "", hand_value: hand }],
    [
      "knowledge_type: must be hand_value beside the key hand_value [rule]",
      { ...custom, hand_value: hand },
    ],
    [
      "knowledge_type: must be joker_synergy beside the key joker_synergy [rule]",
      { ...update, joker_synergy: synergy },
    ],
    [
      "knowledge_type: must be blind_strategy beside the key blind_strategy [rule]",
      { ...update, blind_strategy: blind },
    ],
    [`hand_value.hand_type: ${empty}`, { ...update, hand_value: { hand_type: "" } }],
    [
      `joker_synergy.conditions[0]: ${empty}`,
      {
        ...update,
        knowledge_type: "joker_synergy",
        joker_synergy: { ...synergy, conditions: [""] },
      },
    ],
    [
      "confidence: expected a number of at most 1, got 1.5 [range]",
      { ...update, hand_value: hand, confidence: 1.5 },
    ],
    [
      "confidence: expected a number of at least 0, got -0.5 [range]",
      { ...update, hand_value: hand, confidence: -0.5 },
    ],
    [
      'source: expected one of "learned", "calculated", "observed", got "guessed" [format]',
      { ...update, hand_value: hand, source: "guessed" },
    ],
  ])("refuses %s", (text, json) => {
    expect(refused(KnowledgeUpdate, json)).toBe(text);
  });

  it("has only one part", () => {
    const json = { ...update, hand_value: hand, joker_synergy: synergy };
    expect(refusedAsJson(KnowledgeUpdate, json)).toBe(
      `${start} joker_synergy: only one key of the oneof update may be there [duplicate_key]`,
    );
  });
});

describe("a custom update", () => {
  const start = "cannot decode jimbot.events.v1.KnowledgeUpdate from JSON: custom_update";
  const notHere = "expected the type URL of a message that is allowed here, got";

  it("names its own type", () => {
    const json = {
      ...custom,
      confidence: 0,
      source: "",
      custom_update: {
        "@type": `${urlStart}UpdateResponse`,
        success: true,
        message: "",
        update_id: "x",
      },
    };
    const message = KnowledgeUpdate.fromJson(json);
    expect(message.update).toMatchObject({
      case: "customUpdate",
      value: { typeUrl: `${urlStart}UpdateResponse` },
    });
    expect(through(KnowledgeUpdate, json)).toEqual(json);
  });

  it("reports keys that its message does not have", () => {
    const json = { ...custom, custom_update: { "@type": `${urlStart}GameStateEvent`, seed: 1 } };
    expect(KnowledgeUpdate.safeFromJson(json)).toMatchObject({
      ok: true,
      unknownKeys: ["custom_update.seed"],
    });
  });

  it.each([
    [": expected an object, got an array of 0 [type]", []],
    [".@type: this key is required [required]", {}],
    [".@type: expected a type URL, got 5 [type]", { "@type": 5 }],
    [
      `.@type: ${notHere} "type.googleapis.com/x.Y" [payload.type]`,
      { "@type": "type.googleapis.com/x.Y" },
    ],
    [`.@type: ${notHere} "${urlStart}Event" [payload.type]`, { "@type": `${urlStart}Event` }],
    [
      `.@type: ${notHere} "${urlStart}KnowledgeUpdate" [payload.type]`,
      { "@type": `${urlStart}KnowledgeUpdate` },
    ],
    [
      `.@type: ${notHere} "example.com/jimbot.events.v1.GameStateEvent" [payload.type]`,
      { "@type": "example.com/jimbot.events.v1.GameStateEvent" },
    ],
    [": one step is required [required]", { "@type": `${urlStart}ScoringEvent` }],
    [".hand_type: this key is required [required]", { "@type": `${urlStart}HandValueUpdate` }],
    [`.hand_type: ${empty}`, { "@type": `${urlStart}HandValueUpdate`, hand_type: "" }],
  ])("is refused: custom_update%s", (text, part) => {
    expect(refusedAsJson(KnowledgeUpdate, { ...custom, custom_update: part })).toBe(start + text);
  });

  it.each(["joker_synergy", "hand_value", "blind_strategy"])("is not called %s", (name) => {
    const part = { "@type": `${urlStart}GameStateEvent` };
    expect(refused(KnowledgeUpdate, { ...custom, knowledge_type: name, custom_update: part })).toBe(
      "knowledge_type: must be a name of its own beside custom_update [rule]",
    );
  });

  it("keeps the rules of its message in the methods for messages too", () => {
    const holding = (value: ReturnType<typeof pack>): string => {
      const message = KnowledgeUpdate.create({
        updateId: "u1",
        knowledgeType: "snapshot",
        update: { case: "customUpdate", value },
      });
      const results = [
        KnowledgeUpdate.safeCheck(message),
        KnowledgeUpdate.safeEncode(message),
        KnowledgeUpdate.safeDecode(KnowledgeUpdate.codec.encode(message)),
      ];
      const texts = results.map((result) => (result.ok ? "accepted" : result.error.message));
      return [...new Set(texts.map((text) => text.replace(/^cannot .*?: /, "")))].join(" | ");
    };
    const state = GameStateEvent.create({ jokers: [{ name: "" }] });
    expect(holding(pack(GameStateEvent, state))).toBe(`custom_update.jokers[0].name: ${empty}`);
    expect(holding(pack(HandValueUpdate, HandValueUpdate.create()))).toBe(
      `custom_update.hand_type: ${empty}`,
    );
    const foreign = { ...pack(GameStateEvent, GameStateEvent.create()), typeUrl: "a/b.C" };
    expect(holding(foreign)).toBe(`custom_update: ${notHere} "a/b.C" [payload.type]`);
    expect(holding(pack(GameStateEvent, GameStateEvent.create()))).toBe("accepted");
  });

  it("has no JSON for fields beside its message", () => {
    const value = pack(GameStateEvent, GameStateEvent.create());
    value.$unknown = [{ no: 99, wireType: 0, data: new Uint8Array([1]) }];
    const result = KnowledgeUpdate.safeToJson(
      KnowledgeUpdate.create({
        updateId: "u1",
        knowledgeType: "snapshot",
        update: { case: "customUpdate", value },
      }),
    );
    expect(result.ok ? "" : result.error.message).toBe(
      "cannot encode jimbot.events.v1.KnowledgeUpdate to JSON: custom_update: 1 unknown field that JSON cannot carry [json.unknown_fields]",
    );
  });
});

describe("the types of knowledge", () => {
  it("have the keys of the JSON", () => {
    expectTypeOf<KnowledgeQueryJson>().toEqualTypeOf<{
      query_id: string;
      query_type: string;
      parameters: { [key: string]: string };
      max_results: number;
    }>();
    expectTypeOf<UpdateResponseJson>().toEqualTypeOf<{
      success: boolean;
      message: string;
      update_id: string;
    }>();
    expectTypeOf<KnowledgeUpdateJson>().toEqualTypeOf<{
      update_id: string;
      knowledge_type: string;
      confidence: number;
      source: string;
      joker_synergy?: JokerSynergyUpdateJson;
      hand_value?: HandValueUpdateJson;
      blind_strategy?: BlindStrategyUpdateJson;
      custom_update?: { "@type": string; [key: string]: unknown };
    }>();
  });
});
