import { Context } from "../contract/base/context.js";
import { isObject, isPlainObject } from "../contract/base/plain-data.js";
import { guarded } from "../contract/base/result.js";
import { readOptions, reportKind } from "../contract/base/settings.js";
import { ContractError, mismatch } from "../wire/error.js";
import { type EnvelopeContract, MessageEnvelope, type MessageEnvelopeJson } from "./envelope.js";
import { envelopeDefaults } from "./envelope-options.js";
import { type EnvelopeRepairs, repairEnvelope } from "./lenient-envelope.js";

/** The options of {@link parseEnvelope}. */
export interface ParseEnvelopeOptions {
  /** The contract of an engine with verbs of its own. Default `MessageEnvelope`. */
  readonly contract?: EnvelopeContract;
  /**
   * Whether to read what the other implementations of the protocol read: an envelope with only `type`,
   * `verb`, `session_id` and `request_id`, and with keys that the protocol does not have. Default false;
   * costs a copy.
   */
  readonly lenient?: boolean;
  /** The time for a missing `timestamp`, in whole milliseconds since the Unix epoch. Default `Date.now()`. */
  readonly now?: () => number;
}

/** The defaults of {@link ParseEnvelopeOptions} that are values. */
export const parseEnvelopeDefaults: Readonly<
  Required<Pick<ParseEnvelopeOptions, "lenient" | "now">>
> = /* @__PURE__ */ Object.freeze({ lenient: false, now: envelopeDefaults.now });

/** An envelope that was read leniently, and what was changed in it. */
export interface LenientEnvelope extends EnvelopeRepairs {
  readonly envelope: MessageEnvelopeJson;
}

const requiredKeys = ["type", "verb", "session_id", "request_id"] as const;
const anyVersion = /^(\d+)\.\d+$/;

/**
 * Parses the result of `JSON.parse` into a new envelope with all twelve keys. Returns null for a value that
 * is not an envelope: not an object, or without `type`, `verb`, `session_id` or `request_id`, such as a
 * frame before v1.1. Throws ContractError: `version.mismatch` for another major version than 1, whatever
 * else is wrong, the codes of the rules for an envelope that breaks them, `config` for invalid options.
 * Document: the Pitboss quick start, "Receiving a Response".
 *
 * With `lenient`, keys that are missing or null get a default: `version` "1.1", `timestamp` now, `nextAgent`
 * null, `returnCode` 0 (in an error -1), `decision` null, `confidence` 0, `reason` "", `messageBody` `{}`.
 * Keys that the protocol does not have are left out. The result has the envelope and both lists of keys.
 *
 * ```ts
 * websocket.onmessage = (event) => {
 *   const envelope = parseEnvelope(JSON.parse(event.data));
 *   if (envelope !== null) console.log(formatEnvelope(envelope));
 * };
 * ```
 */
export function parseEnvelope(
  data: unknown,
  options: ParseEnvelopeOptions & { readonly lenient: true },
): LenientEnvelope | null;
export function parseEnvelope(
  data: unknown,
  options?: ParseEnvelopeOptions & { readonly lenient?: false },
): MessageEnvelopeJson | null;
export function parseEnvelope(
  data: unknown,
  options: ParseEnvelopeOptions = parseEnvelopeDefaults,
): MessageEnvelopeJson | LenientEnvelope | null {
  const own = readParseOptions(options);
  const read = readEnvelope(data, own);
  return own.lenient === true ? read : (read?.envelope ?? null);
}

/** Does what {@link parseEnvelope} does, with checked options. */
export function readEnvelope(
  data: unknown,
  { contract = MessageEnvelope, lenient, now = parseEnvelopeDefaults.now }: ParseEnvelopeOptions,
): LenientEnvelope | null {
  if (!isEnvelope(data, contract.typeName)) return null;
  const { json, defaulted, ignored } =
    lenient === true ? repairEnvelope(data, now) : { json: data, defaulted: [], ignored: [] };
  const message = contract.fromJson(json);
  // Not `toJson`: it refuses to write the errors of other verbs, which are read.
  return { envelope: contract.definition.write(message, new Context()), defaulted, ignored };
}

/** A checked copy of the options. Throws ContractError `config` with every fault. */
export function readParseOptions(options: ParseEnvelopeOptions): ParseEnvelopeOptions {
  return readOptions(MessageEnvelope.typeName, options, ({ contract, lenient, now }, context) => {
    if (contract !== undefined && !(isObject(contract) && isObject(contract.definition))) {
      context.mismatch("config", "a contract of envelopes", contract, "contract");
    }
    if (lenient !== undefined && typeof lenient !== "boolean") {
      context.mismatch("config", "a boolean", lenient, "lenient");
    }
    reportKind(context, "now", now, "function");
  });
}

/** Whether a value is an envelope. Throws `version.mismatch` for one of another major version. */
function isEnvelope(data: unknown, typeName: string): data is Readonly<Record<string, unknown>> {
  return guarded("decode from JSON", typeName, () => {
    if (!isPlainObject(data) || requiredKeys.some((key) => !data[key])) return false;
    const { version } = data;
    const [, major] = typeof version === "string" ? (anyVersion.exec(version) ?? []) : [];
    if (major === undefined || major === "1") return true;
    const issue = mismatch("version", "version.mismatch", "version 1.x", version);
    throw new ContractError("decode from JSON", typeName, issue);
  });
}
