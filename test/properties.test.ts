import type { Message } from "@bufbuild/protobuf";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contracts } from "../src/all.js";
import { DeadLetter } from "../src/beamline/index.js";
import { Context } from "../src/contract/base/context.js";
import { isPlainObject } from "../src/contract/base/plain-data.js";
import type { Result } from "../src/contract/base/result.js";
import { type AnyContract, type ContractIssue, isContractError } from "../src/index.js";
import { Event, EventBatch } from "../src/jimbot/index.js";
import { PruningMask } from "../src/leyline/index.js";
import { Workflow } from "../src/pitboss/index.js";
import { applyChange, messageChanges } from "../src/testing/changes.js";
import { messagesOf, validMessagesOf, wireJsonOf } from "../src/testing/index.js";
import { mutate, mutations } from "./support/binary/mutate.js";
import { comingBack, type Method } from "./support/binary/round-trip.js";
import { allExamples as documents } from "./support/examples.js";
import { damaged } from "./support/json/damage-json.js";
import { difference } from "./support/same.js";

const runs = { seed: 20_260_102, numRuns: Number(process.env["CONCORD_RUNS"] ?? 30) };

const capo = { agentName: "model.Capo", branchYes: "tool.run", branchNo: null, description: "" };
const run = { agentName: "tool.run", branchYes: "terminal", branchNo: null, description: "" };
const mask = { parameter_id: "1f", parameter_path: "a.b", mask_bits: "Aw==", total_count: "2" };
const letter = { original_subject: "a.b", msg_id: "m1", timestamp: 1706367600123 };

/** Examples for types whose rules no random message satisfies, or only one with default values. */
const linked = [
  {
    contract: Workflow,
    json: {
      verb: "RULE",
      entryAgent: "model.Capo",
      nodes: { "model.Capo": capo, "tool.run": run },
    },
  },
  {
    contract: DeadLetter,
    json: { ...letter, reason: "maxdeliver_exhausted", error_code: "MAXDELIVER_EXHAUSTED" },
  },
  { contract: PruningMask, json: { ...mask, shape: [2] } },
];

function examplesOf(contract: AnyContract): Message[] {
  const own = [...documents, ...linked].filter((example) => example.contract === contract);
  return own.map(({ json }) => contract.fromJson(json));
}

const subjects = Array.from(contracts, (contract) => {
  const options = { examples: examplesOf(contract) };
  const valid: fc.Arbitrary<Message> = validMessagesOf(contract, options);
  const json = wireJsonOf(contract, options);
  const broken = valid.chain((message) =>
    messageChanges(contract.schema, message).map((change) => applyChange(message, change)),
  );
  return { typeName: contract.typeName, contract, valid, json, broken };
});

const throughBytes: Method = { json: false, unpack: true };
const throughJson: Method = { json: true, unpack: true };

function expectBack(contract: AnyContract, actual: Message, sent: Message, method: Method): void {
  const [back, expected] = [actual, sent].map((each) => comingBack(contract.schema, each, method));
  expect(difference(back, expected)).toBeUndefined();
}

/** The JSON of a message that was not checked; undefined if it has no JSON. */
function written(contract: AnyContract, message: unknown): { json: unknown } | undefined {
  const context = new Context(true);
  try {
    const json: unknown = contract.definition.write(message, context);
    return context.issues.length === 0 ? { json } : undefined;
  } catch (error) {
    if (contract.safeCheck(message).ok && !isContractError(error)) throw error;
    return undefined;
  }
}

/** Whether an issue is about a valid value that wire JSON cannot represent. */
function isUnrepresentable({ typeName }: AnyContract, { rule, expected }: ContractIssue): boolean {
  // Random bytes in an Any may happen to be a message with unknown fields.
  if (rule === "json.unknown_fields") return typeName.startsWith("jimbot.events.v1.");
  const rules = ["int64.unsafe", "float.not_finite", "enum.unknown", "format"];
  return rules.includes(rule) || expected === "a time of whole milliseconds";
}

/** Whether the writer of a sim message repairs this issue. It does so because it only expects checked messages. */
function isRepair(contract: AnyContract, { rule, path }: ContractIssue): boolean {
  if (!contract.typeName.startsWith("sim.v1.")) return false;
  return rule === "payload.type" || (rule === "required" && /\bvalue$/.test(path));
}

/** Whether a reader took what a writer must not send: `check` and a strict reader refuse it for one reason. */
function isOnlyRead(checked: Result<unknown>, strictly: Result<unknown>): boolean {
  if (checked.ok || strictly.ok) return false;
  expect(strictly.error.issues).toEqual(checked.error.issues);
  return true;
}

const verdicts = { passing: 0, failing: 0, unwritten: 0 };

describe.each(subjects)("$typeName", ({ contract, valid, json, broken }) => {
  it("passes `check` exactly if `fromJson` accepts its JSON", () => {
    const any = fc.oneof(
      { weight: 4, arbitrary: broken },
      { weight: 1, arbitrary: messagesOf(contract) },
    );
    const property = fc.property(any, (value) => {
      // A float from JSON is rounded before its rule is checked.
      const message = isPlainObject(value)
        ? comingBack(contract.schema, value, { json: true, unpack: false })
        : value;
      const wire = written(contract, message);
      if (wire === undefined) {
        verdicts.unwritten++;
        return;
      }
      const checked = contract.safeCheck(message);
      const read = contract.safeFromJson(wire.json);
      verdicts[checked.ok ? "passing" : "failing"]++;
      if (!checked.ok && checked.error.issues.every((issue) => isRepair(contract, issue))) return;
      const refusals = [checked, read].flatMap((each) => (each.ok ? [] : each.error.message));
      if (read.ok && isOnlyRead(checked, contract.safeFromJson(wire.json, { strict: true })))
        return;
      expect(read.ok, `${JSON.stringify(wire.json)}: ${refusals}`).toBe(checked.ok);
    });
    fc.assert(property, runs);
  });

  it("is the same after a round trip through bytes and wire JSON, if it is valid", () => {
    const property = fc.property(valid, (message) => {
      const decoded = contract.decode(contract.encode(message, { budget: false }));
      expectBack(contract, decoded, message, throughBytes);
      const wire = contract.safeToJson(message);
      const text = contract.safeToJsonText(message);
      expect(text).toEqual(
        wire.ok
          ? { ok: true, value: JSON.stringify(wire.value) }
          : { ok: false, error: wire.error },
      );
      if (!wire.ok || !text.ok) {
        const issues = wire.ok ? [] : wire.error.issues;
        expect(issues.filter((issue) => !isUnrepresentable(contract, issue))).toEqual([]);
        return;
      }
      expectBack(contract, contract.fromJson(wire.value), message, throughJson);
      expectBack(contract, contract.fromJsonText(text.value), message, throughJson);
    });
    fc.assert(property, runs);
  });

  it("is decoded from damaged bytes, or a ContractError is returned", () => {
    const broken = fc.tuple(
      fc.oneof(valid, messagesOf(contract)),
      fc.array(mutations, { maxLength: 3 }),
    );
    const property = fc.property(broken, ([message, steps]) => {
      const bytes = steps.reduce<Uint8Array>(
        (changed, step) => mutate(changed, step, []),
        contract.codec.encode(message),
      );
      const result = contract.safeDecode(bytes);
      if (!result.ok) return;
      const checked = contract.safeCheck(result.value);
      if (isOnlyRead(checked, contract.safeDecode(bytes, { strict: true }))) return;
      const again = contract.decode(contract.encode(result.value, { budget: false }));
      expectBack(contract, again, result.value, throughBytes);
      contract.safeToJson(result.value, { dropUnknown: true });
    });
    fc.assert(property, runs);
  });

  it("is read from damaged JSON, or a ContractError is returned; the JSON is unchanged", () => {
    const property = fc.property(damaged(json), (input) => {
      const copy: unknown = structuredClone(input);
      const result = contract.safeFromJson(input);
      expect(difference(input, copy)).toBeUndefined();
      if (!result.ok) return;
      const checked = contract.safeCheck(result.value);
      if (isOnlyRead(checked, contract.safeFromJson(input, { strict: true }))) return;
      contract.encode(result.value, { budget: false });
    });
    fc.assert(property, runs);
  });
});

describe("all contracts", () => {
  it("were tested with many valid and many invalid messages", () => {
    console.log(verdicts);
    const { passing, failing } = verdicts;
    expect(Math.min(passing, failing)).toBeGreaterThan(runs.numRuns * subjects.length * 0.2);
  });
});

describe("an event of JimBot without a type", () => {
  const without = (event: unknown, type: unknown): unknown => {
    if (!isPlainObject(event)) return event;
    const { type: _, ...rest } = event;
    return type === undefined ? rest : { ...rest, type };
  };
  const missing = fc.constantFrom(undefined, null, "", "0", 0, "UNKNOWN");

  it("is an error, and never a game state", () => {
    const events = wireJsonOf(Event, { examples: examplesOf(Event) });
    const property = fc.property(events, missing, (event, type) => {
      const json = without(event, type);
      const results = [Event.safeFromJson(json), Event.safeFromJsonText(JSON.stringify(json))];
      for (const result of results) {
        expect(result.ok || result.error.issues.some(({ path }) => path === "type")).toBe(true);
        expect(result.ok).toBe(false);
      }
      const batch = EventBatch.safeFromJson({ batch_id: "b", source: "s", events: [json] });
      expect(batch.ok || batch.error.issues.some(({ path }) => path === "events[0].type")).toBe(
        true,
      );
      expect(batch.ok).toBe(false);
    });
    fc.assert(property, { ...runs, numRuns: 300 });
  });
});
