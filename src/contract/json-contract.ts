import * as z from "zod/mini";
import type { ContractIssue, Operation } from "../wire/error.js";
import { Context, formatPath, maxIssues, type Step } from "./base/context.js";
import { type Dialect, dialectDefaults } from "./base/dialect.js";
import { didYouMean } from "./base/nearest.js";
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
import type { AnyContract } from "./contract.js";
import { readText } from "./interpreter/read-text.js";
import type { Report } from "./model/definition.js";
import { type FieldRule, plainPresence, type WireOf } from "./model/field-rule.js";
import type {
  JsonSchema,
  SchemaContext,
  SchemaField,
  SchemaSource,
} from "./model/json-schema-keywords.js";
import {
  type CheckOptions,
  contractDefaults,
  type JsonReadOptions,
  type JsonTextOptions,
  readCheckOptions,
  readTextOptions,
  type TextSettings,
} from "./options.js";
import { issueSettings, toContractIssues } from "./rules/issues.js";
import { type StandardSchema, toStandardResult } from "./schema/standard-schema.js";

/**
 * A message that exists in JSON only: it has no proto file and no binary encoding, and its value is its
 * wire JSON. Every method validates and returns a copy. It throws a `ContractError` whose code is the
 * first rule that is broken; its `safe…` counterpart returns it. Methods do not use `this`. The methods
 * that a `Contract` has too take the same options.
 */
export interface JsonContract<T> {
  /** The name that errors carry, e.g. `beamline.DecideRequest`. */
  readonly typeName: string;
  /** What its JSON Schema is made from. */
  readonly definition: SchemaSource;
  /** Validates a value. Throws `unknown_key` for a key that the message does not have. */
  check(value: T, options?: CheckOptions): T;
  /** Like `check`, but returns the error. */
  safeCheck(value: T, options?: CheckOptions): Result<T>;
  /** Validates a value that is to be sent. Throws `unknown_key` for a key that the message does not have. */
  toJson(value: T, options?: CheckOptions): T;
  /** Like `toJson`, but returns the error. */
  safeToJson(value: T, options?: CheckOptions): Result<T>;
  /** `toJson` as text. */
  toJsonText(value: T, options?: CheckOptions): string;
  /** Like `toJsonText`, but returns the error. */
  safeToJsonText(value: T, options?: CheckOptions): Result<string>;
  /**
   * Validates a received value. Keys that the message does not have are left out of the copy, or refused
   * (`unknown_key`) if the options say so; only `safeFromJson` lists those that were left out. Throws
   * `config` for wrong options.
   */
  fromJson(json: unknown, options?: JsonReadOptions): T;
  /** Like `fromJson`, but returns the error; a success lists the keys that were left out in `unknownKeys`. */
  safeFromJson(json: unknown, options?: JsonReadOptions): JsonResult<T>;
  /**
   * Parses JSON text, then does what `fromJson` does. Also throws `input.type`, `input.bytes`, `input.elements`,
   * `json.syntax` and, with `strict`, `duplicate_key`.
   */
  fromJsonText(text: string, options?: JsonTextOptions): T;
  /** Like `fromJsonText`, but returns the error; a success lists the keys that were left out in `unknownKeys`. */
  safeFromJsonText(text: string, options?: JsonTextOptions): JsonResult<T>;
  /** `fromJson` as a Standard Schema, for form, router and RPC libraries. */
  readonly "~standard": StandardSchema<T, T>;
}

/** Any JSON contract, where its value does not matter. */
export type AnyJsonContract = JsonContract<unknown>;

/** Whether a contract of a channel is that of a message that exists in JSON only. */
export function isJsonContract(
  contract: AnyContract | AnyJsonContract,
): contract is AnyJsonContract {
  return !("codec" in contract);
}

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
 * runs on values whose fields are all valid, and reports what is wrong. With `nulls` "unset", reading takes
 * null for an absent key wherever a key may be absent.
 */
export function createJsonContract<F extends JsonFields>(
  typeName: string,
  fields: F,
  refine?: (value: JsonContractValue<F>, report: Report) => void,
  nulls: Dialect["nulls"] = "declared",
): JsonContract<JsonContractValue<F>> {
  type T = JsonContractValue<F>;
  const run = (
    operation: Operation,
    json: unknown,
    { strict, unknownKeys }: Pick<TextSettings, "strict" | "unknownKeys">,
  ): JsonValue<T> => {
    const context = new Context(false, "report");
    const skipsNull = nulls === "unset" && operation === "decode from JSON";
    const unknown: ContractIssue[] = [];
    const value = unsafeCast<T>(
      guardedRead(operation, typeName, () =>
        readObject(json, fields, [], { strict, skipsNull, unknown }, context),
      ),
    );
    if (unknownKeys === "refuse") for (const issue of unknown) context.add(issue);
    if (context.issues.length === 0) {
      refine?.(value, (at, rule, message) => context.add({ path: formatPath(at), rule, message }));
    }
    refuse(operation, typeName, context.issues);
    return { value, unknownKeys: context.unknownKeys };
  };
  const write = (operation: Operation, value: T, options?: CheckOptions): T => {
    const { strict = false } = readCheckOptions(typeName, options);
    return run(operation, value, { strict, unknownKeys: "refuse" }).value;
  };
  const fromJson = (json: unknown, options?: JsonReadOptions): JsonValue<T> =>
    run("decode from JSON", json, readTextOptions(typeName, options, contractDefaults));
  const fromJsonText = (text: string, options?: JsonTextOptions): JsonValue<T> => {
    const settings = readTextOptions(typeName, options, contractDefaults);
    return run("decode from JSON", readText(typeName, text, settings), settings);
  };
  const contract: JsonContract<T> = {
    typeName,
    definition: sourceOf(typeName, fields, { ...jsonDialect, nulls }, refine !== undefined),
    check: (value, options) => write("check", value, options),
    safeCheck: (value, options) => attempt(() => contract.check(value, options)),
    toJson: (value, options) => write("encode to JSON", value, options),
    safeToJson: (value, options) => attempt(() => contract.toJson(value, options)),
    toJsonText: (value, options) => JSON.stringify(contract.toJson(value, options)),
    safeToJsonText: (value, options) => attempt(() => contract.toJsonText(value, options)),
    fromJson: (json, options) => fromJson(json, options).value,
    safeFromJson: (json, options) => attemptRead(() => fromJson(json, options)),
    fromJsonText: (text, options) => fromJsonText(text, options).value,
    safeFromJsonText: (text, options) => attemptRead(() => fromJsonText(text, options)),
    "~standard": {
      version: 1,
      vendor: "concord",
      validate: (value) => toStandardResult(contract.safeFromJson(value)),
    },
  };
  return contract;
}

/** What all messages that exist in JSON only have in common. */
const jsonDialect = Object.freeze({
  ...dialectDefaults,
  readsBothSpellings: false,
  unknownKeys: "report",
} as const satisfies Dialect);

function sourceOf(
  typeName: string,
  fields: JsonFields,
  dialect: Dialect,
  hasRefinement: boolean,
): SchemaSource {
  const name = typeName.slice(typeName.lastIndexOf(".") + 1);
  return {
    schema: { name, typeName },
    dialect,
    hasRefinement,
    fields: () => Object.entries(fields).map(([key, field]) => schemaField(key, field, dialect)),
  };
}

function schemaField(key: string, field: FieldRule | JsonGroup, dialect: Dialect): SchemaField {
  const { required } = field.presence;
  const wireSchema = (context: SchemaContext): JsonSchema => {
    if (!("fields" in field)) return field.parts.wireSchema(context);
    const { title, ...object } = context.whole(sourceOf(key, field.fields, dialect, false));
    return object;
  };
  const fieldRule = { presence: { ...plainPresence, required }, parts: { wireSchema } };
  return { key, otherKey: key, oneof: undefined, fieldRule };
}

interface ObjectSettings {
  readonly strict: boolean;
  /** Whether null is an absent key where a key may be absent. */
  readonly skipsNull: boolean;
  /** The first keys that the message does not have, as issues; all are in the context's `unknownKeys`. */
  readonly unknown: ContractIssue[];
}

function readObject(
  json: unknown,
  fields: JsonFields,
  steps: readonly Step[],
  settings: ObjectSettings,
  context: Context,
): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  if (!isPlainObject(json)) {
    context.mismatch("type", "an object", json);
    return value;
  }
  for (const key of Object.keys(json)) {
    if (!Object.hasOwn(fields, key) && json[key] !== undefined) {
      const path = context.path(key);
      context.unknownKeys.push(path);
      if (settings.unknown.length >= maxIssues) continue;
      const message = `${noSuchKey}${didYouMean(key, Object.keys(fields))}`;
      settings.unknown.push({ path, rule: "unknown_key", message });
    }
  }
  for (const [key, field] of Object.entries(fields)) {
    const item = json[key];
    if (item === undefined) {
      if (field.presence.required) context.fault("required", keyRequired, key);
      continue;
    }
    if (item === null && settings.skipsNull && !field.presence.required && !takesNull(field)) {
      continue;
    }
    context.enter(key);
    const path = [...steps, key];
    value[key] =
      "fields" in field
        ? readObject(item, field.fields, path, settings, context)
        : readField(item, field, path, settings.strict, context);
    context.leave();
  }
  return value;
}

/** Whether null is a value of the field: only where any JSON is. */
function takesNull(field: FieldRule | JsonGroup): boolean {
  if ("fields" in field) return false;
  const { kind } = field.parts;
  return kind.kind === "message" && kind.message.typeName === "google.protobuf.Value";
}

const rules = new WeakMap<FieldRule, z.ZodMiniType>();

function readField(
  json: unknown,
  fieldRule: FieldRule,
  path: readonly Step[],
  strict: boolean,
  context: Context,
): unknown {
  const { parts } = fieldRule;
  const before = context.issues.length;
  const message = parts.read(json, context);
  if (context.issues.length > before) return undefined;
  const rule = rules.get(fieldRule) ?? z.compile(parts.rule());
  rules.set(fieldRule, rule);
  const result = rule.safeParse(message, issueSettings);
  if (result.success) {
    if (strict) parts.strict?.(message, context);
    return parts.write(message, context);
  }
  const toSteps = (steps: readonly Step[]): readonly Step[] => [
    ...path,
    ...(parts.steps?.(steps) ?? steps),
  ];
  for (const issue of result.error.issues.flatMap((found) => toContractIssues(found, toSteps))) {
    context.add(issue);
  }
  return undefined;
}
