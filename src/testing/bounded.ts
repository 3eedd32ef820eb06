import { base64Encode } from "@bufbuild/protobuf/wire";
import fc from "fast-check";
import type { JsonSchema } from "../contract/model/json-schema-keywords.js";
import { texts } from "./scalars.js";

/** Numbers that a schema allows: its bounds and their neighbours, small numbers, and any number in between. */
export function numbersOf(schema: JsonSchema, whole: boolean): fc.Arbitrary<number> {
  const min = numberOf(schema["minimum"] ?? schema["exclusiveMinimum"], whole ? -maxSafe : -1e9);
  const max = numberOf(schema["maximum"] ?? schema["exclusiveMaximum"], whole ? maxSafe : 1e9);
  const near = [min, max, min + 1, max - 1, min / 2 + max / 2, 0, -0, 1, -1, 2, 0.1, 0.5, 100];
  const edges = near.filter((edge) => edge >= min && edge <= max);
  if (!whole) {
    return fc.oneof(fc.constantFrom(...edges), fc.double({ min, max, noNaN: true }));
  }
  const span = { min: Math.max(min, -maxSafe), max: Math.min(max, maxSafe) };
  return fc.oneof(fc.constantFrom(...edges.map(Math.trunc)), fc.integer(span));
}

const maxSafe = Number.MAX_SAFE_INTEGER;

/** Longer texts are not generated: a message of many would be too large for its limits. */
const longestText = 4_096;

/** Strings that a schema allows: of its pattern or format, and often of its minimum or maximum length. */
export function stringsOf(schema: JsonSchema): fc.Arbitrary<string> {
  const { $comment = "" } = schema;
  const min = numberOf(schema["minLength"], 0);
  const max = Math.min(numberOf(schema["maxLength"], min + 200), Math.max(min, longestText));
  if (schema["contentEncoding"] === "base64") {
    return fc.uint8Array({ minLength: min, maxLength: min + 40 }).map(base64Encode);
  }
  if ($comment.includes("calendar")) return times;
  if ($comment.includes("duration")) return durations;
  if ($comment.includes("int64")) return decimals;
  const patterns = patternsOf(schema);
  const [first] = patterns;
  if (first !== undefined) {
    return matching(first).filter((text) => patterns.every((pattern) => pattern.test(text)));
  }
  const lengths = fc.constantFrom(min, min + 1, Math.ceil(max / 2), max - 1, max);
  const edges = lengths.map((length) => "a".repeat(Math.min(Math.max(length, min), max)));
  const fitting = texts.map((text) => (text + "a".repeat(min)).slice(0, max).toWellFormed());
  return fc.oneof({ weight: 1, arbitrary: edges }, { weight: 3, arbitrary: fitting });
}

function patternsOf(schema: JsonSchema): RegExp[] {
  return [schema, ...(schema.allOf ?? [])].flatMap((part) =>
    typeof part === "object" && typeof part["pattern"] === "string"
      ? [new RegExp(part["pattern"], "u")]
      : [],
  );
}

/** Strings for a pattern. fast-check cannot build strings for a pattern with assertions: then candidates, to be filtered. */
function matching(pattern: RegExp): fc.Arbitrary<string> {
  try {
    return fc.stringMatching(pattern, { size: "xsmall" });
  } catch {
    return fc.oneof(fc.constantFrom("a", "A", "1", "1.1", "a.b", "a_b"), texts);
  }
}

const firstMillis = Date.parse("0001-01-01T00:00:00.000Z");
const lastMillis = Date.parse("9999-12-31T23:59:59.999Z");

const times = fc
  .tuple(
    fc.oneof(
      fc.constantFrom(0, -1, firstMillis, lastMillis, Date.parse("2024-02-29T23:59:59.000Z")),
      fc.integer({ min: firstMillis, max: lastMillis }),
    ),
    fc.constantFrom("", ".5", ".123", ".123456", ".000000001", ".999999999"),
    fc.constantFrom("Z", "z", "+00:00", "-00:30", "+14:00"),
  )
  .map(([millis, decimals, zone]) => {
    return `${new Date(millis).toISOString().slice(0, 19)}${decimals}${zone}`;
  });

const durations = fc
  .tuple(
    fc.constantFrom("", "-"),
    fc.oneof(fc.nat({ max: 120 }), fc.constantFrom(315_575_999_999, 315_576_000_000)),
    fc.constantFrom("", "", ".5", ".001", ".000000001", ".999999999"),
  )
  .map(([sign, seconds, decimals]) => `${sign}${seconds}${decimals}s`);

const decimals = fc
  .oneof(
    fc.constantFrom(
      0n,
      1n,
      2n ** 53n - 1n,
      2n ** 53n,
      2n ** 63n - 1n,
      -(2n ** 63n),
      2n ** 64n - 1n,
    ),
    fc.bigInt({ min: 0n, max: 1000n }),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }),
  )
  .map(String);

/** The value of a numeric schema keyword, or `otherwise` if it is missing. */
export function numberOf(value: unknown, otherwise: number): number {
  return typeof value === "number" ? value : otherwise;
}
