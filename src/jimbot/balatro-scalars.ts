import { ScalarType } from "@bufbuild/protobuf";
import { preview } from "../wire/preview.js";
import type { RepairWalk } from "./balatro-repairs.js";

/** A value of the mod's JSON as its field takes it. */
export interface Mended {
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
export function mendScalar(scalar: ScalarType, json: unknown, walk: RepairWalk): Mended {
  if (scalar === ScalarType.STRING) return { value: mendString(json, walk) };
  if (scalar === ScalarType.BOOL) return { value: mendBoolean(json, walk) };
  const kind = kinds.get(scalar);
  return kind === undefined ? { value: json } : mendNumber(json, kind, walk);
}

function mendString(json: unknown, walk: RepairWalk): unknown {
  const plain = typeof json === "boolean" || (typeof json === "number" && Number.isFinite(json));
  if (!plain) return json;
  walk.repaired("text_from_value", `${json} read as text`);
  return String(json);
}

function mendBoolean(json: unknown, walk: RepairWalk): unknown {
  if (json !== "true" && json !== "false") return json;
  walk.repaired("boolean_from_text", `text ${preview(json)} read as ${json}`);
  return json === "true";
}

function mendNumber(json: unknown, { whole, least, most }: Kind, walk: RepairWalk): Mended {
  const number = toNumber(json, walk);
  if (number === undefined) return { value: json };
  const rest = Number.isFinite(number) ? number : `${number < 0 ? "-" : ""}inf`;
  if (number < least || number > most) {
    const value = number < 0 ? least : most;
    walk.repaired("limited", `${rest} is beyond the field, read as ${value}`);
    return { value, rest };
  }
  if (!whole || Number.isInteger(number)) return { value: number };
  walk.repaired("fraction_cut", `fraction of ${number} cut off`);
  return { value: Math.trunc(number), rest };
}

function toNumber(json: unknown, walk: RepairWalk): number | undefined {
  if (typeof json === "number") return Number.isNaN(json) ? undefined : json;
  if (typeof json !== "string" || !luaNumber.test(json)) return undefined;
  walk.repaired("number_from_text", `text ${preview(json)} read as a number`);
  return Number(json.replace(/inf$/i, "Infinity"));
}
