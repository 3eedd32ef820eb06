import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { create, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import { Fixed32RulesSchema } from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import { afterAll, describe, expect, it } from "vitest";
import { createLimits } from "../../bench/limits/index.js";
import { loadModule } from "../../bench/limits/modules.js";
import { copyFault } from "../../bench/limits/objects.js";
import { sumFault } from "../../bench/limits/read.js";
import { createWriteLimit, differenceOf } from "../../bench/limits/write.js";
import { type PreparedTree, writerRoom, writerSource } from "../../bench/limits/write-source.js";
import { createSuiteCases, type SuiteCase } from "../../bench/suite/cases.js";
import type { Contender } from "../../bench/suite/peer.js";
import { RouteDecision } from "../../src/beamline/index.js";
import type { AnyContract } from "../../src/contract/contract.js";
import { AdaptationCommand, SystemStatePacket } from "../../src/leyline/index.js";
import { MessageEnvelope } from "../../src/pitboss/index.js";
import { Envelope } from "../../src/sim/index.js";

const fixtures = new URL("../../bench/fixtures/", import.meta.url);
const tooLarge = ["state-1000", "state-10000"];
const cases = createSuiteCases(fixtures, ({ id }) => !tooLarge.includes(id)).map(withoutMost);
const place = mkdtempSync(join(tmpdir(), "concord-limits-"));
const folder = pathToFileURL(`${place}/generated/`);
const limits = await createLimits(folder);

afterAll(() => rmSync(place, { recursive: true }));

/** The case with the first of its messages where they are large: all are made alike. */
function withoutMost(suiteCase: SuiteCase): SuiteCase {
  const isLarge = suiteCase.encoded.some(({ length }) => length > 5_000);
  return isLarge ? { ...suiteCase, encoded: suiteCase.encoded.slice(0, 8) } : suiteCase;
}

function ready(contender: Contender | string | undefined): Contender {
  if (typeof contender === "object") return contender;
  throw new Error(`a limit takes no part: ${contender}`);
}

/** A case of messages that are given by what is set in them. */
function caseOf<C extends AnyContract>(
  contract: C,
  inits: readonly MessageInitShape<C["schema"]>[],
): SuiteCase {
  const encoded = inits.map((init) => toBinary(contract.schema, create(contract.schema, init)));
  return { id: "own", title: "own", contract, encoded, keepsRules: true, headline: false };
}

const texts = Array.from({ length: 140 }, (_, length) => "x".repeat(length));

/** Messages with values that no case has. */
const others: readonly (readonly [string, SuiteCase])[] = [
  [
    "texts of all lengths up to two bytes of length",
    caseOf(RouteDecision, [
      ...texts.map((text) => ({ providerId: text, metadata: { [text]: `${text}é` } })),
      { reason: "😀 µm ✓".repeat(50) },
    ]),
  ],
  [
    "negative integers and the largest",
    caseOf(RouteDecision, [
      { priority: -1, expectedLatencyMs: -1n },
      { priority: 0x7fffffff, expectedLatencyMs: 2n ** 63n - 1n },
      { priority: -0x80000000, expectedLatencyMs: -(2n ** 63n) },
      ...Array.from({ length: 63 }, (_, bits) => ({ expectedLatencyMs: 2n ** BigInt(bits) })),
      ...Array.from({ length: 31 }, (_, bits) => ({ priority: 2 ** bits })),
    ]),
  ],
  [
    "unsigned integers and floats",
    caseOf(SystemStatePacket, [
      { timestampNs: 2n ** 64n - 1n, version: 0xffffffff, validationLoss: Number.NaN },
      { validationLoss: Number.NEGATIVE_INFINITY, seedStates: [{ stage: 3 }, {}] },
      { hardwareContext: {}, trainingMetrics: { "": 0, a: 1.5 } },
    ]),
  ],
  [
    "optional texts and nested JSON",
    caseOf(MessageEnvelope, [
      { nextAgent: "", returnCode: -1 },
      { messageBody: { a: [null, true, [{ b: [] }, "x"], 1.5, {}], "": { c: {} } } },
      { messageBody: {} },
    ]),
  ],
  [
    "every member of a oneof",
    caseOf(Envelope, [
      {},
      { payload: { case: "logMessage", value: { level: 1, componentId: "" } } },
      { payload: { case: "controlCommand", value: { parameters: { a: false } } } },
      { payload: { case: "simulationStatus", value: { errorInfo: { time: 0 } } } },
      {
        payload: {
          case: "dataExchange",
          value: {
            signals: [
              { value: { case: "numberValue", value: 0 } },
              { value: { case: "boolValue", value: false } },
              { value: { case: "stringValue", value: "" } },
              { value: { case: "nullValue", value: 0 } },
              { value: { case: "listValue", value: { values: [] } } },
              {},
            ],
          },
        },
      },
    ]),
  ],
  [
    "a oneof of messages with JSON among them",
    caseOf(AdaptationCommand, [
      { payload: { case: "rollbackPayload", value: { a: [1] } } },
      { payload: { case: "pause", value: { pause: true } } },
    ]),
  ],
];

/** Packets with one seed of a stage that has no name: 200, and -1, which takes ten bytes. */
const tenBytes = [16, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1];
const stages = [Uint8Array.of(66, 3, 16, 200, 1), Uint8Array.of(66, 11, ...tenBytes)];

describe("the limits", () => {
  it("have these names", () => {
    expect(limits.map(({ name, kind }) => [name, kind])).toEqual([
      ["limit: write", "limit"],
      ["limit: objects", "limit"],
      ["limit: read", "limit"],
    ]);
  });

  it.each(cases)("do their work on $id", (suiteCase) => {
    const faults = limits.map((limit) => ready(limit.open(suiteCase)).prove());
    expect(faults).toEqual([undefined, undefined, undefined]);
  });

  it.each(others)("do their work on %s", (_title, suiteCase) => {
    const faults = limits.map((limit) => ready(limit.open(suiteCase)).prove());
    expect(faults).toEqual([undefined, undefined, undefined]);
  });

  it("do their work on enums without a name", () => {
    const suiteCase = { ...caseOf(SystemStatePacket, []), encoded: stages };
    const faults = limits.map((limit) => ready(limit.open(suiteCase)).prove());
    expect(faults).toEqual([undefined, undefined, undefined]);
  });

  it("have these operations and sizes", () => {
    const [first] = cases;
    if (first === undefined) throw new Error("there is no case");
    const contenders = limits.map((limit) => ready(limit.open(first)));
    expect(contenders.map(({ tasks, bytes }) => [Object.keys(tasks), bytes])).toEqual([
      [["encode", "encodeInto", "validatedEncode"], 277],
      [["decode", "validatedDecode"], undefined],
      [["check"], undefined],
    ]);
    const results = contenders.flatMap(({ tasks }) =>
      Object.values(tasks).map((task) => {
        const result = task.repeat(1);
        return result instanceof Uint8Array ? result.length : typeof result;
      }),
    );
    expect(results).toEqual([277, "number", 277, "object", "object", "number"]);
  });

  it("have no checked operations on messages that break the rules", () => {
    const suiteCase = { ...caseOf(RouteDecision, [{}]), keepsRules: false };
    const operations = limits.map((limit) => {
      const contender = limit.open(suiteCase);
      return typeof contender === "object" ? Object.keys(contender.tasks) : contender;
    });
    expect(operations).toEqual([["encode", "encodeInto"], ["decode"], undefined]);
  });

  it("write the same module once", () => {
    const source = "exports.answer = 42;\n";
    const own = new URL("own/", folder);
    expect(loadModule(own, "one", source)).toBe(loadModule(own, "one", source));
    expect(loadModule(own, "one", "exports.answer = 43;\n")).toEqual({ answer: 43 });
    expect(readdirSync(own).map((name) => name.replace(/[0-9a-f]{16}/, "<hash>"))).toEqual([
      "one-<hash>.cjs",
      "one-<hash>.cjs",
    ]);
  });
});

describe("a limit that does less than its work", () => {
  const message = SystemStatePacket.create({ hardwareContext: {}, trainingMetrics: { a: 1 } });

  it("is found when it writes other bytes", () => {
    const tree: PreparedTree = {
      root: {},
      texts: new Float64Array(0),
      lengths: new Int32Array(0),
    };
    const encode = (): Uint8Array => Uint8Array.of(1, 2);
    expect(differenceOf(encode, [tree], [Uint8Array.of(1, 2)])).toBeUndefined();
    expect(differenceOf(encode, [tree], [Uint8Array.of(1, 3, 4)])).toBe(
      "message 0 is written as 2 bytes that are not the canonical 3",
    );
  });

  it("is found when it gives the objects that it was given", () => {
    expect(copyFault((given) => given, [message])).toBe(
      "message 0 is built with the same object at its root",
    );
    expect(copyFault((given) => ({ ...given }), [message])).toBe(
      "message 0 is built with the same object at hardwareContext",
    );
  });

  it("is found when it gives other values", () => {
    expect(copyFault(structuredClone, [message])).toBeUndefined();
    const forgetful = (given: object): object => ({ ...structuredClone(given), version: 7 });
    expect(copyFault(forgetful, [message])).toBe("message 0 is built with other values");
  });

  it("is found when it passes over a field", () => {
    expect(sumFault(() => 2, [message], SystemStatePacket.schema)).toBe(
      "message 0 is read as 2, not as 3",
    );
    expect(sumFault(() => 3, [message], SystemStatePacket.schema)).toBeUndefined();
  });
});

describe("the generated writer", () => {
  it("has no room for messages that are too long", () => {
    const suiteCase = { ...caseOf(RouteDecision, []), encoded: [new Uint8Array(writerRoom + 1)] };
    expect(createWriteLimit(folder).open(suiteCase)).toBe(
      "a message has 4194305 bytes, more than 4194304",
    );
  });

  it("is not made of types that no message of the suite has", () => {
    expect(() => writerSource(Fixed32RulesSchema)).toThrow(
      "the limits do not know the scalar type FIXED32, which buf.validate.Fixed32Rules.const has",
    );
  });

  it("is straight-line code", () => {
    const source = writerSource(RouteDecision.schema);
    expect(source.slice(source.indexOf("function write_"))).toMatchInlineSnapshot(`
      "function write_beamline_flow_v1_RouteDecision(p, m, texts, lengths) {
        if (m.f1 !== 0) {
          bytes[p++] = 10;
          p = text(p, m.f1, texts, lengths);
        }
        if (m.f2 !== 0) {
          bytes[p++] = 18;
          p = text(p, m.f2, texts, lengths);
        }
        if (m.f3 !== 0) {
          bytes[p++] = 24;
          if (m.f3 >>> 0 < 128) bytes[p++] = m.f3; else p = int32(p, m.f3);
        }
        if (m.f4 !== 0n) {
          bytes[p++] = 32;
          p = varint64(p, m.f4);
        }
        if (m.f5 !== 0) {
          bytes[p++] = 41;
          { view.setFloat64(p, m.f5, true); p += 8; }
        }
        for (let i = 0; i < m.f6.values.length; i++) {
          const size = m.f6.heads[i * 2];
          const key = m.f6.heads[i * 2 + 1];
          const value = m.f6.values[i];
          bytes[p++] = 50;
          if (size < 128) bytes[p++] = size; else p = varint32(p, size);
          bytes[p++] = 10;
          p = text(p, key, texts, lengths);
          bytes[p++] = 18;
          p = text(p, value, texts, lengths);
        }
        return p;
      }

      exports.bytes = bytes;
      exports.nodes = {
        "beamline.flow.v1.RouteDecision": (m) => ({ size: m.size, f1: m.f1, f2: m.f2, f3: m.f3, f4: m.f4, f5: m.f5, f6: m.f6 }),
      };
      exports.write = ({ root, texts, lengths }) =>
        write_beamline_flow_v1_RouteDecision(0, root, texts, lengths);
      "
    `);
  });
});
