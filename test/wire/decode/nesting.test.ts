import { describe, expect, it } from "vitest";
import { ExecAssignmentCodec } from "../../../gen/beamline/worker/v1/assignment_codec.js";
import { EventEnvelopeCodec } from "../../../gen/esper/leyline/v1/event_codec.js";
import { SystemStatePacketCodec } from "../../../gen/esper/leyline/v1/state_codec.js";
import { EmptyCodec, ListValueCodec, StructCodec, ValueCodec } from "../../../gen/google/wkt.js";
import { WorkflowCodec } from "../../../gen/pitboss/v1/workflow_codec.js";
import type { Codec } from "../../../src/wire/codec.js";
import { type Bytes, concat, sized, tag } from "../../support/binary/bytes.js";
import { codeOf, refusalOf } from "../../support/refusal.js";

type AnyCodec = Pick<Codec<object>, "typeName" | "decode">;

const start = (no: number): Bytes => tag(no, 3);
const stop = (no: number): Bytes => tag(no, 4);

/** `count` nested groups. */
function groups(count: number, no = 9): Uint8Array {
  const starts = Array.from({ length: count }, () => start(no));
  const stops = Array.from({ length: count }, () => stop(no));
  return concat(...starts, ...stops);
}

describe("a group", () => {
  it("is kept with its content", () => {
    const content = concat(
      tag(1, 0),
      [5],
      tag(2, 2),
      sized([1, 2]),
      groups(3),
      tag(3, 5),
      [1, 2, 3, 4],
    );
    const bytes = concat(start(9), content, stop(9));
    const message = EmptyCodec.decode(bytes);
    expect(message.$unknown).toEqual([{ no: 9, wireType: 3, data: concat(content, stop(9)) }]);
    expect(EmptyCodec.encode(message)).toEqual(bytes);
  });

  it("is kept if the field is known but is not a group", () => {
    const bytes = concat(start(6), stop(6), [8, 1]);
    const message = SystemStatePacketCodec.decode(bytes);
    expect(message).toMatchObject({ version: 1, $unknown: [{ no: 6, wireType: 3 }] });
    expect(SystemStatePacketCodec.encode(message)).toEqual(concat([8, 1], start(6), stop(6)));
  });

  it("is skipped in a map entry", () => {
    const entry = concat(groups(2), [10, 1, 107], groups(1), [21, 0, 0, 128, 63], groups(2));
    const bytes = concat(tag(7, 2), sized(entry));
    expect(SystemStatePacketCodec.decode(bytes).trainingMetrics).toEqual({ k: 1 });
  });

  it("must not end before it started", () => {
    const bytes = concat([8, 1], stop(9));
    expect(refusalOf(() => SystemStatePacketCodec.decode(bytes))).toEqual({
      code: "binary.malformed",
      path: "packet_id",
      offset: 2,
      message:
        "cannot decode esper.leyline.v1.SystemStatePacket from binary: packet_id: a group end without its start (at byte 2) [binary.malformed]",
    });
  });

  it("must end with its own field number", () => {
    expect(
      refusalOf(() => EmptyCodec.decode(concat(start(9), start(8), stop(9), stop(8)))),
    ).toEqual({
      code: "binary.malformed",
      path: "",
      offset: 2,
      message:
        "cannot decode google.protobuf.Empty from binary: a group end of another field (at byte 2) [binary.malformed]",
    });
  });

  it("must end", () => {
    expect(refusalOf(() => EmptyCodec.decode(concat(start(9), [8, 1])))).toEqual({
      code: "binary.truncated",
      path: "",
      offset: 3,
      message:
        "cannot decode google.protobuf.Empty from binary: the bytes end in the middle of a field (at byte 3) [binary.truncated]",
    });
  });

  it.each([
    ["ended", stop(9), "binary.malformed"],
    ["left open", start(9), "binary.truncated"],
    ["ended by its parent", concat(start(9), start(8), stop(9)), "binary.malformed"],
  ])("is not %s in a sub-message, a list item, a map entry or JSON", (_, bytes, code) => {
    const inside = sized(bytes);
    const behind = concat(stop(9), stop(9));
    for (const field of [6, 7, 8]) {
      const message = concat(tag(field, 2), inside, behind);
      expect(codeOf(() => SystemStatePacketCodec.decode(message))).toBe(code);
    }
    expect(codeOf(() => WorkflowCodec.decode(concat(tag(3, 2), inside, behind)))).toBe(code);
    for (const wrapped of [inside, sized(concat([10], inside)), jsonWith(bytes)]) {
      const message = concat(tag(10, 2), wrapped, behind);
      expect(codeOf(() => ExecAssignmentCodec.decode(message))).toBe(code);
    }
  });

  it("must end inside its message", () => {
    const bytes = concat(start(9), tag(6, 2), sized(stop(9)), stop(9));
    expect(EmptyCodec.decode(bytes).$unknown).toHaveLength(1);
    expect(codeOf(() => SystemStatePacketCodec.decode(concat(tag(6, 2), [1], groups(1))))).toBe(
      "binary.truncated",
    );
  });
});

/** The content of a Struct with an entry whose Value has these bytes. */
function jsonWith(value: Bytes): Uint8Array {
  return sized(concat([10], sized(concat([18], sized(value)))));
}

/** Builds nested bytes of `levels` levels: each adds a field around the bytes of the next. */
function nest(
  levels: number,
  around: (inner: Uint8Array, level: number) => Uint8Array,
): Uint8Array {
  let bytes: Uint8Array = concat();
  for (let level = levels - 1; level > 0; level--) bytes = around(bytes, level);
  return bytes;
}

const inField = (no: number, bytes: Bytes): Uint8Array => concat(tag(no, 2), sized(bytes));
const inEntry = (bytes: Bytes): Uint8Array => inField(1, inField(2, bytes));

/** Builders of messages with a given nesting depth, for each kind of nesting. */
const ways: readonly (readonly [string, AnyCodec, (levels: number) => Uint8Array])[] = [
  [
    "values and lists",
    ValueCodec,
    (levels) => nest(levels, (inner, level) => inField(level % 2 === 1 ? 6 : 1, inner)),
  ],
  [
    "lists and values",
    ListValueCodec,
    (levels) => nest(levels, (inner, level) => inField(level % 2 === 1 ? 1 : 6, inner)),
  ],
  [
    "map values",
    StructCodec,
    (levels) =>
      nest(levels, (inner, level) => (level % 2 === 1 ? inEntry(inner) : inField(5, inner))),
  ],
  [
    "the objects of JSON",
    ExecAssignmentCodec,
    (levels) =>
      nest(levels, (inner, level) => {
        if (level === 1) return inField(10, inner);
        const content = inner.length === 0 ? concat([8, 0]) : inner;
        return level % 2 === 0 ? inEntry(content) : inField(5, inner);
      }),
  ],
  [
    "the lists of JSON",
    ExecAssignmentCodec,
    (levels) =>
      nest(levels, (inner, level) => {
        if (level === 1) return inField(10, inner);
        const content = inner.length === 0 ? concat([8, 0]) : inner;
        if (level === 2) return inEntry(content);
        return level % 2 === 0 ? inField(1, content) : inField(6, inner);
      }),
  ],
  [
    "values below messages",
    ExecAssignmentCodec,
    (levels) =>
      nest(levels, (inner, level) => {
        if (level === 1) return inField(6, inner);
        if (level === 2) return inField(3, inner);
        return level % 2 === 1 ? inField(6, inner) : inField(1, inner);
      }),
  ],
  ["groups", EmptyCodec, (levels) => groups(levels - 1)],
  ["groups of a known field", EventEnvelopeCodec, (levels) => groups(levels - 1, 4)],
  ["groups in a message", SystemStatePacketCodec, (levels) => inField(6, groups(levels - 2))],
  ["groups in a list item", SystemStatePacketCodec, (levels) => inField(8, groups(levels - 2))],
  ["groups in a map entry", SystemStatePacketCodec, (levels) => inField(7, groups(levels - 2))],
  ["groups in a map value", WorkflowCodec, (levels) => inField(3, inField(2, groups(levels - 2)))],
  ["groups in JSON", ExecAssignmentCodec, (levels) => inField(10, groups(levels - 2))],
  [
    "groups in a JSON entry",
    ExecAssignmentCodec,
    (levels) => inField(10, inField(1, concat(inField(2, [8, 0]), groups(levels - 2)))),
  ],
  [
    "groups in a JSON value",
    ExecAssignmentCodec,
    (levels) => inField(10, inEntry(concat([8, 0], groups(levels - 3)))),
  ],
];

describe("nesting", () => {
  it.each(ways)("by %s is accepted up to 100 levels", (_, codec, build) => {
    expect(codec.decode(build(99))).toBeTypeOf("object");
    expect(codec.decode(build(100))).toBeTypeOf("object");
    for (const levels of [101, 102, 103, 200, 1000]) {
      expect(
        codeOf(() => codec.decode(build(levels))),
        `${levels} levels`,
      ).toBe("input.depth");
    }
  });

  it("has one limit for messages and the groups in them together", () => {
    const inner = (count: number): Uint8Array =>
      nest(51, (bytes, level) => {
        const content = level === 50 ? groups(count) : bytes;
        return inField(level % 2 === 1 ? 6 : 1, content);
      });
    expect(ValueCodec.decode(inner(49))).toBeTypeOf("object");
    expect(codeOf(() => ValueCodec.decode(inner(50)))).toBe("input.depth");
  });

  it("has an error with the path and offset of the level that is too deep", () => {
    const bytes = inField(6, groups(99));
    expect(refusalOf(() => SystemStatePacketCodec.decode(bytes))).toEqual({
      code: "input.depth",
      path: "hardware_context",
      offset: 102,
      message:
        "cannot decode esper.leyline.v1.SystemStatePacket from binary: hardware_context: nested more deeply than 100 messages (at byte 102) [input.depth]",
    });
  });

  it("of a million groups is refused at once", () => {
    const bytes = new Uint8Array(1e6).fill(0x0b);
    for (const codec of [EmptyCodec, SystemStatePacketCodec, StructCodec, WorkflowCodec]) {
      const before = performance.now();
      expect(codeOf(() => codec.decode(bytes))).toBe("input.depth");
      expect(performance.now() - before).toBeLessThan(500);
    }
  });

  it("of a hundred thousand messages is refused at once", () => {
    const levels = 1e5;
    const parts: Bytes[] = [];
    for (let level = 0, size = 0; level < levels; level++) {
      const part = concat(tag(level % 2 === 1 ? 6 : 1, 2), lengthOf(size));
      parts.push(part);
      size += part.length;
    }
    const bytes = concat(...parts.reverse());
    const before = performance.now();
    expect(codeOf(() => ValueCodec.decode(bytes))).toBe("input.depth");
    expect(performance.now() - before).toBeLessThan(500);
  });
});

function lengthOf(size: number): Bytes {
  return [
    (size & 0x7f) | 0x80,
    ((size >> 7) & 0x7f) | 0x80,
    ((size >> 14) & 0x7f) | 0x80,
    size >> 21,
  ];
}
