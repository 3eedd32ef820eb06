import type { DescEnum } from "@bufbuild/protobuf";
import { z } from "zod";
import type { Dialect } from "./dialect.js";
import type { LeafParts } from "./leaf.js";
import type { Walk } from "./walk.js";

/** The zero value: an ordinary name, the unset value without a name, or no value that may travel. */
export type ZeroValue = "named" | "unset" | "refused";

/** What one enum field does differently from its dialect. */
export interface EnumOptions<
  Spelling extends Dialect["enums"] = Dialect["enums"],
  Zero extends ZeroValue = ZeroValue,
> {
  /** How names are spelled, where the system spells this enum unlike its others. */
  readonly spelling?: Spelling;
  /** What the zero value is in JSON. Default `named`. */
  readonly zero?: Zero;
  /** More names that are read, never written. */
  readonly aliases?: Readonly<Record<string, number>>;
}

/** An enum field: names in JSON, numbers in the message. Unknown numbers are kept. */
export function enumParts(
  schema: DescEnum,
  prefix: string,
  dialect: Dialect,
  options: EnumOptions = {},
): LeafParts {
  const zero = options.zero ?? "named";
  const spelling = options.spelling ?? dialect.enums;
  const names = new Map<number, string>();
  const numbers = new Map<string, number>(Object.entries(options.aliases ?? {}));
  for (const value of schema.values) {
    if (value.number === 0 && zero !== "named") continue;
    const name = spell(value.name, prefix, spelling);
    if (!names.has(value.number)) names.set(value.number, name);
    numbers.set(name, value.number);
  }
  const expected = `${/^[AEIOU]/.test(schema.name) ? "an" : "a"} ${schema.name} name`;
  return {
    kind: { kind: "enum", enum: schema },
    rule: () => {
      const rule = z.int32();
      return zero === "refused" ? rule.refine((value) => value !== 0, expected) : rule;
    },
    read(json, walk) {
      const number = typeof json === "string" ? numbers.get(json) : undefined;
      if (number !== undefined) return number;
      if (dialect.enumNumbers && isInt32(json)) return json;
      walk.mismatch("enum", expected, json);
      return 0;
    },
    write: (value, walk) => writeName(value, names, dialect.enumNumbers, schema, walk),
    isDefault: (value) => value === 0,
  };
}

function spell(name: string, prefix: string, spelling: Dialect["enums"]): string {
  if (spelling === "full") return name;
  const bare = name.startsWith(prefix) ? name.slice(prefix.length) : name;
  return spelling === "lower" ? bare.toLowerCase() : bare;
}

function writeName(
  value: unknown,
  names: ReadonlyMap<number, string>,
  numbers: boolean,
  schema: DescEnum,
  walk: Walk,
): unknown {
  const name = typeof value === "number" ? names.get(value) : undefined;
  if (name !== undefined || numbers) return name ?? value;
  walk.mismatch("enum.unknown", `a number that ${schema.name} has a name for`, value);
  return undefined;
}

function isInt32(json: unknown): json is number {
  return typeof json === "number" && (json | 0) === json;
}
