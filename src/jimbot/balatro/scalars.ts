import { ScalarType } from "@bufbuild/protobuf";
import { preview } from "../../wire/preview.js";
import type { RepairContext } from "./repairs.js";

/** A value of the mod's JSON as its field takes it. */
export interface Repaired {
  /** What cannot be understood stands here as it came: the contract says what is wrong with it. */
  readonly value: unknown;
  /** What `value` does not tell any more, in the shape that it came in. */
  readonly rest?: unknown;
}

interface Kind {
  readonly whole: boolean;
  readonly least: number;
  readonly most: number;
}

const largestFloat32 = 3.4028234663852886e38;
const { MAX_SAFE_INTEGER, MAX_VALUE } = Number;

const kinds: ReadonlyMap<ScalarType, Kind> = new Map([
  [ScalarType.INT32, { whole: true, least: -(2 ** 31), most: 2 ** 31 - 1 }],
  // The JSON of an event has plain numbers, so a 64-bit field ends where these are exact.
  [ScalarType.INT64, { whole: true, least: -MAX_SAFE_INTEGER, most: MAX_SAFE_INTEGER }],
  [ScalarType.FLOAT, { whole: false, least: -largestFloat32, most: largestFloat32 }],
  [ScalarType.DOUBLE, { whole: false, least: -MAX_VALUE, most: MAX_VALUE }],
]);

const luaNumber = /^-?(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?|inf)$/i;

/** A value as a scalar field takes it. */
export function repairScalar(scalar: ScalarType, json: unknown, context: RepairContext): Repaired {
  if (scalar === ScalarType.STRING) return { value: repairString(json, context) };
  if (scalar === ScalarType.BOOL) return { value: repairBoolean(json, context) };
  const kind = kinds.get(scalar);
  return kind === undefined ? { value: json } : repairNumber(json, kind, context);
}

function repairString(json: unknown, context: RepairContext): unknown {
  const plain = typeof json === "boolean" || (typeof json === "number" && Number.isFinite(json));
  if (!plain) return json;
  context.repaired("text_from_value", `${json} read as text`);
  return String(json);
}

function repairBoolean(json: unknown, context: RepairContext): unknown {
  if (json !== "true" && json !== "false") return json;
  context.repaired("boolean_from_text", `text ${preview(json)} read as ${json}`);
  return json === "true";
}

function repairNumber(
  json: unknown,
  { whole, least, most }: Kind,
  context: RepairContext,
): Repaired {
  const number = toNumber(json, context);
  if (number === undefined) return { value: json };
  const rest = Number.isFinite(number) ? number : `${number < 0 ? "-" : ""}inf`;
  if (number < least || number > most) {
    const value = number < 0 ? least : most;
    context.repaired("limited", `${rest} is beyond the field, read as ${value}`);
    return { value, rest };
  }
  if (!whole || Number.isInteger(number)) return { value: number };
  context.repaired("fraction_cut", `fraction of ${number} cut off`);
  return { value: Math.trunc(number), rest };
}

function toNumber(json: unknown, context: RepairContext): number | undefined {
  if (typeof json === "number") return Number.isNaN(json) ? undefined : json;
  if (typeof json !== "string" || !luaNumber.test(json)) return undefined;
  context.repaired("number_from_text", `text ${preview(json)} read as a number`);
  return Number(json.replace(/inf$/i, "Infinity"));
}
