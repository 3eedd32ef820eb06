import { guarded } from "../contract/base/result.js";
import { MessageEnvelope, protocolVersion } from "./envelope.js";
import { callOption } from "./envelope-options.js";

/** What a lenient reader changed in an envelope. Both lists are empty for an envelope of the protocol. */
export interface EnvelopeRepairs {
  /** The keys that were missing or null and have a default now, in the order of the protocol. */
  readonly defaulted: readonly string[];
  /** The keys that the protocol does not have, which were left out, in the order of the input. */
  readonly ignored: readonly string[];
}

/** The keys that the other implementations of the protocol require. */
const requiredKeys = ["type", "session_id", "request_id", "verb"] as const;
/** The keys that they give a default. */
const defaults = {
  version: () => protocolVersion,
  timestamp: (_isError: boolean, now: () => number) => callOption("now", now),
  nextAgent: () => null,
  returnCode: (isError: boolean) => (isError ? -1 : 0),
  decision: () => null,
  confidence: () => 0,
  reason: () => "",
  messageBody: () => ({}),
} as const;

/** A copy of an envelope with defaults for the keys that it lacks, without those that the protocol does not have. */
export function repairEnvelope(
  data: Readonly<Record<string, unknown>>,
  now: () => number,
): EnvelopeRepairs & { readonly json: Readonly<Record<string, unknown>> } {
  return guarded("decode from JSON", MessageEnvelope.typeName, () => {
    const json: Record<string, unknown> = {};
    for (const key of requiredKeys) json[key] = data[key];
    const defaulted: string[] = [];
    for (const [key, makeDefault] of Object.entries(defaults)) {
      const value = data[key];
      json[key] = value ?? makeDefault(json["type"] === "error", now);
      if (value === undefined || (value === null && json[key] !== null)) defaulted.push(key);
    }
    const ignored = Object.keys(data).filter((key) => !Object.hasOwn(json, key));
    return { json, defaulted, ignored };
  });
}
