import type { DescEnum } from "@bufbuild/protobuf";
import * as z from "zod/mini";
import type { Context } from "../base/context.js";
import type { Dialect } from "../base/dialect.js";
import type { FieldRuleParts } from "../model/field-rule.js";

/** The zero value of an enum in JSON: an ordinary name, unset and without a name, or refused. */
export type ZeroValue = "named" | "unset" | "refused";

/** How one enum field differs from its dialect. */
export interface EnumOptions<
  Spelling extends Dialect["enums"] = Dialect["enums"],
  Zero extends ZeroValue = ZeroValue,
> {
  /** Spelling of the names. Default: that of the dialect. */
  readonly spelling?: Spelling;
  /** The zero value in JSON. Default `named`. */
  readonly zero?: Zero;
  /** Further names that are read, never written. Default none. */
  readonly aliases?: Readonly<Record<string, number>>;
}

/** An enum field: names in JSON, numbers in the message. Unknown numbers are kept. */
export function enumParts(
  schema: DescEnum,
  prefix: string,
  dialect: Dialect,
  options: EnumOptions = {},
): FieldRuleParts {
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
      // JSON has only one null: another number of this enum would be read back as 0.
      if (schema.typeName === "google.protobuf.NullValue") return z.literal(0);
      const rule = z.int32();
      return zero === "refused" ? rule.check(z.refine((value) => value !== 0, expected)) : rule;
    },
    read(json, context) {
      const number = typeof json === "string" ? numbers.get(json) : undefined;
      if (number !== undefined) return number;
      // Adding 0 turns -0 into 0.
      if (dialect.enumNumbers && isInt32(json)) return json + 0;
      context.unknownName("enum", expected, json, [...numbers.keys()]);
      return 0;
    },
    write: (value, context) => writeName(value, names, dialect.enumNumbers, schema, context),
    wireSchema: () => {
      const isAllowed = ([, number]: readonly [string, number]): boolean =>
        zero !== "refused" || number !== 0;
      const known = { enum: [...numbers].filter(isAllowed).map(([name]) => name) };
      if (!dialect.enumNumbers) return known;
      const integer = { type: "integer", minimum: -0x80000000, maximum: 0x7fffffff };
      return { anyOf: [known, zero === "refused" ? { ...integer, not: { const: 0 } } : integer] };
    },
    isDefault: (value) => value === 0,
    strict(value, context) {
      if (typeof value === "number" && schema.value[value] === undefined) {
        context.mismatch("enum.unknown", `a number that ${schema.name} has a name for`, value);
      }
    },
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
  context: Context,
): unknown {
  const name = typeof value === "number" ? names.get(value) : undefined;
  if (name !== undefined || numbers) return name ?? value;
  context.mismatch("enum.unknown", `a number that ${schema.name} has a name for`, value);
  return undefined;
}

function isInt32(json: unknown): json is number {
  return typeof json === "number" && (json | 0) === json;
}
