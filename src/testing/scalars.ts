import { ScalarType } from "@bufbuild/protobuf";
import fc from "fast-check";
import { setEntry } from "../wire/map.js";

/** Keys with a special meaning in JavaScript, and keys that only look like numbers. */
const hostileKeys = [
  "__proto__",
  "constructor",
  "toString",
  "valueOf",
  "hasOwnProperty",
  "then",
  "$typeName",
  "",
  "0",
  "-0",
  "01",
] as const;

/** Lengths around those at which a codec uses another algorithm or a longer length prefix. */
const lengths = [1, 4, 23, 24, 25, 35, 36, 37, 42, 43, 63, 64, 126, 127, 128, 129] as const;
const longLengths = [341, 342, 511, 512, 513, 1200] as const;
const units = ["a", "~", "\u0000", "\ufeff", "\u007f", "é", "߿", "ࠀ", "€", "\uffff", "𐀀", "😀"];

const anyText = fc.string({ unit: "binary", maxLength: 20 });
const longText = fc
  .tuple(
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...lengths) },
      { weight: 1, arbitrary: fc.constantFrom(...longLengths) },
    ),
    fc.constantFrom(...units),
    fc.string({ unit: "binary", maxLength: 3 }),
    fc.boolean(),
  )
  .map(([length, unit, rest, first]) => {
    const text = unit.repeat(length);
    return first ? `${rest}${text}` : `${text}${rest}`;
  });

/** Texts without lone surrogates. */
export const texts: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: "grapheme-ascii", maxLength: 30 }) },
  { weight: 2, arbitrary: anyText },
  { weight: 2, arbitrary: longText },
  { weight: 1, arbitrary: fc.constantFrom("", "\ufeff", "\ufeff\ufeffa", ...hostileKeys) },
);

/** Keys with the same beginning and end. */
const alikeKeys = fc
  .tuple(fc.nat({ max: 12 }), fc.nat({ max: 9 }))
  .map(([length, digit]) => `layer${".".repeat(length)}${digit}_norm`);

const textKeys = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: "grapheme-ascii", maxLength: 28 }) },
  { weight: 3, arbitrary: fc.constantFrom(...hostileKeys) },
  { weight: 2, arbitrary: alikeKeys },
  { weight: 1, arbitrary: texts },
);

/** Byte arrays, some of them views of a larger buffer. */
export const byteArrays: fc.Arbitrary<Uint8Array> = fc.oneof(
  { weight: 5, arbitrary: fc.uint8Array({ maxLength: 30 }) },
  {
    weight: 2,
    arbitrary: fc.uint8Array({ minLength: 4, maxLength: 30 }).map((bytes) => bytes.subarray(1, -2)),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(127, 128, 300, 4096, 4097), fc.nat({ max: 255 }))
      .map(([length, fill]) => new Uint8Array(length).fill(fill)),
  },
);

function integers(min: number, max: number): fc.Arbitrary<number> {
  const edges = [0, 1, -1, 127, 128, -128, 16_383, 16_384, 2 ** 21, 2 ** 28, min, max];
  const inside = edges.filter((edge) => edge >= min && edge <= max);
  return fc.oneof(fc.constantFrom(...inside), fc.integer({ min, max }));
}

function bigIntegers(min: bigint, max: bigint): fc.Arbitrary<bigint> {
  const edges = [0n, 1n, -1n, 127n, 128n, -(2n ** 31n), 2n ** 32n - 1n, 2n ** 53n + 1n, min, max];
  const inside = edges.filter((edge) => edge >= min && edge <= max);
  return fc.oneof(fc.constantFrom(...inside), fc.bigInt({ min, max }));
}

const int32 = integers(-(2 ** 31), 2 ** 31 - 1);
const uint32 = integers(0, 2 ** 32 - 1);
const int64 = bigIntegers(-(2n ** 63n), 2n ** 63n - 1n);
/** Unsigned integers of 64 bits. */
export const uint64: fc.Arbitrary<bigint> = bigIntegers(0n, 2n ** 64n - 1n);
const special = [0, -0, NaN, Infinity, -Infinity, 1, -1.5];
const largestFloat = 3.4028234663852886e38;
/** The last one is not a float: it is the shortest decimal that rounds to the largest float. */
const floats = [2 ** -149, 2 ** -126, 0.1, largestFloat, -largestFloat, 3.4028235e38];
const float = fc.oneof(fc.constantFrom(...special, ...floats), fc.float());
const doubles = [Number.MAX_VALUE, Number.MIN_VALUE, 2 ** 53 + 2, 0.1];
const double = fc.oneof(fc.constantFrom(...special, ...doubles), fc.double());

/** The numbers of an open enum: known and unknown ones. */
export const enumNumbers: fc.Arbitrary<number> = fc.oneof(fc.nat({ max: 5 }), int32);

/** The values of a field of a scalar type. */
export const scalars: Readonly<Record<ScalarType, fc.Arbitrary<unknown>>> = {
  [ScalarType.INT32]: int32,
  [ScalarType.SINT32]: int32,
  [ScalarType.SFIXED32]: int32,
  [ScalarType.UINT32]: uint32,
  [ScalarType.FIXED32]: uint32,
  [ScalarType.INT64]: int64,
  [ScalarType.SINT64]: int64,
  [ScalarType.SFIXED64]: int64,
  [ScalarType.UINT64]: uint64,
  [ScalarType.FIXED64]: uint64,
  [ScalarType.FLOAT]: float,
  [ScalarType.DOUBLE]: double,
  [ScalarType.BOOL]: fc.boolean(),
  [ScalarType.STRING]: texts,
  [ScalarType.BYTES]: byteArrays,
};

/** The keys of a map of a key type, as JavaScript property names. */
export function mapKeys(type: ScalarType): fc.Arbitrary<string> {
  return type === ScalarType.STRING ? textKeys : scalars[type].map(String);
}

/** Plain JSON objects: the values of a google.protobuf.Struct field. */
export function jsonObjects(depth: number): fc.Arbitrary<unknown> {
  return fc.array(fc.tuple(textKeys, jsonValues(depth)), { maxLength: 4 }).map(recordOf);
}

/** Plain JSON values, nested at most `depth` levels. */
export function jsonValues(depth: number): fc.Arbitrary<unknown> {
  const finite = double.filter(Number.isFinite);
  const plain = fc.oneof(fc.constant(null), fc.boolean(), finite, texts);
  if (depth === 0) return plain;
  const list = fc.array(jsonValues(depth - 1), { maxLength: 3 });
  return fc.oneof(
    { weight: 3, arbitrary: plain },
    { weight: 1, arbitrary: fc.oneof(list, jsonObjects(depth - 1)) },
  );
}

/** An object with these entries as own properties, `__proto__` included. */
export function recordOf(
  entries: readonly (readonly [string, unknown])[],
): Record<string, unknown> {
  const record: Record<string, unknown> = {};
  for (const [key, value] of entries) setEntry(record, key, value);
  return record;
}
