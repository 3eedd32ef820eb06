import * as z from "zod/mini";
import { ContractError, type Operation } from "../wire/error.js";
import { Context, formatPath, type Step } from "./base/context.js";
import { isPlainObject } from "./base/plain-data.js";
import {
  attempt,
  attemptJson,
  guarded,
  type JsonResult,
  type Result,
  refuse,
} from "./base/result.js";
import { keyRequired } from "./base/texts.js";
import { unsafeCast } from "./base/unsafe-cast.js";
import { parseJsonText } from "./interpreter/syntax.js";
import type { Report } from "./model/definition.js";
import type { FieldRule, WireOf } from "./model/field-rule.js";
import { defaults } from "./options.js";

import { issueSettings, toContractIssues } from "./rules/issues.js";

/**
 * A message that exists in JSON only: it has no proto and no binary form, and its value is its wire
 * JSON. Each door enforces the rules and gives a copy; each throws a {@link ContractError}, or returns
 * it from its `safe…` twin.
 */
export interface JsonContract<T> {
  /** The name that errors carry, e.g. `beamline.DecideRequest`. */
  readonly typeName: string;
  /** The value as a form that keeps all rules. A key that the form does not have is an error. */
  check(value: T): T;
  safeCheck(value: T): Result<T>;
  /** Rules, then a copy. A key that the form does not have is an error. */
  toJson(value: T): T;
  safeToJson(value: T): Result<T>;
  toJsonText(value: T): string;
  safeToJsonText(value: T): Result<string>;
  /** Reads JSON. Keys that the form does not have are read over; the safe twin reports them. */
  fromJson(json: unknown): T;
  safeFromJson(json: unknown): JsonResult<T>;
  /** JSON text (`json.syntax`), then `fromJson`. */
  fromJsonText(text: string): T;
  safeFromJsonText(text: string): JsonResult<T>;
}

/** Any form, where its value does not matter. */
export type AnyJsonContract = JsonContract<unknown>;

/** The keys of a form or of an object in it. */
export interface Fields {
  readonly [key: string]: FieldRule | Group;
}

/** An object within a form. */
export interface Group<F extends Fields = Fields, IsRequired extends boolean = boolean> {
  readonly fields: F;
  readonly required: IsRequired;
}

type RequiredKeys<F> = {
  [K in keyof F]: F[K] extends FieldRule<unknown, unknown, boolean, true> | Group<Fields, true>
    ? K
    : never;
}[keyof F];
type ValueOf<E> = E extends Group<infer F> ? JsonContractValue<F> : WireOf<E>;
/** The JSON of a form: keys that must be there, and keys that may. */
export type JsonContractValue<F> = {
  [K in keyof F as K extends RequiredKeys<F> ? K : never]: ValueOf<F[K]>;
} & { [K in keyof F as K extends RequiredKeys<F> ? never : K]?: ValueOf<F[K]> };

/** An object that must be there. */
export function required<F extends Fields>(fields: F): Group<F, true> {
  return { fields, required: true };
}

/** An object that may be there. */
export function optional<F extends Fields>(fields: F): Group<F, false> {
  return { fields, required: false };
}

/** Makes a form. `across` holds rules between keys; it runs when the single keys are all right. */
export function createJsonContract<F extends Fields>(
  typeName: string,
  fields: F,
  refine: (value: JsonContractValue<F>, report: Report) => void = () => {},
): JsonContract<JsonContractValue<F>> {
  type T = JsonContractValue<F>;
  const run = (operation: Operation, json: unknown): { value: T; unknownKeys: string[] } => {
    const context = new Context();
    const value = unsafeCast<T>(
      guarded(operation, typeName, () => readObject(json, fields, [], context)),
    );
    const fault = { rule: "unknown_key", message: "the form has no such key" } as const;
    if (operation !== "decode from JSON") {
      for (const path of context.unknownKeys) context.add({ path, ...fault });
    }
    if (context.issues.length === 0) {
      refine(value, (at, rule, message) => context.add({ path: formatPath(at), rule, message }));
    }
    refuse(operation, typeName, context.issues);
    return { value, unknownKeys: context.unknownKeys };
  };
  const parse = (text: string): unknown => parseJsonText(typeName, text, defaults.maxLength);
  const form: JsonContract<T> = {
    typeName,
    check: (value) => run("check", value).value,
    safeCheck: (value) => attempt(() => form.check(value)),
    toJson: (value) => run("encode to JSON", value).value,
    safeToJson: (value) => attempt(() => form.toJson(value)),
    toJsonText: (value) => JSON.stringify(form.toJson(value)),
    safeToJsonText: (value) => attempt(() => form.toJsonText(value)),
    fromJson: (json) => run("decode from JSON", json).value,
    safeFromJson: (json) => attemptJson(() => run("decode from JSON", json)),
    fromJsonText: (text) => form.fromJson(parse(text)),
    safeFromJsonText: (text) => attemptJson(() => run("decode from JSON", parse(text))),
  };
  return form;
}

function readObject(
  json: unknown,
  fields: Fields,
  steps: readonly Step[],
  context: Context,
): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  if (!isPlainObject(json)) {
    context.mismatch("type", "an object", json);
    return value;
  }
  for (const key of Object.keys(json)) {
    if (!Object.hasOwn(fields, key) && json[key] !== undefined) {
      context.unknownKeys.push(context.path(key));
    }
  }
  for (const [key, field] of Object.entries(fields)) {
    const item = json[key];
    if (item === undefined) {
      const isRequired = "fields" in field ? field.required : field.presence.required;
      if (isRequired) context.fault("required", keyRequired, key);
      continue;
    }
    context.enter(key);
    const place = [...steps, key];
    value[key] =
      "fields" in field
        ? readObject(item, field.fields, place, context)
        : readField(item, field, place, context);
    context.leave();
  }
  return value;
}

const rules = new WeakMap<FieldRule, z.ZodMiniType>();

function readField(
  json: unknown,
  fieldRule: FieldRule,
  place: readonly Step[],
  context: Context,
): unknown {
  const { parts } = fieldRule;
  const before = context.issues.length;
  const message = parts.read(json, context);
  if (context.issues.length > before) return undefined;
  const rule = rules.get(fieldRule) ?? z.compile(parts.rule());
  rules.set(fieldRule, rule);
  const result = rule.safeParse(message, issueSettings);
  if (result.success) return parts.write(message, context);
  const toSteps = (steps: readonly Step[]): readonly Step[] => [
    ...place,
    ...(parts.steps?.(steps) ?? steps),
  ];
  for (const issue of result.error.issues.flatMap((found) => toContractIssues(found, toSteps))) {
    context.add(issue);
  }
  return undefined;
}
