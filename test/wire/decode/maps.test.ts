import { describe, expect, it } from "vitest";
import { ExecAssignmentCodec } from "../../../gen/beamline/worker/v1/assignment_codec.js";
import { SystemStatePacketCodec } from "../../../gen/esper/leyline/v1/state_codec.js";
import { StructCodec } from "../../../gen/google/wkt.js";
import { EventCodec } from "../../../gen/jimbot/events/v1/event_codec.js";
import { WorkflowCodec } from "../../../gen/pitboss/v1/workflow_codec.js";
import { type Bytes, concat, sized, tag } from "../../support/binary/bytes.js";
import { codeOf, refusalOf } from "../../support/refusal.js";

const inField = (no: number, ...parts: Bytes[]): Uint8Array =>
  concat(tag(no, 2), sized(concat(...parts)));
const float = (value: number): Uint8Array =>
  concat([21], new Uint8Array(Float32Array.of(value).buffer));
const key = (text: string): Uint8Array => inField(1, Buffer.from(text));

const names = [
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "valueOf",
  "hasOwnProperty",
  "__defineGetter__",
  "then",
  "toJSON",
  "length",
  "case",
  "$typeName",
  "0",
  "-0",
  "4294967295",
  "1e3",
  "",
  " ",
];

/** The properties that every object inherits. */
function inherited(): readonly PropertyKey[] {
  const polluted: PropertyKey[] = [];
  for (const name in {}) polluted.push(name);
  return [...Reflect.ownKeys(Object.prototype), ...polluted];
}

describe("a map key", () => {
  it.each(names)("may be %j, as an entry of its own", (name) => {
    const before = inherited();
    const entry = (value: Bytes): Uint8Array => concat(key(name), value);
    const numbers = SystemStatePacketCodec.decode(inField(7, entry(float(2))));
    const strings = EventCodec.decode(inField(7, entry(inField(2, [65]))));
    const messages = WorkflowCodec.decode(inField(3, entry(inField(2, inField(1, [65])))));
    const json = ExecAssignmentCodec.decode(inField(10, inField(1, entry(inField(2, [32, 1])))));
    const values = StructCodec.decode(inField(1, entry(inField(2, [32, 1]))));
    for (const [map, value] of [
      [numbers.trainingMetrics, 2],
      [strings.metadata, "A"],
      [messages.nodes, { agentName: "A" }],
      [json.metadata ?? {}, true],
      [values.fields, { kind: { case: "boolValue", value: true } }],
    ] as const) {
      expect(Object.keys(map)).toEqual([name]);
      expect(Object.getPrototypeOf(map)).toBe(Object.prototype);
      const { value: found, ...flags } = Object.getOwnPropertyDescriptor(map, name) ?? {};
      expect(flags).toEqual({ configurable: true, enumerable: true, writable: true });
      if (typeof value === "object") expect(found).toMatchObject(value);
      else expect(found).toBe(value);
    }
    expect(inherited()).toEqual(before);
    expect(SystemStatePacketCodec.encode(numbers)).toEqual(inField(7, entry(float(2))));
    expect(EventCodec.encode(strings)).toEqual(inField(7, entry(inField(2, [65]))));
    expect(WorkflowCodec.decode(WorkflowCodec.encode(messages))).toEqual(messages);
    expect(ExecAssignmentCodec.decode(ExecAssignmentCodec.encode(json))).toEqual(json);
    expect(StructCodec.decode(StructCodec.encode(values))).toEqual(values);
  });

  it("may be any of these in one map, before and after other keys", () => {
    const all = ["first", ...names, "second", "__proto__", "last"];
    const bytes = concat(...all.map((name, index) => inField(7, key(name), float(index))));
    const { trainingMetrics } = SystemStatePacketCodec.decode(bytes);
    const expected = new Map(all.map((name, index) => [name, index]));
    expect(new Map(Object.entries(trainingMetrics))).toEqual(expected);
    const strings = concat(...all.map((name) => inField(7, key(name), inField(2, key(name)))));
    expect(Object.keys(EventCodec.decode(strings).metadata).sort()).toEqual(
      [...expected.keys()].sort(),
    );
  });

  it("of any length is read correctly", () => {
    for (let length = 0; length < 40; length++) {
      const one = "k".repeat(length);
      const others = Array.from({ length }, (_, at) => `${one.slice(0, at)}x${one.slice(at + 1)}`);
      for (let time = 0; time < 2; time++) {
        for (const name of [one, ...others, one]) {
          const bytes = inField(7, key(name), float(1));
          expect(SystemStatePacketCodec.decode(bytes).trainingMetrics).toEqual({ [name]: 1 });
        }
      }
    }
  });
});

describe("a map entry", () => {
  it("that occurs again replaces the value", () => {
    const bytes = concat(
      inField(7, key("a"), float(1)),
      inField(7, key("b"), float(2)),
      inField(7, key("a"), float(3)),
    );
    const { trainingMetrics } = SystemStatePacketCodec.decode(bytes);
    expect(Object.entries(trainingMetrics)).toEqual([
      ["a", 3],
      ["b", 2],
    ]);
    const messages = concat(
      inField(3, key("a"), inField(2, inField(1, [65]))),
      inField(3, key("a"), inField(2, inField(4, [66]))),
    );
    expect(WorkflowCodec.decode(messages).nodes["a"]).toMatchObject({
      agentName: "",
      description: "B",
    });
  });

  it("without a key or a value has the default", () => {
    expect(SystemStatePacketCodec.decode(inField(7)).trainingMetrics).toEqual({ "": 0 });
    expect(SystemStatePacketCodec.decode(inField(7, key("a"))).trainingMetrics).toEqual({ a: 0 });
    expect(SystemStatePacketCodec.decode(inField(7, float(1))).trainingMetrics).toEqual({ "": 1 });
    expect(EventCodec.decode(inField(7, key("a"))).metadata).toEqual({ a: "" });
    expect(WorkflowCodec.decode(inField(3, key("a"))).nodes).toEqual({
      a: { $typeName: "pitboss.v1.WorkflowNode", agentName: "", description: "" },
    });
  });

  it("may have its value first, its key and value twice, and unknown fields", () => {
    const extra = concat(tag(3, 0), [1], tag(99, 2), sized([1, 2]), tag(5, 3), tag(5, 4));
    const entries: readonly Uint8Array[] = [
      concat(float(1), key("a")),
      concat(key("b"), float(9), key("a"), float(1)),
      concat(extra, key("a"), extra, float(1), extra),
    ];
    for (const entry of entries) {
      const bytes = concat(inField(7, key("z"), float(0)), inField(7, entry));
      expect(SystemStatePacketCodec.decode(bytes).trainingMetrics).toEqual({ z: 0, a: 1 });
    }
    const twice = concat(
      key("a"),
      inField(2, inField(1, [65])),
      inField(2, inField(4, [66])),
      extra,
    );
    expect(WorkflowCodec.decode(inField(3, twice)).nodes["a"]).toMatchObject({
      agentName: "A",
      description: "B",
    });
  });

  it("may have a padded length", () => {
    const entry = concat(tag(1, 2, 2), sized([97], 3), tag(2, 5, 4), new Uint8Array(4));
    const bytes = concat(tag(7, 2, 5), sized(entry, 5));
    expect(SystemStatePacketCodec.decode(bytes).trainingMetrics).toEqual({ a: 0 });
  });

  it("has an error with the path of its map if it is truncated", () => {
    const bytes = concat([58, 8, 10, 1, 97, 21, 0, 0]);
    expect(refusalOf(() => SystemStatePacketCodec.decode(bytes))).toMatchObject({
      code: "binary.truncated",
      path: "training_metrics",
      offset: 1,
    });
    expect(codeOf(() => EventCodec.decode(concat([58, 4, 10, 1, 97, 18])))).toBe(
      "binary.truncated",
    );
  });
});

describe("a value of JSON", () => {
  const json = (...parts: Bytes[]): unknown =>
    ExecAssignmentCodec.decode(inField(10, inField(1, key("a"), ...parts))).metadata;

  it("has the last of several kinds", () => {
    expect(json(inField(2, [8, 0], [32, 1]))).toEqual({ a: true });
    expect(json(inField(2, [32, 1]), inField(2, [8, 0]))).toEqual({ a: null });
    expect(json(inField(2, [32, 1]), inField(2, inField(3, [65])))).toEqual({ a: "A" });
  });

  it("is merged if an object or a list occurs again", () => {
    const object = (name: string): Uint8Array =>
      inField(5, inField(1, key(name), inField(2, [32, 1])));
    const list = inField(6, inField(1, [32, 1]));
    expect(json(inField(2, object("x"), object("y")))).toEqual({ a: { x: true, y: true } });
    expect(json(inField(2, object("x")), inField(2, object("y")))).toEqual({
      a: { x: true, y: true },
    });
    expect(json(inField(2, list, list))).toEqual({ a: [true, true] });
    expect(json(inField(2, object("x"), list, object("y")))).toEqual({ a: { y: true } });
  });

  it.each([
    ["no value at all", []],
    ["no kind", [18, 0]],
    ["only an unknown field", [18, 2, 120, 1]],
  ])("is null with %s", (_, bytes) => {
    expect(json(bytes)).toEqual({ a: null });
    expect(json(inField(2, inField(6, inField(1, bytes.slice(2)))))).toEqual({ a: [null] });
  });

  it.each([
    [
      "a number that is not finite",
      [18, 9, 17, 0, 0, 0, 0, 0, 0, 0xf0, 0x7f],
      "a google.protobuf.Value that is not finite",
    ],
  ])("is refused with %s", (_, bytes, text) => {
    const refusal = refusalOf(() => json(bytes));
    expect(refusal).toMatchObject({ code: "binary.malformed", path: "metadata" });
    expect(refusal.message).toContain(text);
  });
});
