import { describe, expect, it } from "vitest";
import { eventExamples } from "../../src/jimbot/channel-examples.js";
import * as jimbot from "../../src/jimbot/index.js";
import { isContractError } from "../../src/wire/error.js";

type Work = (...given: readonly unknown[]) => unknown;

const foreign = ["channels", "restChannels", "restChannelOf", "contracts"];

/** What belongs to the contracts, to the channels and to protobuf-es has tests of its own. */
function isForeign(name: string, value: object): boolean {
  const isContract = "definition" in value;
  const isDescriptor = "kind" in value && "file" in value;
  return isContract || isDescriptor || foreign.includes(name);
}

/** The functions with parameters that the entry exports, and those of the objects that it exports, by name. */
function exportedFunctions(): Map<string, Work> {
  const found = new Map<string, Work>();
  const visit = (name: string, value: unknown, depth: number): void => {
    if (typeof value === "function") {
      if (value.length > 0 && name !== "ContractError" && !name.startsWith("timestamp")) {
        found.set(name, (...given) => Reflect.apply(value, undefined, given));
      }
    } else if (typeof value === "object" && value !== null && depth < 2) {
      if (isForeign(name, value)) return;
      for (const [key, inner] of Object.entries(value)) visit(`${name}.${key}`, inner, depth + 1);
    }
  };
  for (const [name, value] of Object.entries(jimbot)) visit(name, value, 0);
  return found;
}

const thrower = (): never => {
  throw new TypeError("foreign");
};
const revoked = Proxy.revocable([], {});
revoked.revoke();
const throwing = new Proxy({}, { get: thrower, ownKeys: thrower, getPrototypeOf: thrower });
const endless: Record<string, unknown> = {};
endless["self"] = endless;
const options = ["source", "metadata", "newId", "now", "maxLength", "prefix", "context", "eventId"];
const optionsOf = (value: unknown): object =>
  Object.fromEntries(options.map((key) => [key, value]));

const hostile: readonly (readonly [string, unknown])[] = [
  ["undefined", undefined],
  ["null", null],
  ["NaN", Number.NaN],
  ["-1", -1],
  ["1.5", 1.5],
  ["a bigint", 5n],
  ["a symbol", Symbol("s")],
  ["true", true],
  ["an empty text", ""],
  ["a text", "x"],
  ["a long text", "k".repeat(10_000)],
  ["a function that throws", thrower],
  ["an object", {}],
  ["an object without a prototype", Object.create(null)],
  ["an object that contains itself", endless],
  ["a list of null", [null]],
  ["a Map", new Map()],
  ["a Date that is none", new Date(Number.NaN)],
  ["bytes", new Uint8Array(2)],
  ["a Proxy that throws", throwing],
  ["a revoked Proxy", revoked.proxy],
  ["an iterator that throws", { [Symbol.iterator]: thrower }],
  ["options of null", optionsOf(null)],
  ["options of NaN", optionsOf(Number.NaN)],
  ["options of functions that throw", optionsOf(thrower)],
  ["options of symbols", optionsOf(Symbol("s"))],
];

const state = jimbot.GameStateEvent.create({ gameId: "seed_12345" });
const event = jimbot.packEvent("GAME_STATE", state, { source: "s" });
const response = jimbot.LearningDecisionResponse.create({
  requestId: "r",
  selectedAction: "discard",
});
const subscription = jimbot.SubscribeRequest.create({ topicPattern: "a", subscriberId: "b" });
const record = { component: "c", message: "m" };
const posted = eventExamples.MONEY_CHANGED;

/** Valid arguments, so that a wrong one is not hidden by a wrong one before it. */
const valid: Readonly<Record<string, readonly unknown[]>> = {
  "BalatroPost.fromJson": [posted, {}],
  "BalatroPost.safeFromJson": [posted, {}],
  "BalatroPost.fromJsonText": [JSON.stringify(posted), {}],
  "BalatroPost.safeFromJsonText": [JSON.stringify(posted), {}],
  actionsOfPhase: ["SHOP"],
  breakerSettingsOf: ["memgraph"],
  checkCommand: [{ action: "skip_blind" }],
  correlationOf: [event],
  expandCommand: [{ action: "skip_blind" }, {}],
  formatCommand: [{ action: "skip_blind" }],
  formatCommands: [[{ action: "skip_blind" }]],
  formatTopic: [{ type: "ERROR" }],
  formatTopicAddress: ["game.state", {}],
  groupByCorrelation: [[event]],
  isAction: ["discard"],
  isAnswer: [event, event],
  isContractError: [new Error("x")],
  isLogLevel: ["INFO"],
  makeFollowUp: [event, "GAME_STATE", state, { source: "s" }],
  makeLogRecord: [record, {}],
  matchSubscription: [subscription, event],
  matchTopic: ["a.*", "a.b"],
  packEvent: ["GAME_STATE", state, { source: "s" }],
  parseCommand: ["discard"],
  parseCommands: ["discard", {}],
  parseTopic: ["game.state"],
  parseTopicAddress: ["jimbot.game.state", {}],
  readEnvironment: [{}],
  requestIdOf: [event],
  toCommand: [response],
  toErrorEvent: [new Error("x"), { source: "s" }],
  topicOf: [event],
  unpackEvent: [event],
};

const functions = exportedFunctions();

const longestError = 16 * 1024;

/** What a call throws that is no small ContractError, or any error of a `safe…` method; undefined if nothing. */
function faultOf(name: string, work: Work, given: readonly unknown[]): string | undefined {
  try {
    work(...given);
    return undefined;
  } catch (error) {
    if (!isContractError(error) || name.includes(".safe")) return String(error);
    const { length } = JSON.stringify([error.message, error.issues]);
    return length < longestError ? undefined : `${length} characters`;
  }
}

describe("every exported function", () => {
  it("accepts valid arguments", () => {
    for (const [name, given] of Object.entries(valid)) {
      const work = functions.get(name);
      expect(work, name).toBeDefined();
      expect(() => work?.(...given), name).not.toThrow();
    }
    expect(functions.size).toBeGreaterThan(35);
  });

  it.each([...functions])("%s throws nothing but a small ContractError", (name, work) => {
    const given = valid[name] ?? [];
    const faults: string[] = [];
    const call = (values: readonly unknown[], description: string): void => {
      const fault = faultOf(name, work, values);
      if (fault !== undefined) faults.push(`${description}: ${fault}`);
    };
    for (const [first, value] of hostile) {
      call([value], first);
      for (const [second, other] of hostile) call([value, other], `${first}, ${second}`);
      for (const index of given.keys()) {
        call(given.with(index, value), `${first} as argument ${index + 1}`);
      }
    }
    expect(faults).toEqual([]);
  });
});

describe("options that are wrong", () => {
  it.each([
    ["BalatroPost.fromJson", null],
    ["BalatroPost.fromJsonText", null],
    ["BalatroPost.fromJsonText", { maxLength: Number.NaN }],
    ["BalatroPost.fromJsonText", { maxLength: -1 }],
    ["parseCommands", null],
    ["parseCommands", { maxLength: Number.NaN }],
    ["parseCommands", { maxLength: 0 }],
    ["parseCommands", { maxLength: "10" }],
    ["expandCommand", null],
    ["formatTopicAddress", null],
    ["formatTopicAddress", { prefix: null }],
    ["parseTopicAddress", null],
    ["packEvent", null],
    ["packEvent", { source: "s", metadata: null }],
    ["packEvent", { source: "s", now: () => Number.NaN }],
    ["makeFollowUp", null],
    ["toErrorEvent", null],
    ["toErrorEvent", { source: "s", maxLength: Number.NaN }],
    ["makeLogRecord", null],
    ["makeLogRecord", { now: () => Number.NaN }],
  ])("%s refuses %o as config", (name, wrong) => {
    const given = valid[name] ?? [];
    let code = "nothing was refused";
    try {
      functions.get(name)?.(...given.slice(0, -1), wrong);
    } catch (error) {
      code = isContractError(error) ? error.code : String(error);
    }
    expect(code).toBe("config");
  });
});
