import * as z from "zod/mini";
import { ContractError, type Operation } from "../wire/error.js";
import { Context, formatPath, type Step } from "./base/context.js";
import { isPlainObject } from "./base/plain-data.js";
import {
  attempt,
  attemptRead,
  guardedRead,
  type JsonResult,
  type JsonValue,
  type Result,
  refuse,
} from "./base/result.js";
import { keyRequired, noSuchKey } from "./base/texts.js";
import { unsafeCast } from "./base/unsafe-cast.js";
import { parseJsonText } from "./interpreter/syntax.js";
import type { Report } from "./model/definition.js";
import type { FieldRule, WireOf } from "./model/field-rule.js";
import { contractDefaults } from "./options.js";
import { issueSettings, toContractIssues } from "./rules/issues.js";

/**
 * A message that exists in JSON only: it has no proto file and no binary encoding, and its value is its
 * wire JSON. Every method validates and returns a copy. It throws a {@link ContractError} whose code is the
 * first rule that is broken; its `safe…` counterpart returns it. Methods do not use `this`.
 */
export interface JsonContract<T> {
  /** The name that errors carry, e.g. `beamline.DecideRequest`. */
  readonly typeName: string;
  /** Validates a value. Throws `unknown_key` for a key that the message does not have. */
  check(value: T): T;
  /** Like `check`, but returns the error. */
  safeCheck(value: T): Result<T>;
  /** Validates a value that is to be sent. Throws `unknown_key` for a key that the message does not have. */
  toJson(value: T): T;
  /** Like `toJson`, but returns the error. */
  safeToJson(value: T): Result<T>;
  /** `toJson` as text. */
  toJsonText(value: T): string;
  /** Like `toJsonText`, but returns the error. */
  safeToJsonText(value: T): Result<string>;
  /** Validates a received value. Keys that the message does not have are left out of the copy. */
  fromJson(json: unknown): T;
  /** Like `fromJson`, but returns the error; a success lists the ignored keys in `unknownKeys`. */
  safeFromJson(json: unknown): JsonResult<T>;
  /**
   * Parses JSON text of at most 67,108,864 UTF-16 code units, then does what `fromJson` does. Also throws
   * `input.type`, `input.bytes` and `json.syntax`.
   */
  fromJsonText(text: string): T;
  /** Like `fromJsonText`, but returns the error; a success lists the ignored keys in `unknownKeys`. */
  safeFromJsonText(text: string): JsonResult<T>;
}

/** Any JSON contract, where its value does not matter. */
export type AnyJsonContract = JsonContract<unknown>;

/** The keys of a JSON object: a field rule for a single value, a group for an object. */
export interface JsonFields {
  readonly [key: string]: FieldRule | JsonGroup;
}

/** The rules of an object within a JSON contract. */
export interface JsonGroup<
  F extends JsonFields = JsonFields,
  IsRequired extends boolean = boolean,
> {
  readonly fields: F;
  readonly presence: { readonly required: IsRequired };
}

type RequiredKeys<F> = {
  [K in keyof F]: F[K] extends
    | FieldRule<unknown, unknown, boolean, true>
    | JsonGroup<JsonFields, true>
    ? K
    : never;
}[keyof F];
type ValueOf<E> = E extends JsonGroup<infer F> ? JsonContractValue<F> : WireOf<E>;
/** The JSON of a contract with these fields: required keys, and optional ones. */
export type JsonContractValue<F> = {
  [K in keyof F as K extends RequiredKeys<F> ? K : never]: ValueOf<F[K]>;
} & { [K in keyof F as K extends RequiredKeys<F> ? never : K]?: ValueOf<F[K]> };

/** A required object. */
export function required<F extends JsonFields>(fields: F): JsonGroup<F, true> {
  return { fields, presence: { required: true } };
}

/** An optional object. */
export function optional<F extends JsonFields>(fields: F): JsonGroup<F, false> {
  return { fields, presence: { required: false } };
}

/**
 * Creates the contract of a message that exists in JSON only. `refine` holds the rules between fields; it
 * runs on values whose fields are all valid, and reports what is wrong.
 */
export function createJsonContract<F extends JsonFields>(
  typeName: string,
  fields: F,
  refine: (value: JsonContractValue<F>, report: Report) => void = () => {},
): JsonContract<JsonContractValue<F>> {
  type T = JsonContractValue<F>;
  const run = (operation: Operation, json: unknown): JsonValue<T> => {
    const context = new Context();
    const value = unsafeCast<T>(
      guardedRead(operation, typeName, () => readObject(json, fields, [], context)),
    );
    if (operation !== "decode from JSON") {
      const fault = { rule: "unknown_key", message: noSuchKey } as const;
      for (const path of context.unknownKeys) context.add({ path, ...fault });
    }
    if (context.issues.length === 0) {
      refine(value, (at, rule, message) => context.add({ path: formatPath(at), rule, message }));
    }
    refuse(operation, typeName, context.issues);
    return { value, unknownKeys: context.unknownKeys };
  };
  const parse = (text: string): unknown =>
    parseJsonText(typeName, text, contractDefaults.maxLength);
  const contract: JsonContract<T> = {
    typeName,
    check: (value) => run("check", value).value,
    safeCheck: (value) => attempt(() => contract.check(value)),
    toJson: (value) => run("encode to JSON", value).value,
    safeToJson: (value) => attempt(() => contract.toJson(value)),
    toJsonText: (value) => JSON.stringify(contract.toJson(value)),
    safeToJsonText: (value) => attempt(() => contract.toJsonText(value)),
    fromJson: (json) => run("decode from JSON", json).value,
    safeFromJson: (json) => attemptRead(() => run("decode from JSON", json)),
    fromJsonText: (text) => contract.fromJson(parse(text)),
    safeFromJsonText: (text) => attemptRead(() => run("decode from JSON", parse(text))),
  };
  return contract;
}

function readObject(
  json: unknown,
  fields: JsonFields,
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
      if (field.presence.required) context.fault("required", keyRequired, key);
      continue;
    }
    context.enter(key);
    const path = [...steps, key];
    value[key] =
      "fields" in field
        ? readObject(item, field.fields, path, context)
        : readField(item, field, path, context);
    context.leave();
  }
  return value;
}

const rules = new WeakMap<FieldRule, z.ZodMiniType>();

function readField(
  json: unknown,
  fieldRule: FieldRule,
  path: readonly Step[],
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
    ...path,
    ...(parts.steps?.(steps) ?? steps),
  ];
  for (const issue of result.error.issues.flatMap((found) => toContractIssues(found, toSteps))) {
    context.add(issue);
  }
  return undefined;
}
