import { isPlainObject } from "../contract/base/plain-data.js";
import { guarded } from "../contract/base/result.js";
import { ContractError, mismatch } from "../wire/error.js";
import { type EnvelopeContract, MessageEnvelope, type MessageEnvelopeJson } from "./envelope.js";

const requiredKeys = ["type", "verb", "session_id", "request_id"] as const;
const anyVersion = /^(\d+)\.\d+$/;

/**
 * Parses the result of `JSON.parse` into a new envelope with all twelve keys. Returns null for a value that
 * is not an envelope: not an object, or without `type`, `verb`, `session_id` or `request_id`, such as a
 * frame before v1.1. `contract` is the contract of an engine with verbs of its own. Throws ContractError:
 * `version.mismatch` for another major version than 1, whatever else is wrong, and the codes of the rules
 * for an envelope that breaks them. Document: the Pitboss quick start, "Receiving a Response".
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
  contract: EnvelopeContract = MessageEnvelope,
): MessageEnvelopeJson | null {
  const { typeName } = contract;
  const isEnvelope = guarded("decode from JSON", typeName, () => {
    if (!isPlainObject(data) || requiredKeys.some((key) => !data[key])) return false;
    const { version } = data;
    const [, major] = typeof version === "string" ? (anyVersion.exec(version) ?? []) : [];
    if (major === undefined || major === "1") return true;
    const issue = mismatch("version", "version.mismatch", "version 1.x", version);
    throw new ContractError("decode from JSON", typeName, issue);
  });
  return isEnvelope ? contract.toJson(contract.fromJson(data)) : null;
}
