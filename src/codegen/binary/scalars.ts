import { ScalarType } from "@bufbuild/protobuf";

/** The generated code that writes, reads and compares values of one scalar type. */
export interface ScalarCode {
  readonly wireType: 0 | 1 | 2 | 5;
  /** Maximum size of a value, in bytes. Undefined for values of any length, whose writers check for room themselves. */
  readonly room: number | undefined;
  /** The default value, as source text. */
  readonly zero: string;
  /** The TypeScript type of a value. */
  readonly type: string;
  /** An expression that is true for every value except the default. */
  readonly isSet: (value: string) => string;
  /** Statements that write `value` at `p` and advance `p`. `%name` is a function of the runtime. */
  readonly write: (value: string) => string;
  /** The expression that reads a value of fixed width at `p`. */
  readonly fixed?: string;
  /** Statements that read a value at `p` into `target` and advance `p`. */
  readonly read: (target: (value: string) => string) => string;
}

const varint = (
  type: string,
  zero: string,
  room: number,
  write: (value: string) => string,
  read: (target: (value: string) => string) => string,
): ScalarCode => ({
  wireType: 0,
  room,
  zero,
  type,
  isSet: (value) => `${value} !== ${zero}`,
  write,
  read,
});

/**
 * Writes a value of one byte inline; the function handles everything else, invalid values included. The
 * typeof check must be first: bit operators throw a TypeError for a bigint.
 */
const small =
  (writer: string) =>
  (value: string): string =>
    `if (typeof ${value} === "number" && ${value} === (${value} & 127)) b[p++] = ${value}; else p = ${writer}(${value}, b, p);`;

const call =
  (writer: string) =>
  (value: string): string =>
    `p = ${writer}(${value}, b, p);`;

/** Reads a value of one byte inline. */
const readSmall =
  (convert: (value: string) => string, convertLong: (value: string) => string) =>
  (target: (value: string) => string): string =>
    `if (b[p] < 128) ${target(convert("b[p++]"))} else { ${target(convertLong("%readVarint(b, p)"))} p = %after(); }`;

const readLong =
  (reader: string) =>
  (target: (value: string) => string): string =>
    `${target(`${reader}(b, p)`)} p = %after();`;

const fixed = (
  type: string,
  zero: string,
  width: 4 | 8,
  isSet: (value: string) => string,
  write: (value: string) => string,
  read: string,
): ScalarCode => ({
  wireType: width === 4 ? 5 : 1,
  room: width,
  zero,
  type,
  isSet,
  write,
  fixed: read,
  read: (target) => `${target(read)} p += ${width};`,
});

/** -0 is not the default: it must be written. */
const isFloatSet = (value: string): string => `(${value} !== 0 || 1 / ${value} < 0)`;
const isNumberSet = (value: string): string => `${value} !== 0`;
const isBigIntSet = (value: string): string => `${value} !== 0n`;
const same = (value: string): string => value;

const int32 = varint(
  "number",
  "0",
  10,
  small("%writeInt32"),
  readSmall(same, (value) => value),
);

/** The code of every scalar type. */
export const scalarCode: Readonly<Record<ScalarType, ScalarCode>> = {
  [ScalarType.INT32]: int32,
  [ScalarType.UINT32]: varint(
    "number",
    "0",
    5,
    small("%writeUint32"),
    readSmall(same, (value) => `${value} >>> 0`),
  ),
  [ScalarType.SINT32]: varint("number", "0", 5, call("%writeSint32"), (target) =>
    [
      `{ let z = b[p++]; if (z > 127) { z = %readVarint(b, p - 1); p = %after(); }`,
      `${target("(z >>> 1) ^ -(z & 1)")} }`,
    ].join(" "),
  ),
  [ScalarType.BOOL]: varint(
    "boolean",
    "false",
    1,
    call("%writeBool"),
    (target) =>
      `if (b[p] < 128) ${target("b[p++] !== 0")} else { ${target("%readBool(b, p)")} p = %after(); }`,
  ),
  [ScalarType.INT64]: varint("bigint", "0n", 10, call("%writeInt64"), readLong("%readInt64")),
  [ScalarType.UINT64]: varint("bigint", "0n", 10, call("%writeUint64"), readLong("%readUint64")),
  [ScalarType.SINT64]: varint("bigint", "0n", 10, call("%writeSint64"), readLong("%readSint64")),
  [ScalarType.FLOAT]: fixed(
    "number",
    "0",
    4,
    isFloatSet,
    (value) =>
      `if (typeof ${value} !== "number" || !(${value} <= 3.4028234663852886e38 && ${value} >= -3.4028234663852886e38)) %checkFloat(${value}); v.setFloat32(p, ${value}, true); p += 4;`,
    "v.getFloat32(p, true)",
  ),
  [ScalarType.DOUBLE]: fixed(
    "number",
    "0",
    8,
    isFloatSet,
    (value) =>
      `if (typeof ${value} !== "number") %checkDouble(${value}); v.setFloat64(p, ${value}, true); p += 8;`,
    "v.getFloat64(p, true)",
  ),
  [ScalarType.FIXED32]: fixed(
    "number",
    "0",
    4,
    isNumberSet,
    (value) =>
      `if (typeof ${value} !== "number" || ${value} !== ${value} >>> 0) %wrongInteger("a fixed32", ${value}); v.setUint32(p, ${value}, true); p += 4;`,
    "v.getUint32(p, true)",
  ),
  [ScalarType.SFIXED32]: fixed(
    "number",
    "0",
    4,
    isNumberSet,
    (value) =>
      `if (typeof ${value} !== "number" || ${value} !== (${value} | 0)) %wrongInteger("an sfixed32", ${value}); v.setInt32(p, ${value}, true); p += 4;`,
    "v.getInt32(p, true)",
  ),
  [ScalarType.FIXED64]: fixed(
    "bigint",
    "0n",
    8,
    isBigIntSet,
    (value) => `p = %writeFixed64(${value}, false, v, p);`,
    "v.getBigUint64(p, true)",
  ),
  [ScalarType.SFIXED64]: fixed(
    "bigint",
    "0n",
    8,
    isBigIntSet,
    (value) => `p = %writeFixed64(${value}, true, v, p);`,
    "v.getBigInt64(p, true)",
  ),
  [ScalarType.STRING]: {
    wireType: 2,
    room: undefined,
    zero: '""',
    type: "string",
    isSet: (value) => `${value} !== ""`,
    write: (value) => `p = %writeString(${value}, b, p);`,
    read: (target) => `${readSize} ${target("%readString(b, v, p, n, d)")} p += n;`,
  },
  [ScalarType.BYTES]: {
    wireType: 2,
    room: undefined,
    zero: "%noBytes",
    type: "Uint8Array",
    isSet: (value) => `%hasBytes(${value})`,
    write: (value) => `p = %writeBytes(${value}, b, p);`,
    read: (target) => `${readSize} ${target("%takeBytes(b, p, p + n, d)")} p += n;`,
  },
};

/** Statements that read the length of a value into `n`, and throw if the value does not end inside the message. */
export const readSize =
  "n = b[p++]; if (n > 127) { n = %readLength(b, p - 1, e); p = %after(); } else if (n > e - p) %truncated(p - 1);";

/** The code of a 64-bit integer that is a string in JavaScript (option jstype = JS_STRING). */
export function asText(code: ScalarCode): ScalarCode {
  return {
    ...code,
    type: "string",
    zero: '"0"',
    isSet: (value) => `${value} !== "0"`,
    write: (value) => code.write(`%longOf(${value})`),
    read: (target) => code.read((value) => target(`%String(${value})`)),
  };
}

/** The code of an enum field. Enums are open, so any int32 is valid. */
export const enumCode: ScalarCode = int32;
