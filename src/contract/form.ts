import * as z from "zod/mini";
import { ContractError, type Operation } from "../wire/error.js";
import { isPlainObject } from "./bounds.js";
import { defaults } from "./contract.js";
import { attempt, attemptJson, guarded, type JsonResult, type Result, refuse } from "./doors.js";
import { issueSettings, toContractIssues } from "./issues.js";
import { parseJsonText } from "./json-syntax.js";
import type { Leaf, WireOf } from "./leaf.js";
import { proven } from "./proven.js";
import type { Report } from "./rules.js";
import { formatPath, type Step, Walk } from "./walk.js";

/**
 * A message that exists in JSON only: it has no proto and no binary form, and its value is its wire
 * JSON. Each door enforces the rules and gives a copy; each throws a {@link ContractError}, or returns
 * it from its `safe…` twin.
 */
export interface Form<T> {
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
export type AnyForm = Form<unknown>;

/** The keys of a form or of an object in it. */
export interface Fields {
  readonly [key: string]: Leaf | Group;
}

/** An object within a form. */
export interface Group<F extends Fields = Fields, Needed extends boolean = boolean> {
  readonly fields: F;
  readonly needed: Needed;
}

type NeededKeys<F> = {
  [K in keyof F]: F[K] extends Leaf<unknown, unknown, boolean, true> | Group<Fields, true>
    ? K
    : never;
}[keyof F];
type ValueOf<E> = E extends Group<infer F> ? FormValue<F> : WireOf<E>;
/** The JSON of a form: keys that must be there, and keys that may. */
export type FormValue<F> = {
  [K in keyof F as K extends NeededKeys<F> ? K : never]: ValueOf<F[K]>;
} & { [K in keyof F as K extends NeededKeys<F> ? never : K]?: ValueOf<F[K]> };

/** An object that must be there. */
export function needed<F extends Fields>(fields: F): Group<F, true> {
  return { fields, needed: true };
}

/** An object that may be there. */
export function optional<F extends Fields>(fields: F): Group<F, false> {
  return { fields, needed: false };
}

/** Makes a form. `across` holds rules between keys; it runs when the single keys are all right. */
export function createForm<F extends Fields>(
  typeName: string,
  fields: F,
  across: (value: FormValue<F>, report: Report) => void = () => {},
): Form<FormValue<F>> {
  type T = FormValue<F>;
  const run = (operation: Operation, json: unknown): { value: T; unknownKeys: string[] } => {
    const walk = new Walk();
    const value = proven<T>(guarded(operation, typeName, () => readObject(json, fields, [], walk)));
    const fault = { rule: "unknown_key", message: "the form has no such key" } as const;
    if (operation !== "decode from JSON") {
      for (const path of walk.unknownKeys) walk.add({ path, ...fault });
    }
    if (walk.issues.length === 0) {
      across(value, (at, rule, message) => walk.add({ path: formatPath(at), rule, message }));
    }
    refuse(operation, typeName, walk.issues);
    return { value, unknownKeys: walk.unknownKeys };
  };
  const parse = (text: string): unknown => parseJsonText(typeName, text, defaults.maxLength);
  const form: Form<T> = {
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
  walk: Walk,
): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  if (!isPlainObject(json)) {
    walk.mismatch("type", "an object", json);
    return value;
  }
  for (const key of Object.keys(json)) {
    if (!Object.hasOwn(fields, key) && json[key] !== undefined) {
      walk.unknownKeys.push(walk.path(key));
    }
  }
  for (const [key, field] of Object.entries(fields)) {
    const item = json[key];
    if (item === undefined) {
      const isNeeded = "fields" in field ? field.needed : field.presence.required;
      if (isNeeded) walk.fault("required", "this key is required", key);
      continue;
    }
    walk.enter(key);
    const place = [...steps, key];
    value[key] =
      "fields" in field
        ? readObject(item, field.fields, place, walk)
        : readLeaf(item, field, place, walk);
    walk.leave();
  }
  return value;
}

const rules = new WeakMap<Leaf, z.ZodMiniType>();

function readLeaf(json: unknown, leaf: Leaf, place: readonly Step[], walk: Walk): unknown {
  const { parts } = leaf;
  const before = walk.issues.length;
  const message = parts.read(json, walk);
  if (walk.issues.length > before) return undefined;
  const rule = rules.get(leaf) ?? z.compile(parts.rule());
  rules.set(leaf, rule);
  const result = rule.safeParse(message, issueSettings);
  if (result.success) return parts.write(message, walk);
  const toSteps = (steps: readonly Step[]): readonly Step[] => [
    ...place,
    ...(parts.steps?.(steps) ?? steps),
  ];
  for (const issue of result.error.issues.flatMap((found) => toContractIssues(found, toSteps))) {
    walk.add(issue);
  }
  return undefined;
}
