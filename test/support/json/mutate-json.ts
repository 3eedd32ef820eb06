import { isPlainObject } from "../../../src/contract/base/plain-data.js";

/** Values of every type, and values at the bounds of field types. */
const values: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -0,
  1,
  -1,
  2,
  1.5,
  1.00000003,
  1.0000001,
  -1e-46,
  101,
  1e15,
  2 ** 31 - 1,
  2 ** 31,
  -(2 ** 31),
  2 ** 32,
  2 ** 53 - 1,
  2 ** 53,
  253402300799999,
  253402300800000,
  3.4028235e38,
  3.4028236e38,
  1e300,
  "",
  "a",
  "A",
  "_",
  "1",
  "-1",
  "18446744073709551616",
  "NaN",
  "-Infinity",
  "running",
  "YQ==",
  "YQ=",
  "1.5s",
  "999999999999s",
  "2024-02-29T12:00:00Z",
  "2024-02-30T12:00:00+01:00",
  "x".repeat(129),
  "é".repeat(200),
  "😀".repeat(140),
  "😀",
  "\ud800",
  [],
  [null],
  ["a"],
  [1],
  [1.5, "a"],
  [{}],
  {},
  { a: 1 },
  { a: "b", "": "c" },
  { a: null },
  { seconds: 1 },
];

/** Copies of the JSON, each with one change at a depth of at most `depth`. */
export function* mutationsOf(json: unknown, depth = 100): Generator<unknown> {
  for (const value of values) yield value;
  if (depth === 0) return;
  if (Array.isArray(json)) {
    yield [...json, ...json];
    for (const [index, item] of json.entries()) {
      for (const changed of mutationsOf(item, depth - 1)) yield json.with(index, changed);
    }
  }
  if (!isPlainObject(json)) return;
  yield { ...json, unknown_key: { a: [1] } };
  yield { ...json, json_a: "1", metadata: { json_unknown: "1" }, unknown: 1 };
  for (const [key, value] of Object.entries(json)) {
    const { [key]: _, ...rest } = json;
    yield rest;
    const spelling = otherSpelling(key);
    yield { ...rest, [spelling]: value };
    yield { ...json, [spelling]: value };
    for (const changed of mutationsOf(value, depth - 1)) yield { ...json, [key]: changed };
  }
}

/** A key in camelCase if it is in snake_case, and the other way round. */
function otherSpelling(key: string): string {
  const camel = key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return camel === key ? key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) : camel;
}
