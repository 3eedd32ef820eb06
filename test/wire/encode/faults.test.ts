import { describe, expect, it } from "vitest";
import { ExecAssignmentCodec } from "../../../gen/beamline/worker/v1/assignment_codec.js";
import { AdaptationCommandCodec } from "../../../gen/esper/leyline/v1/command_codec.js";
import { EventEnvelopeCodec } from "../../../gen/esper/leyline/v1/event_codec.js";
import { PruningMaskCodec } from "../../../gen/esper/leyline/v1/pruning_codec.js";
import { SystemStatePacketCodec } from "../../../gen/esper/leyline/v1/state_codec.js";
import { BoolValueCodec, Int64ValueCodec, UInt64ValueCodec } from "../../../gen/google/wkt.js";
import { SubscribeRequestCodec } from "../../../gen/jimbot/events/v1/bus_codec.js";
import { EventCodec } from "../../../gen/jimbot/events/v1/event_codec.js";
import { KnowledgeUpdateCodec } from "../../../gen/jimbot/events/v1/knowledge_codec.js";
import { MessageEnvelopeCodec } from "../../../gen/pitboss/v1/envelope_codec.js";
import { WorkflowCodec } from "../../../gen/pitboss/v1/workflow_codec.js";
import { NumberListCodec, SignalCodec } from "../../../gen/sim/v1/data_codec.js";
import type { Codec } from "../../../src/wire/codec.js";
import { codeOf, refusalOf } from "../../support/refusal.js";

type AnyCodec = Omit<Codec<never>, "decode" | "create"> & Pick<Codec<object>, "decode" | "create">;

const nothing = new Uint8Array(0);

/** An empty message with one property set to a value that its type does not allow. */
function withValue(codec: AnyCodec, property: string, value: unknown): never {
  return { ...codec.decode(nothing), [property]: value } as never;
}

/** The error of every encoding method for a message, which must be the same. */
function refused(codec: AnyCodec, message: never) {
  const target = new Uint8Array(100_000);
  const first = refusalOf(() => codec.encode(message));
  expect(refusalOf(() => codec.encode(message, { own: true }))).toEqual(first);
  expect(refusalOf(() => codec.encodeInto(message, target, 7))).toEqual(first);
  expect(refusalOf(() => codec.size(message))).toEqual(first);
  return first;
}

function misfit(codec: AnyCodec, property: string, value: unknown): string {
  const { message } = refused(codec, withValue(codec, property, value));
  return message.replace(`cannot encode ${codec.typeName}: `, "");
}

const noNumbers = ["5", "", null, undefined, 5n, 0n, true, false, {}, [], Symbol("five"), () => 5];
const noIntegers = [1.5, Number.NaN, Infinity, -Infinity, 5e-324];
const loud = {
  valueOf(): number {
    throw new Error("called");
  },
};

/** A value as an error shows it. */
function shown(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "bigint") return `${value}n`;
  if (Array.isArray(value)) return "an array of 0";
  if (typeof value === "symbol" || typeof value === "function") return `a ${typeof value}`;
  return typeof value === "object" && value !== null ? "an object" : String(value);
}

describe("an integer", () => {
  it.each([
    ["a uint32", EventEnvelopeCodec, "maxAttempts", "max_attempts", [-1, 2 ** 32]],
    ["an int32", EventCodec, "version", "version", [2 ** 31, -(2 ** 31) - 1]],
    ["an int32", EventEnvelopeCodec, "priority", "priority", [2 ** 31, -(2 ** 31) - 1]],
    ["a sint32", MessageEnvelopeCodec, "returnCode", "return_code", [2 ** 31, -(2 ** 31) - 1]],
  ])("of %s is refused unless it is one", (kind, codec, property, field, beyond) => {
    for (const value of [...noIntegers, ...beyond, 2 ** 53, -(2 ** 63)]) {
      expect(misfit(codec, property, value)).toBe(
        `${field}: expected ${kind}, got ${value} [range]`,
      );
    }
    for (const value of [...noNumbers, loud]) {
      expect(misfit(codec, property, value)).toBe(
        `${field}: expected ${kind}, got ${shown(value)} [type]`,
      );
    }
  });

  it.each([
    ["an int64", Int64ValueCodec, [2n ** 63n, -(2n ** 63n) - 1n, 2n ** 64n, 10n ** 30n]],
    ["a uint64", UInt64ValueCodec, [-1n, 2n ** 64n, 10n ** 30n]],
  ])("of %s is a bigint in range", (kind, codec, beyond) => {
    for (const value of beyond) {
      expect(misfit(codec, "value", value)).toBe(`value: expected ${kind}, got ${value} [range]`);
    }
    for (const value of [0, 1, 1.5, Number.NaN, "5", "", null, undefined, false, {}]) {
      expect(misfit(codec, "value", value)).toBe(
        `value: expected ${kind} as a bigint, got ${shown(value)} [type]`,
      );
    }
  });

  it("in a list has a path with its index", () => {
    for (const [index, value] of [-1, 1.5, 2 ** 32, Number.NaN].entries()) {
      const list = [...[1, 2, 3].slice(0, index), value, 9];
      expect(misfit(PruningMaskCodec, "shape", list)).toBe(
        `shape[${index}]: expected a uint32, got ${value} [range]`,
      );
    }
    for (const value of noNumbers) {
      expect(misfit(PruningMaskCodec, "shape", [1, value])).toBe(
        `shape[1]: expected a uint32, got ${shown(value)} [type]`,
      );
      expect(misfit(SubscribeRequestCodec, "types", [value])).toBe(
        `types[0]: expected an int32, got ${shown(value)} [type]`,
      );
    }
  });
});

describe("a float", () => {
  it("fits 32 bits", () => {
    for (const value of [1e39, -1e39, 3.4028236e38, Number.MAX_VALUE]) {
      expect(misfit(SystemStatePacketCodec, "trainingLoss", value)).toBe(
        `training_loss: expected a number that fits a float, got ${value} [range]`,
      );
      expect(misfit(SystemStatePacketCodec, "trainingMetrics", { a: 1, "b c": value })).toBe(
        `training_metrics["b c"]: expected a number that fits a float, got ${value} [range]`,
      );
    }
  });

  it("is a number", () => {
    for (const value of [...noNumbers, loud]) {
      const text = `expected a number, got ${shown(value)} [type]`;
      expect(misfit(SystemStatePacketCodec, "trainingLoss", value)).toBe(`training_loss: ${text}`);
      expect(misfit(MessageEnvelopeCodec, "confidence", value)).toBe(`confidence: ${text}`);
      expect(misfit(SystemStatePacketCodec, "trainingMetrics", { a: value })).toBe(
        `training_metrics.a: ${text}`,
      );
      expect(misfit(NumberListCodec, "values", [1, value])).toBe(`values[1]: ${text}`);
      expect(misfit(SignalCodec, "value", { case: "numberValue", value })).toBe(
        `number_value: ${text}`,
      );
    }
  });
});

describe("a bool or a string", () => {
  it("is refused if it has another type", () => {
    for (const value of [0, 1, "", "true", null, undefined, {}, 0n]) {
      expect(misfit(BoolValueCodec, "value", value)).toBe(
        `value: expected a boolean, got ${shown(value)} [type]`,
      );
    }
    for (const value of [0, null, undefined, true, 5n, Symbol("s"), [], {}, loud, Object("s")]) {
      const text = `expected a string, got ${shown(value)} [type]`;
      expect(misfit(EventEnvelopeCodec, "eventId", value)).toBe(`event_id: ${text}`);
      expect(misfit(EventEnvelopeCodec, "routingKeys", ["a", value])).toBe(
        `routing_keys[1]: ${text}`,
      );
      expect(misfit(EventCodec, "metadata", { a: "a", b: value })).toBe(`metadata.b: ${text}`);
    }
    expect(misfit(MessageEnvelopeCodec, "nextAgent", null)).toBe(
      "next_agent: expected a string, got null [type]",
    );
  });
});

const lonely = ["\ud800", "\udfff", "\ude00\ud83d", "a\ud83d", "\ud83da", "\udbff\ud800\udc00"];

describe("a lone surrogate", () => {
  it("is refused in a string of any length", () => {
    for (const part of lonely) {
      for (const length of [0, 1, 3, 30, 33, 40, 100, 6000]) {
        for (const text of [
          part,
          part + "a".repeat(length),
          "a".repeat(length) + part,
          `é${part}`,
        ]) {
          const { code, path } = refused(
            EventEnvelopeCodec,
            withValue(EventEnvelopeCodec, "eventType", text),
          );
          expect([code, path]).toEqual(["format", "event_type"]);
        }
      }
    }
    expect(misfit(EventEnvelopeCodec, "eventType", "a\ud800")).toBe(
      'event_type: expected a string without lone surrogates, got "a\\ud800" [format]',
    );
  });

  it("is refused wherever a string is allowed", () => {
    const text = "key\ud800";
    const places: readonly (readonly [AnyCodec, string, unknown, string])[] = [
      [EventEnvelopeCodec, "routingKeys", ["a", text], "routing_keys[1]"],
      [EventCodec, "metadata", { a: text }, "metadata.a"],
      [EventCodec, "metadata", { [text]: "a" }, 'metadata["key\\ud800"]'],
      [SystemStatePacketCodec, "trainingMetrics", { [text]: 1 }, 'training_metrics["key\\ud800"]'],
      [SignalCodec, "value", { case: "stringValue", value: text }, "string_value"],
      [ExecAssignmentCodec, "metadata", { a: [text] }, "metadata"],
      [ExecAssignmentCodec, "metadata", { a: { [text]: 1 } }, "metadata"],
    ];
    for (const [codec, property, value, place] of places) {
      for (let time = 0; time < 2; time++) {
        const { code, path } = refused(codec, withValue(codec, property, value));
        expect([code, path]).toEqual(["format", place]);
      }
    }
  });
});

class Metrics {
  loss = 1;
}

describe("a list", () => {
  it.each([
    ["null", null],
    ["undefined", undefined],
    ["an object", { length: 1, 0: "a" }],
    ["an object", new Set(["a"])],
    ["8 bytes", new Uint8Array(8)],
    ["an object", new Float64Array(1)],
    ['"a"', "a"],
  ])("is no %s", (received, value) => {
    const text = `expected an array, got ${received} [type]`;
    expect(misfit(EventEnvelopeCodec, "routingKeys", value)).toBe(`routing_keys: ${text}`);
    expect(misfit(NumberListCodec, "values", value)).toBe(`values: ${text}`);
    expect(misfit(SystemStatePacketCodec, "seedStates", value)).toBe(`seed_states: ${text}`);
  });

  it("has no holes, no null and no undefined", () => {
    const seed = { $typeName: "esper.leyline.v1.SeedState", metrics: {} };
    for (const hole of [[null], [undefined], new Array(1)]) {
      const shownHole = hole[0] === null ? "null" : "undefined";
      expect(misfit(EventEnvelopeCodec, "routingKeys", hole)).toBe(
        `routing_keys[0]: expected a string, got ${shownHole} [type]`,
      );
      expect(misfit(NumberListCodec, "values", hole)).toBe(
        `values[0]: expected a number, got ${shownHole} [type]`,
      );
      expect(misfit(SystemStatePacketCodec, "seedStates", hole)).toBe(
        `seed_states[0]: expected a esper.leyline.v1.SeedState message, got ${shownHole} [type]`,
      );
    }
    expect(misfit(SystemStatePacketCodec, "seedStates", [seed])).toBe(
      "seed_states[0].seed_id: expected a string, got undefined [type]",
    );
    expect(
      codeOf(() => NumberListCodec.encode(withValue(NumberListCodec, "values", new Array(1e7)))),
    ).toBe("type");
  });
});

describe("a map", () => {
  it.each([
    ["null", null],
    ["undefined", undefined],
    ["an object", new Map([["a", 1]])],
    ["an object", new Metrics()],
    ["an object", new Date(0)],
    ["an object", Object.create({ loss: 1 })],
    ["an array of 1", [1]],
    ['"a"', "a"],
    ["1", 1],
  ])("is no %s", (received, value) => {
    const text = `expected a plain object, got ${received} [type]`;
    expect(misfit(SystemStatePacketCodec, "trainingMetrics", value)).toBe(
      `training_metrics: ${text}`,
    );
    expect(misfit(WorkflowCodec, "nodes", value)).toBe(`nodes: ${text}`);
    if (value === undefined || (value !== null && Object.getPrototypeOf(value)?.loss === 1)) return;
    expect(misfit(ExecAssignmentCodec, "metadata", value)).toBe(`metadata: ${text}`);
  });

  it("has no null and no undefined", () => {
    for (const value of [null, undefined]) {
      expect(misfit(EventCodec, "metadata", { a: value })).toBe(
        `metadata.a: expected a string, got ${value} [type]`,
      );
      expect(misfit(WorkflowCodec, "nodes", { a: value })).toBe(
        `nodes.a: expected a pitboss.v1.WorkflowNode message, got ${value} [type]`,
      );
    }
    expect(misfit(ExecAssignmentCodec, "metadata", { a: undefined })).toBe(
      "metadata: expected a JSON value, got undefined [type]",
    );
    expect(misfit(ExecAssignmentCodec, "metadata", { a: [new Array(1)] })).toBe(
      "metadata: expected a JSON value, got undefined [type]",
    );
    for (const value of [5n, () => 1, Symbol("s")]) {
      expect(
        codeOf(() =>
          ExecAssignmentCodec.encode(withValue(ExecAssignmentCodec, "metadata", { a: value })),
        ),
      ).toBe("type");
    }
    for (const value of [Number.NaN, Infinity]) {
      expect(misfit(ExecAssignmentCodec, "metadata", { a: { b: value } })).toBe(
        `metadata: expected a finite number, got ${value} [float.not_finite]`,
      );
    }
  });
});

describe("a message", () => {
  it.each([
    ["null", null],
    ['"a"', "a"],
    ["an object", {}],
    ["an object", { $typeName: "esper.leyline.v1.SystemStatePacket" }],
    ["an array of 0", []],
  ])("is no %s", (received, value) => {
    expect(misfit(SystemStatePacketCodec, "hardwareContext", value)).toBe(
      `hardware_context: expected a esper.leyline.v1.HardwareContext message, got ${received} [type]`,
    );
    expect(refused(EventEnvelopeCodec, value as never).message).toBe(
      `cannot encode esper.leyline.v1.EventEnvelope: expected a esper.leyline.v1.EventEnvelope message, got ${received} [type]`,
    );
  });
});

describe("a oneof", () => {
  it.each([
    "nope",
    "__proto__",
    "constructor",
    "toString",
    "payload",
    "",
    null,
    0,
    false,
    {},
    "seed_operation",
  ])("has no member %o", (name) => {
    expect(misfit(AdaptationCommandCodec, "payload", { case: name, value: {} })).toBe(
      `expected a member of the oneof payload, got ${shown(name)} [type]`,
    );
  });

  it("must have a value of its member's type", () => {
    expect(misfit(AdaptationCommandCodec, "payload", { case: "pause" })).toBe(
      "pause: expected a esper.leyline.v1.CommandPause message, got undefined [type]",
    );
    expect(misfit(AdaptationCommandCodec, "payload", { case: "rollbackPayload" })).toBe(
      "rollback_payload: expected a plain object, got undefined [type]",
    );
    expect(misfit(SignalCodec, "value", { case: "boolValue" })).toBe(
      "bool_value: expected a boolean, got undefined [type]",
    );
    expect(misfit(SignalCodec, "value", { case: "stringValue", value: null })).toBe(
      "string_value: expected a string, got null [type]",
    );
    const pause = { $typeName: "esper.leyline.v1.CommandPause" };
    expect(misfit(AdaptationCommandCodec, "payload", { case: "emergency", value: pause })).toBe(
      "emergency: expected a esper.leyline.v1.CommandEmergency message, got an object [type]",
    );
    expect(misfit(KnowledgeUpdateCodec, "update", { case: "customUpdate", value: {} })).toBe(
      "custom_update: expected a google.protobuf.Any message, got an object [type]",
    );
  });

  it("must be an object, even if no member is set", () => {
    for (const value of [null, undefined]) {
      expect(misfit(SignalCodec, "value", value)).toBe(
        "expected a member of the oneof value, got undefined [type]",
      );
    }
    expect(SignalCodec.encode(withValue(SignalCodec, "value", { case: undefined }))).toEqual(
      nothing,
    );
  });
});
