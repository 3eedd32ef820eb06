import { create, fromBinary, type JsonObject, toBinary } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import { ExecAssignmentCodec } from "../../gen/beamline/worker/v1/assignment_codec.js";
import {
  type ExecAssignment,
  ExecAssignmentSchema,
} from "../../gen/beamline/worker/v1/assignment_pb.js";
import { createRandom, pick, type Random } from "../support/random.js";
import { codeOf, refusalOf } from "../support/refusal.js";

function assignment(metadata: JsonObject): ExecAssignment {
  return create(ExecAssignmentSchema, { metadata });
}

/** The object after a round trip through bytes, which must be the same in protobuf-es. */
function through(metadata: JsonObject): JsonObject | undefined {
  const message = assignment(metadata);
  const bytes = ExecAssignmentCodec.encode(message);
  const expected = toBinary(ExecAssignmentSchema, message);
  expect(Buffer.compare(bytes, expected)).toBe(0);
  expect(Buffer.compare(ExecAssignmentCodec.encode(message, { own: true }), expected)).toBe(0);
  const decoded = ExecAssignmentCodec.decode(bytes);
  expect(decoded).toEqual(fromBinary(ExecAssignmentSchema, bytes));
  return decoded.metadata;
}

describe("a JSON object", () => {
  it.each<[string, JsonObject]>([
    ["nothing", {}],
    ["null", { a: null }],
    ["booleans", { yes: true, no: false }],
    ["numbers", { a: 0, b: -0, c: 1.5, d: -1e300, e: 5e-324, f: 2 ** 53 }],
    ["strings", { a: "", b: "text", c: "é€😀\ufeff\0", d: "x".repeat(1000) }],
    ["lists", { a: [], b: [1, "two", null, [true, []], {}], c: new Array(300).fill("item") }],
    ["objects", { a: {}, b: { c: { d: { e: 1 } } } }],
    ["keys of all kinds", { "": 1, "0": 2, é: 3, constructor: 4, toString: 5, "a b": 6 }],
    ["a long key", { ["k".repeat(5000)]: "v" }],
  ])("with %s comes back", (_, metadata) => {
    expect(through(metadata)).toEqual(metadata);
  });

  it("with the key __proto__ survives a round trip", () => {
    const metadata = JSON.parse('{"__proto__":{"__proto__":1},"a":[{"__proto__":[]}]}');
    const back = ExecAssignmentCodec.decode(ExecAssignmentCodec.encode(assignment(metadata)));
    expect(JSON.stringify(back.metadata)).toBe(JSON.stringify(metadata));
    expect(Object.getPrototypeOf(back.metadata)).toBe(Object.prototype);
  });

  it("of any shape and size survives a round trip, wherever a buffer ends", () => {
    const random = createRandom(255);
    for (let turn = 0; turn < 400; turn++) {
      const metadata: JsonObject = { value: value(random, 5), text: "x".repeat(turn * 41) };
      expect(through(metadata)).toEqual(metadata);
    }
  });

  it("is accepted without a prototype, and refused if it is of another class", () => {
    const bare = Object.assign(Object.create(null), { a: { b: 1 } });
    expect(through(bare)).toEqual({ a: { b: 1 } });
    const named = { constructor: "c", a: 1 };
    expect(through(named)).toEqual(named);
    for (const other of [new Map(), new Date(0), new Uint8Array(1), /x/, new (class {})()]) {
      const message = { ...assignment({}), metadata: { a: [other] } };
      expect(codeOf(() => ExecAssignmentCodec.encode(message as never))).toBe("type");
    }
  });

  it("contains only JSON values", () => {
    const wrong: readonly (readonly [unknown, string, string])[] = [
      [undefined, "type", "expected a JSON value, got undefined"],
      [5n, "type", "expected a JSON value, got 5n"],
      [Symbol("s"), "type", "expected a JSON value, got a symbol"],
      [() => 1, "type", "expected a JSON value, got a function"],
      [Number.NaN, "float.not_finite", "expected a finite number, got NaN"],
      [-Infinity, "float.not_finite", "expected a finite number, got -Infinity"],
      ["\ud800", "format", 'expected a string without lone surrogates, got "\\ud800"'],
    ];
    for (const [item, code, text] of wrong) {
      for (const metadata of [{ a: item }, { a: [1, item] }, { a: { b: item } }]) {
        const message = { ...assignment({}), metadata };
        expect(refusalOf(() => ExecAssignmentCodec.encode(message as never))).toEqual({
          code,
          path: "metadata",
          offset: undefined,
          message: `cannot encode beamline.worker.v1.ExecAssignment: metadata: ${text} [${code}]`,
        });
      }
    }
  });
});

/** Some JSON value. */
function value(random: Random, depth: number): JsonObject[string] {
  const size = Math.floor(random() * 5);
  switch (Math.floor(random() * (depth > 0 ? 6 : 4))) {
    case 0:
      return null;
    case 1:
      return random() < 0.5;
    case 2:
      return pick(random, [0, -0, 1.5, 1e300, Math.floor(random() * 2 ** 40)]);
    case 3:
      return pick(random, ["", "text", "é€😀", "x".repeat(Math.floor(random() * 300))]);
    case 4:
      return Array.from({ length: size }, () => value(random, depth - 1));
    default:
      return Object.fromEntries(
        Array.from({ length: size }, (_, index) => [`key${index}`, value(random, depth - 1)]),
      );
  }
}
