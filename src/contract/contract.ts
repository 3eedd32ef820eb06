import { clone, isMessage, type Message, type MessageInitShape } from "@bufbuild/protobuf";
import type { GenMessage } from "@bufbuild/protobuf/codegenv2";
import { lengthOf } from "../wire/buffers.js";
import type { Codec } from "../wire/codec.js";
import { ContractError, type Operation } from "../wire/error.js";
import { Context } from "./base/context.js";
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
import { unsafeCast } from "./base/unsafe-cast.js";
import { createEnforcer, type Enforce, notMessage } from "./enforce.js";
import { createMessage } from "./interpreter/create-message.js";
import { areEqual } from "./interpreter/equal.js";
import { readText } from "./interpreter/read-text.js";
import { writeJson, writeJsonText } from "./interpreter/write-json.js";
import type { Definition } from "./model/definition.js";
import {
  type BinarySettings,
  type CheckOptions,
  type ContractOptions,
  contractDefaults,
  type DecodeOptions,
  type EncodeOptions,
  type JsonReadOptions,
  type JsonTextOptions,
  type JsonWriteOptions,
  readBinaryOptions,
  readCheckOptions,
  readContractOptions,
  readTextOptions,
  readWriteOptions,
  type TextSettings,
} from "./options.js";
import { assertSize, budgetOf, type MessageBudget } from "./parts/budget.js";
import { type PartsOptions, readPartsOptions, toParts } from "./parts/parts.js";
import { type StandardSchema, toStandardResult } from "./schema/standard-schema.js";

/**
 * The operations of one message type: validate, encode, decode, convert to and from JSON. `M` is the
 * message, a plain protobuf-es v2 message; `J` is its wire JSON, in the dialect of the message's system.
 *
 * Every method that takes or returns a message validates it, except `create`, `is`, `equals`, `clone` and
 * the `codec`. A method throws a {@link ContractError} with up to 20 issues, whose code is the rule of the
 * first, or `config` for wrong options; its `safe…` counterpart returns it and never throws. Methods do not
 * use `this`.
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
  /**
   * Maximum size of an encoded message, in bytes, that `encode` and `decode` accept by default: 4,194,304
   * (4 MiB), or the largest limit of a channel that carries the message where that is more.
   */
  readonly maxBytes: number;
  /** The rules and conversions that all methods share. */
  readonly definition: Definition<M, J>;

  /**
   * Makes a message with documented constants and defaults set. Throws `unknown_key` for a property that
   * the message does not have, at any depth, and `type` for a value that is no message, list, map or oneof
   * where one belongs; their paths have the names of properties. Rules are not checked.
   */
  create(init?: MessageInitShape<GenMessage<M>>): M;
  /** Validates a message and returns it unchanged. Throws with the code of the first rule that is broken. */
  check(value: unknown, options?: CheckOptions): M;
  /** Like `check`, but returns the error. */
  safeCheck(value: unknown, options?: CheckOptions): Result<M>;
  /** Whether a value is a message of this type; rules are not checked. Never throws. */
  is(value: unknown): value is M;
  /** `value instanceof contract` is the same as `is`. */
  [Symbol.hasInstance](value: unknown): value is M;
  /**
   * Whether two messages have equal fields, unknown fields included; false for what is no message of this
   * type. NaN equals NaN. Throws `input.unreadable` if reading a property does.
   */
  equals(a: M, b: M): boolean;
  /** A deep copy. Throws `type` for what is no message of this type, `input.unreadable` if copying it fails. */
  clone(message: M): M;

  /**
   * Validates a message and encodes it as binary. Throws the code of a broken rule, `budget.size` when the
   * bytes exceed `budget.maxBytes`, `input.bytes` or `input.elements` when `decode` would refuse them with
   * the same limits, and `config` for wrong options. A message of more than 2,000,000 bytes is read once to
   * count its elements. The result never changes, but its `.buffer` may hold other messages: see the option `own`.
   */
  encode(message: M, options?: EncodeOptions): Uint8Array;
  /** Like `encode`, but returns the error. */
  safeEncode(message: M, options?: EncodeOptions): Result<Uint8Array>;
  /**
   * Validates a message and encodes it as one or more `concord.parts.v1.Part`, each of at most `maxBytes`
   * bytes. A message that fits is one part too, so that receivers need not guess. `createAssembler` joins
   * the parts. Throws the code of a broken rule, `config` for wrong options, `budget.size` for a single
   * top-level record that no part can hold, and `input.elements` for more than 1,000,000 elements, which no
   * assembler takes. A message of more than 2,000,000 bytes is read once to count them.
   */
  encodeParts(message: M, options?: PartsOptions): Uint8Array[];
  /** Like `encodeParts`, but returns the error. */
  safeEncodeParts(message: M, options?: PartsOptions): Result<Uint8Array[]>;
  /**
   * Decodes a binary message, then validates it. The budget is not enforced on reading. Throws
   * `input.bytes`, `input.elements`, `input.type`, `input.depth`, `binary.truncated`, `binary.malformed`,
   * the code of a broken rule, or `config` for wrong options. What real programs send although a writer
   * must not is taken: see `safeDecode`.
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
   * Converts wire JSON to a message, then validates it. The input is neither kept nor changed. Keys that the
   * message does not have are refused or left out, as {@link JsonReadOptions.unknownKeys} says; only
   * `safeFromJson` lists those that were left out. Throws the code of the first value that cannot be
   * converted, or of a broken rule, `unknown_key`, and `config` for wrong options.
   */
  fromJson(json: unknown, options?: JsonReadOptions): M;
  /**
   * Like `fromJson`, but returns the error; a success lists the keys that were left out in `unknownKeys`, and
   * has `tolerated` as for `safeDecode`.
   */
  safeFromJson(json: unknown, options?: JsonReadOptions): JsonResult<M>;
  /** `JSON.stringify` of what `toJson` returns, made without the object between. Throws what `toJson` throws. */
  toJsonText(message: M, options?: JsonWriteOptions): string;
  /** Like `toJsonText`, but returns the error. */
  safeToJsonText(message: M, options?: JsonWriteOptions): Result<string>;
  /**
   * Parses JSON text, then does what `fromJson` does. Throws `input.type`, `input.bytes`, `input.elements`,
   * `json.syntax`, with `strict` also `duplicate_key`, `config` for wrong options, and what `fromJson` throws.
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

const ownBuffer = Object.freeze({ own: true });

/**
 * Creates the contract of a message type from its rules and its generated codec. Throws ContractError
 * `config` for wrong options.
 */
export function createContract<M extends Message, J>(
  schema: GenMessage<M>,
  definition: Definition<M, J>,
  codec: Codec<M>,
  options: ContractOptions = {},
): Contract<M, J> {
  const typeName = schema.typeName;
  const { alternative, maxBytes } = readContractOptions(typeName, options);
  const limits = defaultsFor(maxBytes);
  const { keys } = definition.dialect;
  const budget = budgetOf(schema);
  const enforce = createEnforcer(schema, definition);
  const is = (value: unknown): value is M => {
    try {
      return isMessage(value, schema);
    } catch {
      return false;
    }
  };
  definition.createWith(codec.create);
  const fromJson = (json: unknown, options?: JsonReadOptions): JsonValue<M> =>
    readJson(definition, enforce, json, readTextOptions(typeName, options, limits));
  const fromJsonText = (text: string, options?: JsonTextOptions): JsonValue<M> => {
    const settings = readTextOptions(typeName, options, limits);
    return readJson(definition, enforce, readText(typeName, text, settings), settings);
  };

  const decode = (bytes: Uint8Array, options: DecodeOptions | undefined): ReadValue<M> => {
    if (options === undefined) {
      assertLength("decode", typeName, bytes, limits.maxBytes);
      return enforce("decode", codec.decode(bytes), false);
    }
    const { strict, maxBytes, maxElements, own } = readBinaryOptions(typeName, options, limits);
    assertLength("decode", typeName, bytes, maxBytes);
    return enforce("decode", codec.decode(bytes, { maxElements, own }), strict);
  };

  const contract: Contract<M, J> = {
    typeName,
    schema,
    codec,
    budget,
    alternative,
    maxBytes: limits.maxBytes,
    definition,
    create: (init) => createMessage(schema, definition.constants, init),
    check(value, options) {
      enforce("check", value, readCheckOptions(typeName, options).strict);
      return unsafeCast<M>(value);
    },
    safeCheck: (value, options) => attempt(() => contract.check(value, options)),
    is,
    [Symbol.hasInstance]: is,
    equals: (a, b) =>
      guardedRead("compare", typeName, () => is(a) && is(b) && areEqual(schema, a, b)),
    clone(message) {
      if (is(message)) return guardedRead("copy", typeName, () => clone(schema, message));
      throw new ContractError("copy", typeName, notMessage(typeName, message));
    },

    encode(message, options) {
      const settings =
        options === undefined ? limits : readBinaryOptions(typeName, options, limits);
      const { value } = enforce("encode", message, settings.strict);
      const bytes = settings.own ? codec.encode(value, ownBuffer) : codec.encode(value);
      if (settings.budget && budget.maxBytes !== undefined) {
        assertSize(schema, bytes, budget.maxBytes, { keys, alternative });
      }
      assertDecodable(codec, bytes, settings);
      return bytes;
    },
    safeEncode: (message, options) => attempt(() => contract.encode(message, options)),
    encodeParts(message, options = {}) {
      const settings = readPartsOptions(typeName, options, budget.maxBytes);
      const bytes = codec.encode(enforce("encode", message, settings.strict).value);
      // Not its length: an assembler takes more bytes than `decode`, but no more elements.
      assertElements(codec, bytes, limits.maxElements);
      return toParts({ schema, keys, bytes }, settings);
    },
    safeEncodeParts: (message, options) => attempt(() => contract.encodeParts(message, options)),
    decode: (bytes, options) => decode(bytes, options).value,
    safeDecode: (bytes, options) => attemptRead(() => decode(bytes, options)),

    toJson(message, options) {
      const own = readWriteOptions(typeName, options);
      return writeJson(definition, enforce("encode to JSON", message, own.strict).value, own);
    },
    safeToJson: (message, options) => attempt(() => contract.toJson(message, options)),
    fromJson: (json, options) => fromJson(json, options).value,
    safeFromJson: (json, options) => attemptRead(() => fromJson(json, options)),
    toJsonText(message, options) {
      const own = readWriteOptions(typeName, options);
      return writeJsonText(definition, enforce("encode to JSON", message, own.strict).value, own);
    },
    safeToJsonText: (message, options) => attempt(() => contract.toJsonText(message, options)),
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

/** The defaults of a contract's options. */
function defaultsFor(maxBytes: number): BinarySettings & TextSettings {
  const maxLength = Math.max(contractDefaults.maxLength, Math.ceil(maxBytes * 2.5));
  return Object.freeze({ ...contractDefaults, maxBytes, maxLength });
}

function assertLength(
  operation: Operation,
  typeName: string,
  bytes: Uint8Array,
  maxBytes: number,
): void {
  const length = lengthOf(bytes);
  if (length <= maxBytes) return;
  const message = `${length} bytes are more than the ${maxBytes} that are accepted`;
  throw new ContractError(operation, typeName, { path: "", rule: "input.bytes", message });
}

/** Throws ContractError for an encoded message that `decode` would refuse with these limits. */
function assertDecodable<M>(
  codec: Codec<M>,
  bytes: Uint8Array,
  { maxBytes, maxElements }: BinarySettings,
): void {
  assertLength("encode", codec.typeName, bytes, maxBytes);
  assertElements(codec, bytes, maxElements);
}

/** Throws ContractError `input.elements` for an encoded message with more elements than that. */
function assertElements<M>(
  { typeName, decode }: Codec<M>,
  bytes: Uint8Array,
  maxElements: number,
): void {
  // Each element takes at least two bytes.
  if (bytes.length <= maxElements * 2) return;
  const result = attempt(() => decode(bytes, { alias: true, maxElements }));
  if (!result.ok) refuse("encode", typeName, result.error.issues);
}

function readJson<M>(
  definition: Definition<M>,
  enforce: Enforce<M>,
  json: unknown,
  { strict, unknownKeys }: TextSettings,
): JsonValue<M> {
  const operation = "decode from JSON";
  const { typeName } = definition.schema;
  const context = new Context(false, unknownKeys);
  const message = guardedRead(operation, typeName, () => definition.read(json, context));
  refuse(operation, typeName, context.issues);
  const checked = enforce(operation, message, strict, unknownKeys);
  return { ...checked, unknownKeys: context.unknownKeys };
}
