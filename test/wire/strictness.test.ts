import { create, fromBinary } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import type { UnknownField } from "../../src/wire/unknown.js";
import { concat, sized, tag, varint } from "../support/binary/bytes.js";
import { checkAliasing, checkDecode, checkEncode } from "../support/binary/differential.js";
import { loadTestAllTypes } from "../support/binary/test-all-types.js";
import type { Difference } from "../support/json/judge.js";

const subject = await loadTestAllTypes();
const { schema, codec } = subject;

/** Fields of protobuf's own test message. */
const int32 = 1;
const string = 14;
const nested = 18;
const packed = 31;
const map = 56;
const struct = 304;
const recursive = 27;
const nestedMap = 71;
const nestedOneof = 112;
const list = 48;
const value = 306;
const unknown = 1000;

function field(no: number, ...content: readonly (Uint8Array | readonly number[])[]): Uint8Array {
  return concat(tag(no, 2), sized(concat(...content)));
}

/** The result for some bytes: an error, or a message with these unknown fields. */
type Outcome = { readonly error: string } | { readonly unknown: UnknownField[] | undefined };
type Example = { readonly what: string; readonly bytes: Uint8Array } & Outcome;

interface Intended {
  readonly reason: string;
  readonly examples: readonly Example[];
}

const key = [10, 1, 0x61];
/** A fixed32 whose bytes are also a valid varint. */
const fixed32 = Uint8Array.of(0x81, 0x80, 0x80, 0);
const nan = [17, 0, 0, 0, 0, 0, 0, 0xf8, 0x7f];

/** The differences of a strict decoder from protobuf-es, with their reasons. */
const intended: Record<Difference, Intended> = {
  "length beyond 32 bits": {
    reason: "protobuf-es cuts the length to 32 bits and reads something else",
    examples: [
      {
        what: "a string",
        bytes: concat(tag(string, 2), varint(2n ** 32n + 1n), [0x61]),
        error:
          "optional_string: the bytes end in the middle of a field (at byte 1) [binary.truncated]",
      },
      {
        what: "an unknown field",
        bytes: concat(tag(unknown, 2), varint(2n ** 63n), []),
        error: "the bytes end in the middle of a field (at byte 2) [binary.truncated]",
      },
    ],
  },
  "value beyond the end of its message": {
    reason: "protobuf-es reads on into the message around it",
    examples: [
      {
        what: "a number in a message",
        bytes: concat(tag(nested, 2), [1], [8, 1]),
        error:
          "optional_nested_message.a: the bytes end in the middle of a field (at byte 4) [binary.truncated]",
      },
      {
        what: "a packed number",
        bytes: concat(tag(packed, 2), [1], [0x80, 1]),
        error:
          "repeated_int32[1]: the bytes end in the middle of a field (at byte 4) [binary.truncated]",
      },
      {
        what: "a key of a map",
        bytes: concat(tag(map, 2), [1], [8, 1]),
        error:
          "map_int32_int32: the bytes end in the middle of a field (at byte 4) [binary.truncated]",
      },
      {
        what: "a string in a JSON object",
        bytes: concat(tag(struct, 2), [2, 10, 3], key),
        error:
          "optional_struct: the bytes end in the middle of a field (at byte 4) [binary.truncated]",
      },
    ],
  },
  "wire type of another kind": {
    reason: "protobuf-es reads the value as if it were of the field's own type",
    examples: [
      {
        what: "a fixed32 for an int32",
        bytes: concat(tag(int32, 5), fixed32),
        unknown: [{ no: int32, wireType: 5, data: fixed32 }],
      },
      {
        what: "a group for an int32",
        bytes: concat(tag(int32, 3), tag(int32, 4)),
        unknown: [{ no: int32, wireType: 3, data: Uint8Array.from(tag(int32, 4)) }],
      },
      {
        what: "a varint for a string",
        bytes: concat(tag(string, 0), [0]),
        unknown: [{ no: string, wireType: 0, data: Uint8Array.of(0) }],
      },
      {
        what: "a fixed32 for a key, which entries do not keep",
        bytes: field(map, tag(1, 5), fixed32),
        unknown: undefined,
      },
    ],
  },
  "end of a group at a known field": {
    reason: "protobuf-es reads a value where there is none",
    examples: [
      {
        what: "an int32",
        bytes: concat(tag(int32, 4), [1]),
        error: "optional_int32: a group end without its start (at byte 0) [binary.malformed]",
      },
    ],
  },
  "unknown varint of more than 10 bytes": {
    reason: "protobuf-es keeps what no decoder can read, itself included",
    examples: [
      {
        what: "a field",
        bytes: concat(tag(unknown, 0), new Array<number>(10).fill(0xff), [1]),
        error: "a varint of more than 10 bytes (at byte 2) [binary.malformed]",
      },
    ],
  },
  "JSON number that is not finite": {
    reason: "protobuf-es gives an object that JSON cannot write",
    examples: [
      {
        what: "NaN",
        bytes: field(struct, field(1, key, field(2, nan))),
        error:
          "optional_struct: a google.protobuf.Value that is not finite (at byte 11) [binary.malformed]",
      },
    ],
  },
};

const examples = Object.entries(intended).flatMap(([difference, { examples }]) =>
  examples.map((example) => ({ difference, example, what: example.what })),
);

describe("a codec differs from protobuf-es", () => {
  it.each(examples)("$difference: $what", ({ difference, example }) => {
    const { bytes } = example;
    expect(fromBinary(schema, bytes)).toBeDefined();
    expect(checkDecode(subject, bytes)).toEqual([difference]);
    if ("error" in example) {
      expect(() => codec.decode(bytes)).toThrow(
        `cannot decode ${schema.typeName} from binary: ${example.error}`,
      );
    } else {
      expect(codec.decode(bytes).$unknown).toEqual(example.unknown);
    }
  });
});

/** A way of nesting: what one level adds around the inner bytes, and the maximum number of levels. */
const nestings: readonly Nesting[] = [
  { by: "messages", wrap: (inner) => field(recursive, inner), most: 99 },
  { by: "items of lists", wrap: (inner) => field(list, field(2, inner)), most: 49 },
  { by: "values of maps", wrap: (inner) => field(nestedMap, field(2, field(2, inner))), most: 49 },
  { by: "members of oneofs", wrap: (inner) => field(nestedOneof, field(2, inner)), most: 49 },
  {
    by: "unknown groups",
    wrap: (inner) => concat(tag(unknown, 3), inner, tag(unknown, 4)),
    most: 99,
  },
  {
    by: "lists in a google.protobuf.Value",
    wrap: (inner) => field(6, field(1, inner)),
    around: (inner) => field(value, inner),
    most: 49,
  },
  {
    by: "objects in a google.protobuf.Value",
    wrap: (inner) => field(5, field(1, field(2, inner))),
    around: (inner) => field(value, inner),
    most: 49,
  },
  {
    by: "lists in a JSON object",
    wrap: (inner) => field(6, field(1, inner)),
    around: (inner) => field(struct, field(1, field(2, inner))),
    core: [8, 0],
    most: 48,
  },
  {
    by: "objects in a JSON object",
    wrap: (inner) => field(5, field(1, field(2, inner))),
    around: (inner) => field(struct, field(1, field(2, inner))),
    core: [8, 0],
    most: 48,
  },
];

interface Nesting {
  readonly by: string;
  readonly wrap: (inner: Uint8Array) => Uint8Array;
  /** The bytes around all levels. */
  readonly around?: (inner: Uint8Array) => Uint8Array;
  /** The bytes inside all levels. */
  readonly core?: readonly number[];
  readonly most: number;
}

function nest({ wrap, around, core = [] }: Nesting, levels: number): Uint8Array {
  let bytes = Uint8Array.from(core);
  for (let level = 0; level < levels; level++) bytes = Uint8Array.from(wrap(bytes));
  return around === undefined ? bytes : around(bytes);
}

describe("a codec accepts the same depth as protobuf-es", () => {
  it.each(nestings)("by $by", (nesting) => {
    const deepest = nest(nesting, nesting.most);
    expect(checkDecode(subject, deepest)).toEqual([]);
    checkEncode(subject, codec.decode(deepest));
    const deeper = nest(nesting, nesting.most + 1);
    expect(checkDecode(subject, deeper)).toEqual([]);
    expect(() => codec.decode(deeper)).toThrow("nested more deeply than 100 messages");
  });
});

/** Values whose length is written before them. */
const contents: readonly { what: string; of: (size: number) => object }[] = [
  { what: "a message", of: messageOf },
  { what: "an item", of: (size) => ({ repeatedNestedMessage: [{ corecursive: bytesOf(size) }] }) },
  { what: "a map value", of: (size) => ({ mapStringBytes: { a: new Uint8Array(size) } }) },
  { what: "packed values", of: (size) => ({ packedBool: new Array<boolean>(size).fill(true) }) },
  { what: "a JSON object", of: (size) => ({ optionalStruct: { a: { b: "c".repeat(size) } } }) },
  { what: "a wrapper", of: (size) => ({ optionalStringWrapper: "é".repeat(size / 2) }) },
];

function messageOf(size: number): object {
  return { recursiveMessage: bytesOf(size) };
}

function bytesOf(size: number): object {
  return { optionalBytes: new Uint8Array(size) };
}

describe("a codec writes lengths of any size", () => {
  it.each(contents)("before $what", ({ of }) => {
    for (const border of [2 ** 7, 2 ** 14]) {
      for (let size = border - 24; size < border + 3; size++) {
        const bytes = checkEncode(subject, create(schema, of(size)));
        checkAliasing(subject, bytes, {});
      }
    }
  });

  it("before a message of 2 MiB", () => {
    for (let size = 2 ** 21 - 6; size < 2 ** 21 - 2; size++) {
      checkEncode(subject, create(schema, messageOf(size)));
    }
  });
});
