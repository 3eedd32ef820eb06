import { isPlainObject } from "../contract/base/plain-data.js";
import { guarded } from "../contract/base/result.js";
import { ContractError, mismatch } from "../wire/error.js";
import { type EnvelopeContract, MessageEnvelope, type MessageEnvelopeJson } from "./envelope.js";

const marks = ["type", "verb", "session_id", "request_id"] as const;
const anyVersion = /^(\d+)\.\d+$/;

/**
 * Reads what came out of `JSON.parse`: the envelope with all twelve keys, a copy, or null for what is none
 * (no object, or one without `type`, `verb`, `session_id` or `request_id`, as frames before v1.1 are).
 * Throws ContractError: `version.mismatch` for another major version than 1, before anything else is
 * looked at, and the codes of its rules for an envelope that breaks them. `contract` is that of an engine
 * with verbs of its own. Document: the Pitboss quick start, "Receiving a Response".
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
    if (!isPlainObject(data) || marks.some((key) => !data[key])) return false;
    const { version } = data;
    const [, major] = typeof version === "string" ? (anyVersion.exec(version) ?? []) : [];
    if (major === undefined || major === "1") return true;
    const issue = mismatch("version", "version.mismatch", "version 1.x", version);
    throw new ContractError("decode from JSON", typeName, issue);
  });
  return isEnvelope ? contract.toJson(contract.fromJson(data)) : null;
}
