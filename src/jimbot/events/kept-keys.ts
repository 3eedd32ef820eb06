import { Context } from "../../contract/base/context.js";
import { isPlainObject } from "../../contract/base/plain-data.js";
import { structParts } from "../../contract/rules/well-known.js";
import { setEntry } from "../../wire/map.js";

/** What stands before an event's key in the metadata entry that keeps it; the entry holds the value's JSON text. */
export const eventStart = "json_";
/** The same, for a key of the payload. */
export const payloadStart = "json_payload.";
/** A key of the event that begins like this would be taken for a key of the payload. */
const ambiguousStart = "payload.";

const struct = structParts();

type Metadata = { [key: string]: string };

/** Keeps keys that the event does not have. Returns those that metadata has no name for. */
export function keepEventKeys(
  json: Readonly<Record<string, unknown>>,
  keys: readonly string[],
  metadata: Metadata,
  context: Context,
): string[] {
  const ambiguous = keys.filter((key) => key.startsWith(ambiguousStart));
  const named = keys.filter((key) => !key.startsWith(ambiguousStart));
  keep(json, named, eventStart, metadata, context);
  return ambiguous;
}

/** Keeps keys that the payload does not have. */
export function keepPayloadKeys(
  json: Readonly<Record<string, unknown>>,
  keys: readonly string[],
  metadata: Metadata,
  context: Context,
): void {
  keep(json, keys, payloadStart, metadata, context);
}

function keep(
  json: Readonly<Record<string, unknown>>,
  keys: readonly string[],
  start: string,
  metadata: Metadata,
  context: Context,
): void {
  if (keys.length === 0) return;
  const entries: Record<string, unknown> = {};
  for (const key of keys) setEntry(entries, key, json[key]);
  const copy = struct.read(entries, context);
  if (!isPlainObject(copy)) return;
  for (const key of Object.keys(copy)) {
    const name = `${start}${key}`;
    if (Object.hasOwn(metadata, name)) {
      context.fault(
        "duplicate_key",
        `metadata has an entry ${name.slice(0, 64)} for this key`,
        key,
      );
    }
    metadata[name] = JSON.stringify(copy[key]);
  }
}

/** Metadata, with the keys that were kept in it put apart. */
export interface KeptKeys {
  readonly metadata: Metadata;
  readonly event: Record<string, unknown>;
  readonly payload: Record<string, unknown>;
}

/**
 * Takes the kept keys out of metadata. An entry stays there when its text is not exactly what keeping
 * its value would give, or when the event or the payload has a field of its key.
 */
export function sortKeptKeys(
  metadata: Metadata,
  isEventKey: (key: string) => boolean,
  isPayloadKey: (key: string) => boolean,
): KeptKeys {
  const kept: KeptKeys = { metadata: {}, event: {}, payload: {} };
  for (const name of Object.keys(metadata)) {
    const text = metadata[name] ?? "";
    const ofPayload = name.startsWith(payloadStart);
    const key = name.slice((ofPayload ? payloadStart : eventStart).length);
    const taken = ofPayload ? isPayloadKey(key) : !name.startsWith(eventStart) || isEventKey(key);
    const value = taken ? undefined : parseExact(text);
    if (value === undefined) setEntry(kept.metadata, name, text);
    else setEntry(ofPayload ? kept.payload : kept.event, key, value);
  }
  return kept;
}

function parseExact(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    const context = new Context();
    struct.read({ value }, context);
    return context.issues.length === 0 && JSON.stringify(value) === text ? value : undefined;
  } catch {
    return undefined;
  }
}
