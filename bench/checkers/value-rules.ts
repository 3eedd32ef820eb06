import { type DescField, type JsonObject, ScalarType } from "@bufbuild/protobuf";
import type { JsonSchema } from "../../src/contract/model/json-schema-keywords.js";
import { beyond, oddTexts } from "./outside.js";

/** Rules of one kind of value, as protovalidate expresses them. */
export interface ValueRules {
  /** The JSON of a buf.validate.FieldRules without the rules of lists and maps. */
  readonly json: JsonObject;
  /** The number of rules. */
  readonly count: number;
  /** A value that violates them. */
  readonly outside: unknown;
}

/** The input for the rules of a value: the schema of its wire JSON, and whether our rule accepts it in a message. */
export interface ValueSource {
  readonly schema: JsonSchema;
  accepts(value: unknown): boolean;
}

/** One rule, and a value that violates it. */
type Rule = readonly [name: string, value: JsonObject[string], outside: unknown];

/**
 * The rules of a field's single values that protovalidate can express. Each is verified with our own rule,
 * to exclude requirements that only hold for wire JSON.
 */
export function valueRules(field: DescField, source: ValueSource): ValueRules | undefined {
  const rules = field.enum === undefined ? scalarRules(field.scalar, source) : enumRules(source);
  const [first] = rules;
  if (first === undefined) return undefined;
  const name = field.enum === undefined ? ScalarType[field.scalar ?? 0] : "enum";
  const json = Object.fromEntries(rules.map(([key, value]) => [key, value]));
  return { json: { [`${name}`.toLowerCase()]: json }, count: rules.length, outside: first[2] };
}

function enumRules({ accepts }: ValueSource): Rule[] {
  return !accepts(0) && accepts(1) ? [["notIn", [0], 0]] : [];
}

function scalarRules(type: ScalarType | undefined, source: ValueSource): Rule[] {
  switch (type) {
    case undefined:
    case ScalarType.BOOL:
      return [];
    case ScalarType.STRING:
      return textRules(source);
    case ScalarType.BYTES:
      return source.accepts(new Uint8Array(0)) ? [] : [["minLen", 1, new Uint8Array(0)]];
    case ScalarType.FLOAT:
    case ScalarType.DOUBLE:
      return floatRules(type, source);
    default:
      return integerRules(type, source);
  }
}

function textRules({ schema, accepts }: ValueSource): Rule[] {
  const { minLength, maxLength, pattern, enum: values, $comment = "" } = schema;
  const rules: Rule[] = [];
  if (typeof minLength === "number") rules.push(["minLen", 1, ""]);
  // A schema cannot express a length in bytes.
  if (typeof maxLength === "number" && $comment.includes("utf8")) {
    rules.push(["maxBytes", maxLength, "x".repeat(maxLength + 1)]);
  }
  if (typeof pattern === "string") {
    rules.push(["pattern", pattern, oddTexts.find((text) => !accepts(text))]);
  }
  if (values?.every((value) => typeof value === "string") === true) {
    rules.push(["in", [...values], "none of them"]);
  }
  return rules.filter(([, , outside]) => outside !== undefined && !accepts(outside));
}

const largestFloat = 3.4028234663852886e38;

function floatRules(type: ScalarType, { schema, accepts }: ValueSource): Rule[] {
  const { minimum, maximum } = schema;
  // The schema has the bounds of numbers before they are rounded to float32.
  const round = type === ScalarType.FLOAT ? Math.fround : Number;
  const bounds = [["gte", minimum, -1] as const, ["lte", maximum, 1] as const].flatMap(
    ([name, bound, sign]): Rule[] => {
      if (typeof bound !== "number" || Math.abs(bound) >= largestFloat) return [];
      // The schema may have a -0, which is 0.
      const value = round(bound) + 0;
      const outside = beyond(value, sign);
      return accepts(value) && !accepts(outside) ? [[name, value, outside]] : [];
    },
  );
  const refused = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const finite = bounds.length < 2 && refused.every((value) => !accepts(value));
  return finite ? [...bounds, ["finite", true, Number.NaN]] : bounds;
}

/** The bounds of the scalar types. */
const ranges: Readonly<Partial<Record<ScalarType, readonly [number, number]>>> = {
  [ScalarType.INT32]: [-0x80000000, 0x7fffffff],
  [ScalarType.SINT32]: [-0x80000000, 0x7fffffff],
  [ScalarType.UINT32]: [0, 0xffffffff],
  [ScalarType.UINT64]: [0, Number.POSITIVE_INFINITY],
};

function integerRules(type: ScalarType, { schema, accepts }: ValueSource): Rule[] {
  const { anyOf } = schema;
  // 64-bit integers may be strings in JSON; the schema of the number is after that of the string.
  const { minimum, maximum }: JsonSchema = Array.isArray(anyOf) ? Object(anyOf[1]) : schema;
  const isLong = type === ScalarType.INT64 || type === ScalarType.UINT64;
  const toValue = (value: number): unknown => (isLong ? BigInt(value) : value);
  const [least, most] = ranges[type] ?? [];
  return [["gte", minimum, -1, least] as const, ["lte", maximum, 1, most] as const].flatMap(
    ([name, bound, sign, own]): Rule[] => {
      if (typeof bound !== "number" || bound === own) return [];
      const outside = toValue(beyond(bound, sign));
      return accepts(toValue(bound)) && !accepts(outside) ? [[name, bound, outside]] : [];
    },
  );
}
