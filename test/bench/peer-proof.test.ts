import { create, fromBinary, fromJsonString, toBinary, toJsonString } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import { type EncodingPeer, guarded, reasonOf, toContender } from "../../bench/peers/contender.js";
import { describeDifference, findDifference } from "../../bench/peers/difference.js";
import { openFormat } from "../../bench/peers/format.js";
import { type Library, openLibrary } from "../../bench/peers/library.js";
import { createSuiteCases, type SuiteCase } from "../../bench/suite/cases.js";
import { type RouteDecision, RouteDecisionSchema } from "../../gen/beamline/flow/v1/flow_pb.js";

const fixtures = new URL("../../bench/fixtures/", import.meta.url);
const [made] = createSuiteCases(fixtures, ({ id }) => id === "route-decision");
if (made === undefined) throw new Error("there is no case route-decision");
const suiteCase: SuiteCase = { ...made, encoded: made.encoded.slice(0, 3) };

const right: Library<RouteDecision> = {
  encode: (message) => toBinary(RouteDecisionSchema, message),
  decode: (bytes) => fromBinary(RouteDecisionSchema, bytes),
  jsonIn: (text) => fromJsonString(RouteDecisionSchema, text),
  jsonOut: (message) => toJsonString(RouteDecisionSchema, message),
};

/** The message with another value in one field. */
function changed(message: RouteDecision, field: Partial<RouteDecision>): RouteDecision {
  return create(RouteDecisionSchema, { ...message, ...field });
}

describe("the proof of a protobuf library", () => {
  it("finds nothing in a library that is right", () => {
    const contender = openLibrary(suiteCase, right);
    expect(contender.prove()).toBeUndefined();
    expect(contender.leftOut).toEqual({});
    expect(Object.keys(contender.tasks)).toEqual(["encode", "decode", "jsonIn", "jsonOut"]);
    const sizes = suiteCase.encoded.map(({ length }) => length);
    expect(contender.bytes).toBe(sizes.reduce((sum, size) => sum + size, 0) / 3);
  });

  it("takes other bytes of the same meaning", () => {
    // Twice the same field: the last one counts.
    const longer = (bytes: Uint8Array) => Uint8Array.of(10, 1, 65, ...bytes);
    const encode = (message: RouteDecision) => longer(right.encode(message));
    expect(openLibrary(suiteCase, { ...right, encode }).prove()).toBeUndefined();
  });

  it("finds a field that is not written", () => {
    const encode = (message: RouteDecision) => right.encode(changed(message, { reason: "" }));
    expect(openLibrary(suiteCase, { ...right, encode }).prove()).toBe(
      "message 0 comes back with other values: reason",
    );
  });

  it("finds a fault in a later message", () => {
    const last = suiteCase.encoded.map(right.decode).at(-1)?.expectedCost;
    const encode = (message: RouteDecision) =>
      right.encode(message.expectedCost === last ? changed(message, { priority: 0 }) : message);
    expect(openLibrary(suiteCase, { ...right, encode }).prove()).toBe(
      "message 2 comes back with other values: priority",
    );
  });

  it("leaves out JSON that goes wrong, and says why", () => {
    const { tasks, leftOut, prove } = openLibrary(suiteCase, {
      ...right,
      jsonIn: (text) => changed(fromJsonString(RouteDecisionSchema, text), { metadata: {} }),
      jsonOut: () => '{"no_such_key":1}',
    });
    expect(Object.keys(tasks)).toEqual(["encode", "decode"]);
    expect(leftOut).toEqual({
      jsonIn: "message 0 comes back with other values: metadata.policy_id",
      jsonOut:
        'protobuf-es does not take its JSON: cannot decode message beamline.flow.v1.RouteDecision from JSON: key "no_such_key" is unknown',
    });
    expect(prove()).toBeUndefined();
  });

  it("names the operation when JSON goes wrong later", () => {
    let count = 0;
    const jsonOut = (message: RouteDecision) =>
      toJsonString(
        RouteDecisionSchema,
        ++count === 3 ? changed(message, { providerId: "x" }) : message,
      );
    expect(openLibrary(suiteCase, { ...right, jsonOut }).prove()).toBe(
      "JSON out: message 1 comes back with other values: providerId",
    );
  });

  it("gives the first line of an error", () => {
    let count = 0;
    const decode = (bytes: Uint8Array) => {
      // The first three calls open the library.
      if (++count > 3) throw new Error("out of breath\nand more");
      return right.decode(bytes);
    };
    expect(openLibrary(suiteCase, { ...right, decode }).prove()).toBe("out of breath");
  });
});

describe("the proof of a format", () => {
  const values = [
    { a: 1, bytes: Uint8Array.of(1) },
    { a: 2, bytes: Uint8Array.of(2) },
  ];
  const write = (value: unknown) => Buffer.from(JSON.stringify(value));
  const read = (bytes: Buffer) =>
    JSON.parse(bytes.toString(), (key, value) =>
      key === "bytes" ? Buffer.from(Object.values<number>(value)) : value,
    );

  it("takes bytes of another class as the same", () => {
    expect(openFormat(values, { encode: write, decode: read }).prove()).toBeUndefined();
  });

  it("finds a value that is lost", () => {
    const decode = (bytes: Buffer) => ({ ...read(bytes), a: 1 });
    expect(openFormat(values, { encode: write, decode }).prove()).toBe(
      "message 1 comes back with other values: a",
    );
  });

  it("reads what was written into an array", () => {
    const target = Buffer.alloc(100);
    const encodeInto = (value: unknown) => write(value).copy(target);
    const into = (written: (end: number) => Buffer) =>
      openFormat(values, { encode: write, decode: read, encodeInto, written });
    expect(into((end) => target.subarray(0, end)).prove()).toBeUndefined();
    expect(into(() => write({ ...values[0], a: 3 })).prove()).toBe(
      "encode into: message 0 comes back with other values: a",
    );
  });
});

describe("a difference", () => {
  it("is the first one, by its path", () => {
    expect(findDifference({ a: [1, { b: 2 }] }, { a: [1, { b: 3 }] })).toEqual({
      path: "a.1.b",
      expected: 2,
      actual: 3,
    });
    expect(findDifference({ a: 1 }, { a: 1 })).toBeUndefined();
  });

  it.each([
    [{ n: 2n ** 60n + 1n }, { n: 2n ** 60n }, "reads n as a double and loses its last digits"],
    [{ n: 2n ** 60n + 1n }, { n: 2 ** 60 }, "reads n as a double and loses its last digits"],
    [{ n: 5n }, { n: 6n }, "message 7 comes back with other values: n"],
    [
      { payload: { case: "a", value: 1 } },
      { payload: { case: "b", value: 1 } },
      "writes another member of the oneof payload than it has read",
    ],
    [{ a: Uint8Array.of(1) }, { a: Uint8Array.of(2) }, "message 7 comes back with other values: a"],
    [{ a: 1 }, {}, "message 7 comes back with other values: a"],
    [1, 2, "message 7 comes back as something else"],
    [{ a: 1 }, { a: 1 }, undefined],
  ])("of %o and %o has a description", (expected, actual, description) => {
    expect(describeDifference(expected, actual, 7)).toBe(description);
  });
});

describe("a contender", () => {
  it("keeps the reasons that it is given", () => {
    const contender = toContender({
      works: {},
      leftOut: { check: "no rules" },
      count: 0,
      bytes: 1,
      expected: () => 0,
      difference: () => undefined,
    });
    expect(contender.leftOut).toEqual({ check: "no rules" });
  });

  it("is a reason when opening the library throws", () => {
    const peer: EncodingPeer = {
      name: "x",
      kind: "format",
      packages: [],
      open() {
        throw new Error("not today\n  at x");
      },
    };
    expect(guarded(peer).open(suiteCase)).toBe("not today");
  });

  it("has reasons that fit a line", () => {
    expect(reasonOf(new Error("x".repeat(161)))).toBe(`${"x".repeat(157)}...`);
    expect(reasonOf(new Error("x".repeat(160)))).toBe("x".repeat(160));
    expect(reasonOf("a text")).toBe("a text");
  });
});
