import {
  clone,
  create,
  equals,
  isMessage,
  type Message,
  type MessageInitShape,
  type MessageShape,
} from "@bufbuild/protobuf";
import type { GenMessage } from "@bufbuild/protobuf/codegenv2";
import * as z from "zod/mini";
import { lengthOf } from "../wire/buffers.js";
import type { Codec } from "../wire/codec.js";
import { ContractError, type ContractIssue, mismatch, type Operation } from "../wire/error.js";
import { Context, maxIssues } from "./base/context.js";
import {
  attempt,
  attemptJson,
  guarded,
  type JsonResult,
  type Result,
  refuse,
} from "./base/result.js";
import { reportDuplicateKeys } from "./interpreter/duplicate-keys.js";
import { parseJsonText } from "./interpreter/syntax.js";
import { JsonTextWriter } from "./interpreter/writer.js";
import type { Definition } from "./model/definition.js";
import {
  type CheckOptions,
  type DecodeOptions,
  defaults,
  type EncodeOptions,
  type JsonTextOptions,
  type JsonWriteOptions,
} from "./options.js";
import { budgetOf, enforceSize, type MessageBudget } from "./parts/budget.js";
import { type PartsOptions, readPartsOptions, toParts } from "./parts/parts.js";

import { issueSettings, toContractIssues } from "./rules/issues.js";
import { type StandardSchema, toStandardResult } from "./schema/standard-schema.js";

/** What a contract says of its message beyond the rules. */
export interface ContractOptions {
  /** What a message larger than its budget can be sent as besides parts, e.g. `frames`. The error names it. */
  readonly alternative?: string;
}

/**
 * Everything a service needs of one message type. `M` is the message, a plain protobuf-es v2
 * message; `J` is its wire JSON, in the dialect of the message's system. Doors enforce the rules;
 * each throws a {@link ContractError}, or returns it from its `safe…` twin.
 */
export interface Contract<M extends Message = Message, out J = unknown> {
  /** The full name of the message type, e.g. `beamline.flow.v1.RouteRequest`. */
  readonly typeName: M["$typeName"];
  /** The protobuf-es descriptor. */
  readonly schema: GenMessage<M>;
  /** The unchecked binary codec: no rules, no budget. */
  readonly codec: Codec<M>;
  /** What the message may cost, from its proto file. */
  readonly budget: MessageBudget;
  /** What it can be sent as besides parts when it is larger than its budget; errors name it. */
  readonly alternative: string | undefined;
  /** The rules and conversions that all doors share. */
  readonly definition: Definition<M, J>;

  /** A new message with documented constants and defaults set. Nothing is checked yet. */
  create(init?: MessageInitShape<GenMessage<M>>): M;
  /** The value as a message that keeps all rules. Throws with the code of the first rule that is broken. */
  check(value: unknown, options?: CheckOptions): M;
  safeCheck(value: unknown, options?: CheckOptions): Result<M>;
  /** True for a message of this type, whether or not it keeps the rules. */
  is(value: unknown): value is M;
  [Symbol.hasInstance](value: unknown): value is M;
  /** True when both messages have equal fields, unknown ones included. */
  equals(a: M, b: M): boolean;
  /** A deep copy. */
  clone(message: M): M;

  /** Rules, codec, size budget (`budget.size`). */
  encode(message: M, options?: EncodeOptions): Uint8Array;
  safeEncode(message: M, options?: EncodeOptions): Result<Uint8Array>;
  /**
   * Rules, codec, then as many parts as the budget asks for: each a `concord.parts.v1.Part` of at most
   * `maxBytes`, also where there is only one, so that receivers need not guess. Throws `budget.size` for
   * a single record that no part can hold. `createAssembler` puts the parts together.
   */
  encodeParts(message: M, options?: PartsOptions): Uint8Array[];
  safeEncodeParts(message: M, options?: PartsOptions): Result<Uint8Array[]>;
  /** Codec (`binary.…`, `input.…`), then rules. The budget does not matter on reading. */
  decode(bytes: Uint8Array, options?: DecodeOptions): M;
  safeDecode(bytes: Uint8Array, options?: DecodeOptions): Result<M>;

  /** Rules, then the wire JSON as an object of its own. */
  toJson(message: M, options?: JsonWriteOptions): J;
  safeToJson(message: M, options?: JsonWriteOptions): Result<J>;
  /** Wire JSON as an object, then rules. The input is not kept and not changed. */
  fromJson(json: unknown, options?: CheckOptions): M;
  safeFromJson(json: unknown, options?: CheckOptions): JsonResult<M>;
  /** `toJson` as text. */
  toJsonText(message: M, options?: JsonWriteOptions): string;
  safeToJsonText(message: M, options?: JsonWriteOptions): Result<string>;
  /** JSON text (`json.syntax`), then `fromJson`. */
  fromJsonText(text: string, options?: JsonTextOptions): M;
  safeFromJsonText(text: string, options?: JsonTextOptions): JsonResult<M>;
  /** The JSON side as a Standard Schema: `fromJson` for forms, routers and RPC libraries. */
  readonly "~standard": StandardSchema<M, J>;
}

/** Any contract, where its message type does not matter. */
// biome-ignore lint/suspicious/noExplicitAny: a contract takes and gives its message, so only `any` is above all of them.
export type AnyContract = Contract<any, unknown>;

/** Makes the contract of a definition and a generated codec. */
export function createContract<M extends Message, J>(
  schema: GenMessage<M>,
  definition: Definition<M, J>,
  codec: Codec<M>,
  { alternative }: ContractOptions = {},
): Contract<M, J> {
  const typeName = schema.typeName;
  const { keys } = definition.dialect;
  definition.createWith(codec.create);
  const limits = budgetOf(schema);
  let compiled: z.ZodMiniType<M> | undefined;

  const issuesOf = (value: unknown): ContractIssue[] => {
    if (!isMessage(value, schema)) return [mismatch("", "type", `a ${typeName} message`, value)];
    compiled ??= z.compile(definition.rule());
    if (z.validate(compiled, value)) return [];
    const result = compiled.safeParse(value, issueSettings);
    if (result.success) return [];
    const issues = result.error.issues.flatMap((issue) =>
      toContractIssues(issue, definition.steps),
    );
    return issues.slice(0, maxIssues);
  };
  const enforce = (operation: Operation, value: unknown, strict = false): M => {
    refuse(
      operation,
      typeName,
      guarded(operation, typeName, () => issuesOf(value)),
    );
    if (strict) {
      const context = new Context();
      guarded(operation, typeName, () => definition.strict(value, context));
      refuse(operation, typeName, context.issues);
    }
    if (isMessage(value, schema)) return value;
    throw new ContractError(operation, typeName, mismatch("", "type", `a ${typeName}`, value));
  };

  const contract: Contract<M, J> = {
    typeName,
    schema,
    codec,
    budget: limits,
    alternative,
    definition,
    create(init) {
      const message = create(schema, init);
      for (const [property, constant] of Object.entries(definition.constants)) {
        if (init === undefined || !(property in init)) Reflect.set(message, property, constant);
      }
      return message;
    },
    check: (value, options) => enforce("check", value, options?.strict),
    safeCheck: (value, options) => attempt(() => contract.check(value, options)),
    is: (value) => isMessage(value, schema),
    [Symbol.hasInstance]: (value): value is M => isMessage(value, schema),
    equals: (a, b) => equals(schema, a, b),
    clone: (message) => clone(schema, message),

    encode(message, { budget = defaults.budget, strict } = defaults) {
      const bytes = codec.encode(enforce("encode", message, strict));
      if (budget && limits.maxBytes !== undefined) {
        enforceSize(schema, bytes, limits.maxBytes, { keys, alternative });
      }
      return bytes;
    },
    safeEncode: (message, options) => attempt(() => contract.encode(message, options)),
    encodeParts(message, options = {}) {
      const settings = readPartsOptions(typeName, options, limits.maxBytes);
      const bytes = codec.encode(enforce("encode", message, settings.strict));
      return toParts({ schema, keys, bytes }, settings);
    },
    safeEncodeParts: (message, options) => attempt(() => contract.encodeParts(message, options)),
    decode(bytes, { maxBytes = defaults.maxBytes, strict } = defaults) {
      const length = lengthOf(bytes);
      if (length > maxBytes) {
        const message = `${length} bytes are more than the ${maxBytes} that are accepted`;
        throw new ContractError("decode", typeName, { path: "", rule: "input.bytes", message });
      }
      return enforce("decode", codec.decode(bytes), strict);
    },
    safeDecode: (bytes, options) => attempt(() => contract.decode(bytes, options)),

    toJson(message, { dropUnknown = defaults.dropUnknown, strict } = defaults) {
      const checked = enforce("encode to JSON", message, strict);
      const context = new Context(dropUnknown);
      const json = definition.write(checked, context);
      refuse("encode to JSON", typeName, context.issues);
      return json;
    },
    safeToJson: (message, options) => attempt(() => contract.toJson(message, options)),
    fromJson: (json, options) => read(json, options).value,
    safeFromJson: (json, options) => attemptJson(() => read(json, options)),
    toJsonText(message, { dropUnknown = defaults.dropUnknown, strict } = defaults) {
      const checked = enforce("encode to JSON", message, strict);
      const context = new Context(dropUnknown);
      const out = new JsonTextWriter(context);
      definition.text(checked, out);
      const text = out.finish();
      if (context.issues.length === 0) return text;
      // What has no words in JSON is told by toJson, which knows the places.
      return JSON.stringify(contract.toJson(checked, { dropUnknown }));
    },
    safeToJsonText: (message, options) => attempt(() => contract.toJsonText(message, options)),
    fromJsonText: (text, options) => read(parse(text, options), options).value,
    safeFromJsonText: (text, options) => attemptJson(() => read(parse(text, options), options)),
    "~standard": {
      version: 1,
      vendor: "concord",
      validate: (value) => toStandardResult(contract.safeFromJson(value)),
    },
  };

  function read(
    json: unknown,
    { strict }: CheckOptions = defaults,
  ): { value: M; unknownKeys: readonly string[] } {
    const operation = "decode from JSON";
    const context = new Context();
    const message = guarded(operation, typeName, () => definition.read(json, context));
    refuse(operation, typeName, context.issues);
    return { value: enforce(operation, message, strict), unknownKeys: context.unknownKeys };
  }

  function parse(
    text: string,
    { maxLength = defaults.maxLength, strict }: JsonTextOptions = defaults,
  ): unknown {
    const json = parseJsonText(typeName, text, maxLength);
    if (strict === true) {
      const context = new Context();
      reportDuplicateKeys(text, context);
      refuse("decode from JSON", typeName, context.issues);
    }
    return json;
  }

  return contract;
}

export type { MessageShape };
