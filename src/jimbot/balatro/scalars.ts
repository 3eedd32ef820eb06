import { ScalarType } from "@bufbuild/protobuf";
import { preview } from "../../wire/preview.js";
import type { RepairContext } from "./repairs.js";

/** A repaired value of the mod's JSON. */
export interface Repaired {
  /** A value that cannot be repaired is here unchanged, so that the contract reports what is wrong with it. */
  readonly value: unknown;
  /** What `value` lost, in its original shape. */
  readonly rest?: unknown;
}

interface Kind {
  readonly whole: boolean;
  readonly min: number;
  readonly max: number;
}

const largestFloat32 = 3.4028234663852886e38;
const { MAX_SAFE_INTEGER, MAX_VALUE } = Number;

const kinds: ReadonlyMap<ScalarType, Kind> = new Map([
  [ScalarType.INT32, { whole: true, min: -(2 ** 31), max: 2 ** 31 - 1 }],
  // The JSON of an event has plain numbers, which are exact up to 53 bits only.
  [ScalarType.INT64, { whole: true, min: -MAX_SAFE_INTEGER, max: MAX_SAFE_INTEGER }],
  [ScalarType.FLOAT, { whole: false, min: -largestFloat32, max: largestFloat32 }],
  [ScalarType.DOUBLE, { whole: false, min: -MAX_VALUE, max: MAX_VALUE }],
]);

/** What Lua writes for a number that is none. */
const luaNaN = /^-?nan$/i;
const luaNumber = /^-?(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?|inf)$/i;

/** Repairs the value of a scalar field. */
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

function repairNumber(json: unknown, { whole, min, max }: Kind, context: RepairContext): Repaired {
  if (isNaNText(json) || Number.isNaN(json)) {
    context.repaired("not_finite", `${json} is no number, read as 0`);
    return { value: 0, rest: String(json).toLowerCase() };
  }
  const number = toNumber(json, context);
  if (number === undefined) return { value: json };
  const rest = Number.isFinite(number) ? number : `${number < 0 ? "-" : ""}inf`;
  if (number < min || number > max) {
    const value = number < 0 ? min : max;
    context.repaired("limited", `${rest} is beyond the field, read as ${value}`);
    return { value, rest };
  }
  if (!whole || Number.isInteger(number)) return { value: number };
  context.repaired("fraction_cut", `fraction of ${number} cut off`);
  return { value: Math.trunc(number), rest };
}

function toNumber(json: unknown, context: RepairContext): number | undefined {
  if (typeof json === "number") return json;
  if (typeof json !== "string" || !luaNumber.test(json)) return undefined;
  context.repaired("number_from_text", `text ${preview(json)} read as a number`);
  return Number(json.replace(/inf$/i, "Infinity"));
}

function isNaNText(json: unknown): boolean {
  return typeof json === "string" && luaNaN.test(json);
}
