import { Context } from "../../contract/base/context.js";
import { isPlainObject } from "../../contract/base/plain-data.js";
import { noSuchKey } from "../../contract/base/texts.js";
import { structParts } from "../../contract/rules/well-known.js";
import { setEntry } from "../../wire/map.js";
import { dialect } from "../dialect.js";

/** Prefix of the metadata entry that keeps a key of the event; the entry holds the value's JSON text. */
export const eventPrefix = "json_";
/** Prefix of the metadata entry that keeps a key of the payload. */
export const payloadPrefix = "json_payload.";

const struct = structParts();

type Metadata = { [key: string]: string };

/** Whether metadata has a name for a key of the event: not if it would be read back as a key of the payload. */
export function canKeepEventKey(key: string): boolean {
  return !key.startsWith("payload.");
}

/** Keeps keys that the event does not have as entries of metadata, unless unknown keys are refused. */
export function keepEventKeys(
  json: Readonly<Record<string, unknown>>,
  keys: readonly string[],
  metadata: Metadata,
  context: Context,
): void {
  keep(json, keys, eventPrefix, metadata, context);
}

/** Keeps keys that the payload does not have as entries of metadata, unless unknown keys are refused. */
export function keepPayloadKeys(
  json: Readonly<Record<string, unknown>>,
  keys: readonly string[],
  metadata: Metadata,
  context: Context,
): void {
  keep(json, keys, payloadPrefix, metadata, context);
}

function keep(
  json: Readonly<Record<string, unknown>>,
  keys: readonly string[],
  prefix: string,
  metadata: Metadata,
  context: Context,
): void {
  if (keys.length === 0) return;
  if (context.refusesUnknownKeys(dialect)) {
    for (const key of keys) context.fault("unknown_key", noSuchKey, key);
    return;
  }
  const entries: Record<string, unknown> = {};
  for (const key of keys) setEntry(entries, key, json[key]);
  const copy = struct.read(entries, context);
  if (!isPlainObject(copy)) return;
  for (const key of Object.keys(copy)) {
    const name = `${prefix}${key}`;
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

/** Metadata without the kept keys, and the keys that were kept in it. */
export interface KeptKeys {
  readonly metadata: Metadata;
  readonly event: Record<string, unknown>;
  readonly payload: Record<string, unknown>;
}

/**
 * Separates the kept keys from the rest of metadata. An entry stays in metadata if its text is not exactly
 * the text that keeping its value would write, or if the event or the payload has a field of that key.
 */
export function sortKeptKeys(
  metadata: Metadata,
  isEventKey: (key: string) => boolean,
  isPayloadKey: (key: string) => boolean,
): KeptKeys {
  const kept: KeptKeys = { metadata: {}, event: {}, payload: {} };
  for (const name of Object.keys(metadata)) {
    const text = metadata[name] ?? "";
    const ofPayload = name.startsWith(payloadPrefix);
    const key = name.slice((ofPayload ? payloadPrefix : eventPrefix).length);
    const taken = ofPayload ? isPayloadKey(key) : !name.startsWith(eventPrefix) || isEventKey(key);
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
