import { create, toBinary } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import { ajvChecker } from "../../bench/checkers/ajv.js";
import { annotate } from "../../bench/checkers/annotate.js";
import { brokenJson } from "../../bench/checkers/broken-json.js";
import { brokenMessages } from "../../bench/checkers/broken-message.js";
import { carriedRules } from "../../bench/checkers/field-rules.js";
import { createCheckers } from "../../bench/checkers/index.js";
import { outsideOf } from "../../bench/checkers/outside.js";
import { protovalidateChecker, protovalidateRules } from "../../bench/checkers/protovalidate.js";
import { verdictFault } from "../../bench/checkers/verdict.js";
import { createSuiteCases, type SuiteCase } from "../../bench/suite/cases.js";
import { RouteDecision, RouteRequest } from "../../src/beamline/index.js";
import { toJsonSchema } from "../../src/contract/schema/json-schema.js";
import { Event } from "../../src/jimbot/index.js";
import { StructuralPruningRequest, SystemStatePacket } from "../../src/leyline/index.js";
import { Envelope } from "../../src/sim/index.js";

const fixtures = new URL("../../bench/fixtures/", import.meta.url);
const tooLarge = ["state-1000", "state-10000"];
const cases = createSuiteCases(fixtures, ({ id }) => !tooLarge.includes(id)).map(withoutMost);
const checkers = createCheckers();
const pairs = cases.flatMap((suiteCase) =>
  checkers.map((checker) => [`${checker.name} on ${suiteCase.id}`, checker, suiteCase] as const),
);

/** The case with the first of its messages where they are large: all are made alike. */
function withoutMost(suiteCase: SuiteCase): SuiteCase {
  const isLarge = suiteCase.encoded.some(({ length }) => length > 5_000);
  return isLarge ? { ...suiteCase, encoded: suiteCase.encoded.slice(0, 8) } : suiteCase;
}

const decision = RouteDecision.create({ providerId: "openai", reason: "weighted", priority: 50 });

/** A case of one decision whose priority is out of its range, or not to be checked. */
function caseOf(priority: number, keepsRules: boolean): SuiteCase {
  const message = create(RouteDecision.schema, { ...decision, priority });
  const encoded = [toBinary(RouteDecision.schema, message)];
  const contract = RouteDecision;
  return { id: "own", title: "own", contract, encoded, keepsRules, headline: false };
}

describe("the checkers", () => {
  it.each(pairs)("%s accepts the messages, and refuses broken ones", (_title, checker, one) => {
    const contender = checker.open(one);
    if (typeof contender !== "object") throw new Error(`it takes no part: ${contender}`);
    expect(contender.prove()).toBeUndefined();
  });

  it("have these operations and sizes", () => {
    const contenders = checkers.map((checker) => checker.open(caseOf(50, true)));
    const parts = contenders.map((contender) =>
      typeof contender === "object" ? [Object.keys(contender.tasks), contender.bytes] : contender,
    );
    const text = JSON.stringify(RouteDecision.toJson(decision));
    expect(parts).toEqual([
      [["check", "jsonIn", "validatedEncode", "validatedDecode"], text.length],
      [["check", "validatedEncode", "validatedDecode"], RouteDecision.encode(decision).length],
    ]);
    const results = contenders.map((contender) =>
      typeof contender === "object"
        ? Object.values(contender.tasks).map((task) => task.repeat(1))
        : [],
    );
    const json = JSON.parse(text);
    expect(results).toEqual([
      [json, json, text, json],
      [decision, RouteDecision.encode(decision), decision],
    ]);
  });

  it("take no part where the messages break the rules", () => {
    const words = "the messages break the rules that it would check";
    expect(checkers.map((checker) => checker.open(caseOf(50, false)))).toEqual([words, words]);
  });

  it("say so when they refuse a message", () => {
    const contender = protovalidateChecker.open(caseOf(200, true));
    if (typeof contender !== "object") throw new Error(`it takes no part: ${contender}`);
    expect(() => contender.tasks.check?.repeat(1)).toThrow(
      "protovalidate refuses a beamline.flow.v1.RouteDecision: priority: must be",
    );
    expect(contender.prove()).toBe("refuses message 0");
  });

  it("say so when they refuse wire JSON", () => {
    const contract = { ...RouteDecision, toJson: () => ({ provider_id: "" }) };
    const contender = ajvChecker.open({ ...caseOf(50, true), contract });
    if (typeof contender !== "object") throw new Error(`it takes no part: ${contender}`);
    expect(() => contender.tasks.check?.repeat(1)).toThrow(
      "ajv refuses a message of beamline.flow.v1.RouteDecision",
    );
    expect(contender.prove()).toBe("refuses message 0");
  });

  it("cannot be given wire JSON of a message that has none", () => {
    expect(() => ajvChecker.open(caseOf(200, true))).toThrow("priority: expected");
  });
});

describe("a checker that judges wrongly", () => {
  const verdicts = {
    accepts: (message: unknown) => message === 1,
    weAccept: (message: unknown) => message === 1,
    good: [1, 1],
    broken: [{ words: "2 at a", message: 2 }],
  };

  it("is found", () => {
    expect(verdictFault(verdicts)).toBeUndefined();
    expect(verdictFault({ ...verdicts, good: [1, 3] })).toBe("refuses message 1");
    expect(verdictFault({ ...verdicts, accepts: () => true })).toBe("accepts 2 at a");
    expect(verdictFault({ ...verdicts, weAccept: () => true })).toBe(
      "refuses 2 at a, which our contract accepts",
    );
    expect(verdictFault({ ...verdicts, broken: [] })).toBe("there is no broken message to refuse");
  });
});

describe("the broken messages", () => {
  it("have values outside the schema", () => {
    expect(outsideOf({ minimum: 1, maximum: 5 })).toBe(10);
    expect(outsideOf({ minimum: 0 })).toBe(-1);
    expect(outsideOf({ enum: ["a"] })).toBe("none of them");
    expect(outsideOf({ pattern: "^[a-z]+$" })).toBe("");
    expect(outsideOf({ pattern: "^[a-z]*$", minLength: 1 })).toBe("\u0001");
    expect(outsideOf({ maxLength: 2 })).toBe("xxx");
    expect(outsideOf({ minLength: 1 })).toBe("");
    expect(outsideOf({ type: "string" })).toBeUndefined();
  });

  it("have one value of the wire JSON changed each", () => {
    const json = RouteDecision.toJson(decision);
    const broken = brokenJson(toJsonSchema(RouteDecision), [json]);
    expect(broken.map(({ words }) => words)).toMatchInlineSnapshot(`
      [
        ""xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"... at provider_id",
        """ at reason",
        "200 at priority",
      ]
    `);
    expect(broken.find(({ words }) => words === "200 at priority")?.message).toEqual({
      ...json,
      priority: 200,
    });
  });

  it("have values changed in messages that may be null", () => {
    const one = cases.find(({ id }) => id === "state-1");
    const json = one?.encoded.map((bytes) =>
      SystemStatePacket.toJson(SystemStatePacket.decode(bytes)),
    );
    const words = brokenJson(toJsonSchema(SystemStatePacket), json ?? []).map(
      (broken) => broken.words,
    );
    expect(words).toContain('"" at hardware_context.device_id');
  });

  it("keep the member that a oneof holds", () => {
    const message = Envelope.create({
      payload: {
        case: "dataExchange",
        value: { signals: [{ value: { case: "boolValue", value: true } }] },
      },
    });
    const broken = brokenMessages(Envelope, carriedRules(Envelope).fields, [message]);
    const words = broken.map((one) => one.words);
    expect(words).toContain('"" at payload.value.signals.0.sourcePort');
    expect(words).not.toContain("NaN at payload.value.signals.0.numberValue");
  });

  it("have one field changed each", () => {
    const { fields } = carriedRules(RouteDecision);
    const broken = brokenMessages(RouteDecision, fields, [decision]);
    expect(broken.map(({ words }) => words)).toMatchInlineSnapshot(`
      [
        """ at providerId",
        """ at reason",
        "-1 at priority",
        "-1n at expectedLatencyMs",
        "-1 at expectedCost",
      ]
    `);
    expect(broken[0]?.message).toEqual({ ...decision, providerId: "" });
  });

  it("are changed where the fields are", () => {
    const one = cases.find(({ id }) => id === "exchange-10");
    if (one === undefined) throw new Error("there is no such case");
    const messages = one.encoded.map((bytes) => one.contract.codec.decode(bytes));
    const { fields } = carriedRules(one.contract);
    const broken = brokenMessages(one.contract, fields, messages);
    expect(broken.map(({ words }) => words)).toMatchInlineSnapshot(`
      [
        "undefined at timestamp",
        """ at runId",
        "0 at messageType",
        "-1 at payload.value.time",
        """ at payload.value.signals.0.sourceComponent",
        """ at payload.value.signals.0.sourcePort",
        "NaN at payload.value.signals.0.numberValue",
      ]
    `);
  });
});

describe("the rules of protovalidate", () => {
  it("are so many for each case", () => {
    const counts = cases.map(({ id, contract }) => [id, protovalidateRules(contract).ruleCount]);
    expect(Object.fromEntries(counts)).toMatchInlineSnapshot(`
      {
        "command": 9,
        "envelope": 5,
        "exchange-10": 19,
        "exchange-1000": 19,
        "exec-result": 9,
        "frames": 21,
        "game-state": 4,
        "non-ascii": 7,
        "pitboss": 11,
        "pruning": 43,
        "route-decision": 8,
        "route-request": 7,
        "state-1": 21,
        "state-10": 21,
        "state-10-plain": 21,
        "state-10-varied": 21,
        "state-100": 21,
        "telemetry": 9,
      }
    `);
  });

  it("are those of the fields", () => {
    const rules = carriedRules(RouteDecision).fields.map(({ field, json }) => [field.name, json]);
    expect(Object.fromEntries(rules)).toMatchInlineSnapshot(`
      {
        "expected_cost": {
          "double": {
            "finite": true,
            "gte": 0,
          },
        },
        "expected_latency_ms": {
          "int64": {
            "gte": 0,
          },
        },
        "priority": {
          "int32": {
            "gte": 0,
            "lte": 100,
          },
        },
        "provider_id": {
          "string": {
            "maxBytes": 128,
            "minLen": 1,
          },
        },
        "reason": {
          "string": {
            "minLen": 1,
          },
        },
      }
    `);
  });

  it("are those of items and of map values too", () => {
    const { fields } = carriedRules(StructuralPruningRequest);
    const of = (name: string): unknown => fields.find(({ field }) => field.name === name)?.json;
    expect(of("taylor_importance")).toEqual({
      repeated: { items: { float: { gte: 0, finite: true } } },
    });
    expect(of("parameter_uuids")).toEqual({ map: { values: { string: { minLen: 1 } } } });
    expect(of("allowed_mask_types")).toEqual({ repeated: { items: { enum: { notIn: [0] } } } });
  });

  it("leave these out", () => {
    expect(protovalidateRules(RouteRequest).leftOut).toEqual([
      "beamline.flow.v1.Message.tenant_id: at most 256 UTF-16 units",
    ]);
    expect(protovalidateRules(Event).leftOut).toEqual([
      "jimbot.events.v1.Event: its rules across fields",
      "jimbot.events.v1.Event.timestamp: the rules of google.protobuf.Timestamp",
      "jimbot.events.v1.Event.payload: the rules of google.protobuf.Any",
    ]);
  });

  it("are not set on fields of other files", () => {
    const { fields } = carriedRules(RouteRequest);
    expect(() => annotate(Event.schema, fields)).toThrow(
      "no copied file has the field beamline.flow.v1.RouteRequest.message",
    );
  });
});
