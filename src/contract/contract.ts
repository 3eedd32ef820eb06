import {
  clone,
  create,
  equals,
  isMessage,
  type Message,
  type MessageInitShape,
} from "@bufbuild/protobuf";
import type { GenMessage } from "@bufbuild/protobuf/codegenv2";
import * as z from "zod/mini";
import { lengthOf } from "../wire/buffers.js";
import type { Codec } from "../wire/codec.js";
import { ContractError, type ContractIssue, mismatch, type Operation } from "../wire/error.js";
import { Context, maxIssues } from "./base/context.js";
import {
  attempt,
  attemptRead,
  guardedRead,
  type JsonResult,
  type JsonValue,
  type ReadResult,
  type ReadValue,
  type Result,
  refuse,
} from "./base/result.js";
import { reportDuplicateKeys } from "./interpreter/duplicate-keys.js";
import { parseJsonText } from "./interpreter/syntax.js";
import { JsonTextWriter } from "./interpreter/writer.js";
import type { Definition } from "./model/definition.js";
import {
  type CheckOptions,
  contractDefaults,
  type DecodeOptions,
  type EncodeOptions,
  type JsonTextOptions,
  type JsonWriteOptions,
} from "./options.js";
import { assertSize, budgetOf, type MessageBudget } from "./parts/budget.js";
import { type PartsOptions, readPartsOptions, toParts } from "./parts/parts.js";
import { issueSettings, isTolerated, toContractIssues } from "./rules/issues.js";
import { type StandardSchema, toStandardResult } from "./schema/standard-schema.js";

/** Options of {@link createContract}. */
export interface ContractOptions {
  /**
   * What a message that is larger than its budget can be sent as instead of parts, e.g. `frames`. The
   * error `budget.size` names it. Default: nothing.
   */
  readonly alternative?: string;
}

/**
 * The operations of one message type: validate, encode, decode, convert to and from JSON. `M` is the
 * message, a plain protobuf-es v2 message; `J` is its wire JSON, in the dialect of the message's system.
 *
 * Every method that takes or returns a message validates it, except `create`, `is`, `equals`, `clone` and
 * the `codec`. A method throws a {@link ContractError} with up to 20 issues, whose code is the rule of the
 * first; its `safe…` counterpart returns it. Methods do not use `this`.
 */
export interface Contract<M extends Message = Message, out J = unknown> {
  /** The full name of the message type, e.g. `beamline.flow.v1.RouteRequest`. */
  readonly typeName: M["$typeName"];
  /** The protobuf-es descriptor. */
  readonly schema: GenMessage<M>;
  /** The binary codec without rules and budget. */
  readonly codec: Codec<M>;
  /** The limits on size and time of the message's proto file. */
  readonly budget: MessageBudget;
  /** See {@link ContractOptions.alternative}. */
  readonly alternative: string | undefined;
  /** The rules and conversions that all methods share. */
  readonly definition: Definition<M, J>;

  /** Makes a message with documented constants and defaults set. It is not validated. */
  create(init?: MessageInitShape<GenMessage<M>>): M;
  /** Validates a message and returns it unchanged. Throws with the code of the first rule that is broken. */
  check(value: unknown, options?: CheckOptions): M;
  /** Like `check`, but returns the error. */
  safeCheck(value: unknown, options?: CheckOptions): Result<M>;
  /** Whether a value is a message of this type; rules are not checked. */
  is(value: unknown): value is M;
  /** `value instanceof contract` is the same as `is`. */
  [Symbol.hasInstance](value: unknown): value is M;
  /** Whether two messages have equal fields, unknown fields included. */
  equals(a: M, b: M): boolean;
  /** A deep copy. */
  clone(message: M): M;

  /**
   * Validates a message and encodes it as binary. Throws the code of a broken rule, and `budget.size` when
   * the bytes exceed `budget.maxBytes`.
   */
  encode(message: M, options?: EncodeOptions): Uint8Array;
  /** Like `encode`, but returns the error. */
  safeEncode(message: M, options?: EncodeOptions): Result<Uint8Array>;
  /**
   * Validates a message and encodes it as one or more `concord.parts.v1.Part`, each of at most `maxBytes`
   * bytes. A message that fits is one part too, so that receivers need not guess. `createAssembler` joins
   * the parts. Throws the code of a broken rule, `config` for wrong options, and `budget.size` for a single
   * top-level record that no part can hold.
   */
  encodeParts(message: M, options?: PartsOptions): Uint8Array[];
  /** Like `encodeParts`, but returns the error. */
  safeEncodeParts(message: M, options?: PartsOptions): Result<Uint8Array[]>;
  /**
   * Decodes a binary message, then validates it. The budget is not enforced on reading. Throws
   * `input.bytes`, `input.type`, `input.depth`, `binary.truncated`, `binary.malformed`, or the code of a
   * broken rule. What real programs send although a writer must not is taken: see `safeDecode`.
   */
  decode(bytes: Uint8Array, options?: DecodeOptions): M;
  /** Like `decode`, but returns the error; a success lists in `tolerated` what only a reader takes. */
  safeDecode(bytes: Uint8Array, options?: DecodeOptions): ReadResult<M>;

  /**
   * Validates a message and converts it to wire JSON, which shares nothing with the message. Throws the
   * code of a broken rule, and what JSON cannot carry: `json.unknown_fields`, `enum.unknown`,
   * `int64.unsafe`, `float.not_finite`.
   */
  toJson(message: M, options?: JsonWriteOptions): J;
  /** Like `toJson`, but returns the error. */
  safeToJson(message: M, options?: JsonWriteOptions): Result<J>;
  /**
   * Converts wire JSON to a message, then validates it. The input is neither kept nor changed. Throws the
   * code of the first value that cannot be converted, or of a broken rule.
   */
  fromJson(json: unknown, options?: CheckOptions): M;
  /** Like `fromJson`, but returns the error; a success has `unknownKeys`, and `tolerated` as for `safeDecode`. */
  safeFromJson(json: unknown, options?: CheckOptions): JsonResult<M>;
  /** `JSON.stringify` of what `toJson` returns, made without the object between. Throws what `toJson` throws. */
  toJsonText(message: M, options?: JsonWriteOptions): string;
  /** Like `toJsonText`, but returns the error. */
  safeToJsonText(message: M, options?: JsonWriteOptions): Result<string>;
  /**
   * Parses JSON text, then does what `fromJson` does. Throws `input.type`, `input.bytes`, `json.syntax`,
   * with `strict` also `duplicate_key`, and what `fromJson` throws.
   */
  fromJsonText(text: string, options?: JsonTextOptions): M;
  /** Like `fromJsonText`, but returns the error; a success is that of `safeFromJson`. */
  safeFromJsonText(text: string, options?: JsonTextOptions): JsonResult<M>;
  /** `fromJson` as a Standard Schema, for form, router and RPC libraries. */
  readonly "~standard": StandardSchema<M, J>;
}

/** Any contract, where its message type does not matter. */
// biome-ignore lint/suspicious/noExplicitAny: a contract takes and returns its message, so only `any` accepts all of them.
export type AnyContract = Contract<any, unknown>;

/** Creates the contract of a message type from its rules and its generated codec. */
export function createContract<M extends Message, J>(
  schema: GenMessage<M>,
  definition: Definition<M, J>,
  codec: Codec<M>,
  { alternative }: ContractOptions = {},
): Contract<M, J> {
  const typeName = schema.typeName;
  const { keys } = definition.dialect;
  const budget = budgetOf(schema);
  const enforce = createEnforcer(schema, definition);
  definition.createWith(codec.create);

  const decode = (
    bytes: Uint8Array,
    { maxBytes = contractDefaults.maxBytes, strict }: DecodeOptions = contractDefaults,
  ): ReadValue<M> => {
    assertLength(typeName, bytes, maxBytes);
    return enforce("decode", codec.decode(bytes), strict);
  };

  const contract: Contract<M, J> = {
    typeName,
    schema,
    codec,
    budget,
    alternative,
    definition,
    create: (init) => createMessage(schema, definition.constants, init),
    check: (value, options) => enforce("check", value, options?.strict).value,
    safeCheck: (value, options) => attempt(() => contract.check(value, options)),
    is: (value) => isMessage(value, schema),
    [Symbol.hasInstance]: (value): value is M => isMessage(value, schema),
    equals: (a, b) => equals(schema, a, b),
    clone: (message) => clone(schema, message),

    encode(message, options = contractDefaults) {
      const bytes = codec.encode(enforce("encode", message, options.strict).value);
      if ((options.budget ?? contractDefaults.budget) && budget.maxBytes !== undefined) {
        assertSize(schema, bytes, budget.maxBytes, { keys, alternative });
      }
      return bytes;
    },
    safeEncode: (message, options) => attempt(() => contract.encode(message, options)),
    encodeParts(message, options = {}) {
      const settings = readPartsOptions(typeName, options, budget.maxBytes);
      const bytes = codec.encode(enforce("encode", message, settings.strict).value);
      return toParts({ schema, keys, bytes }, settings);
    },
    safeEncodeParts: (message, options) => attempt(() => contract.encodeParts(message, options)),
    decode: (bytes, options) => decode(bytes, options).value,
    safeDecode: (bytes, options) => attemptRead(() => decode(bytes, options)),

    toJson(message, options = contractDefaults) {
      const { value } = enforce("encode to JSON", message, options.strict);
      return writeJson(definition, value, options);
    },
    safeToJson: (message, options) => attempt(() => contract.toJson(message, options)),
    fromJson: (json, options) => readJson(definition, enforce, json, options).value,
    safeFromJson: (json, options) =>
      attemptRead(() => readJson(definition, enforce, json, options)),
    toJsonText(message, options = contractDefaults) {
      const { value } = enforce("encode to JSON", message, options.strict);
      return writeJsonText(definition, value, options);
    },
    safeToJsonText: (message, options) => attempt(() => contract.toJsonText(message, options)),
    fromJsonText: (text, options) =>
      readJson(definition, enforce, parseText(typeName, text, options), options).value,
    safeFromJsonText: (text, options) =>
      attemptRead(() => readJson(definition, enforce, parseText(typeName, text, options), options)),
    "~standard": {
      version: 1,
      vendor: "concord",
      validate: (value) => toStandardResult(contract.safeFromJson(value)),
    },
  };
  return contract;
}

/**
 * Throws the error of the rules that a value breaks; returns the value otherwise, with what only methods
 * that read take.
 */
type Enforce<M> = (operation: Operation, value: unknown, strict?: boolean) => ReadValue<M>;

/** What a value breaks: what every method refuses, and what methods that read take. */
interface Found {
  readonly refused: readonly ContractIssue[];
  readonly tolerated: readonly ContractIssue[];
}

const nothing: Found = Object.freeze({ refused: [], tolerated: [] });
const readings: ReadonlySet<Operation> = new Set(["decode", "decode from JSON"]);

function createEnforcer<M extends Message>(
  schema: GenMessage<M>,
  definition: Definition<M>,
): Enforce<M> {
  const { typeName } = schema;
  let compiled: z.ZodMiniType<M> | undefined;
  const find = (value: unknown, isReading: boolean): Found => {
    if (!isMessage(value, schema)) {
      return { ...nothing, refused: [mismatch("", "type", `a ${typeName} message`, value)] };
    }
    compiled ??= z.compile(definition.rule());
    if (z.validate(compiled, value)) return nothing;
    const result = compiled.safeParse(value, issueSettings);
    if (result.success) return nothing;
    const { issues } = result.error;
    const some = (tolerated: boolean): ContractIssue[] =>
      issues
        .filter((issue) => (isReading && isTolerated(issue)) === tolerated)
        .flatMap((issue) => toContractIssues(issue, definition.steps))
        .slice(0, maxIssues);
    return { refused: some(false), tolerated: some(true) };
  };
  return (operation, value, strict = false) => {
    const isReading = readings.has(operation) && !strict;
    const { refused, tolerated } = guardedRead(operation, typeName, () => find(value, isReading));
    refuse(operation, typeName, refused);
    if (strict) {
      const context = new Context();
      guardedRead(operation, typeName, () => definition.strict(value, context));
      refuse(operation, typeName, context.issues);
    }
    if (isMessage(value, schema)) return tolerated.length > 0 ? { value, tolerated } : { value };
    throw new ContractError(operation, typeName, mismatch("", "type", `a ${typeName}`, value));
  };
}

function createMessage<M extends Message>(
  schema: GenMessage<M>,
  constants: Partial<M>,
  init: MessageInitShape<GenMessage<M>> | undefined,
): M {
  const message = create(schema, init);
  for (const [property, constant] of Object.entries(constants)) {
    if (init === undefined || !(property in init)) Reflect.set(message, property, constant);
  }
  return message;
}

function assertLength(typeName: string, bytes: Uint8Array, maxBytes: number): void {
  const length = lengthOf(bytes);
  if (length <= maxBytes) return;
  const message = `${length} bytes are more than the ${maxBytes} that are accepted`;
  throw new ContractError("decode", typeName, { path: "", rule: "input.bytes", message });
}

function writeJson<M, J>(
  definition: Definition<M, J>,
  checked: M,
  { dropUnknown }: JsonWriteOptions,
): J {
  const context = new Context(dropUnknown);
  const json = definition.write(checked, context);
  refuse("encode to JSON", definition.schema.typeName, context.issues);
  return json;
}

function writeJsonText<M>(
  definition: Definition<M>,
  checked: M,
  options: JsonWriteOptions,
): string {
  const context = new Context(options.dropUnknown);
  const out = new JsonTextWriter(context);
  definition.text(checked, out);
  const text = out.finish();
  if (context.issues.length === 0) return text;
  // The issues of the text writer have no paths; those of writeJson do.
  return JSON.stringify(writeJson(definition, checked, options));
}

function readJson<M>(
  definition: Definition<M>,
  enforce: Enforce<M>,
  json: unknown,
  { strict }: CheckOptions = contractDefaults,
): JsonValue<M> {
  const operation = "decode from JSON";
  const { typeName } = definition.schema;
  const context = new Context();
  const message = guardedRead(operation, typeName, () => definition.read(json, context));
  refuse(operation, typeName, context.issues);
  return { ...enforce(operation, message, strict), unknownKeys: context.unknownKeys };
}

function parseText(
  typeName: string,
  text: string,
  { maxLength = contractDefaults.maxLength, strict }: JsonTextOptions = contractDefaults,
): unknown {
  const json = parseJsonText(typeName, text, maxLength);
  if (strict === true) {
    const context = new Context();
    reportDuplicateKeys(text, context);
    refuse("decode from JSON", typeName, context.issues);
  }
  return json;
}
