import type { UnknownKeys } from "../../contract/base/dialect.js";
import { reportLimit } from "../../contract/base/limits.js";
import { isPlainObject } from "../../contract/base/plain-data.js";
import { attempt, guardedRead, type Result } from "../../contract/base/result.js";
import { readOptions, reportKind, reportUnknownKeys } from "../../contract/base/settings.js";
import { hasMoreContainers } from "../../contract/interpreter/containers.js";
import { parseJsonText } from "../../contract/interpreter/syntax.js";
import { contractDefaults } from "../../contract/options.js";
import { jimbotConfig } from "../deployment/config.js";
import { callNewId, callNow } from "../events/callbacks.js";
import { Event, type EventBatch } from "../events/event.js";
import { eventDefaults } from "../events/pack-event.js";
import { type RefusedEvent, readBatch } from "./batch.js";
import type { Defaults } from "./envelope.js";
import { readEvent } from "./read-event.js";
import { type BalatroRepair, RepairContext } from "./repairs.js";
import { repairText } from "./text.js";

/** Options of the methods of {@link BalatroPost}. */
export interface BalatroOptions {
  /** Creates the `event_id` of an event without one. Default a random UUID version 4. */
  readonly newId?: () => string;
  /** The time of arrival in milliseconds since 1970, for an event without a timestamp. Default `Date.now`. */
  readonly now?: () => number;
  /**
   * What to do with keys that the messages do not have, at every depth: `refuse` throws `unknown_key`, of an
   * event of a batch in `refused`; `report` keeps them in the event's metadata or lists them in
   * `unknownKeys`. Default `report`, as the mod sends such keys.
   */
  readonly unknownKeys?: UnknownKeys;
}

/** Options of the text methods of {@link BalatroPost}. */
export interface BalatroTextOptions extends BalatroOptions {
  /** Maximum length of the text in UTF-16 units; longer texts are refused unread. Default 10,485,760, the bus's limit. */
  readonly maxLength?: number;
}

/** The defaults of all options of {@link BalatroPost}. */
export const balatroDefaults: Readonly<Required<BalatroTextOptions>> = Object.freeze({
  ...eventDefaults,
  unknownKeys: "report",
  maxLength: jimbotConfig.eventBus.maxMessageBytes,
});

/** The content of one HTTP body that the BalatroMCP mod posts to the event bus: one event or a batch. */
export interface BalatroPost {
  /** The events in their order; a single event is a list of one. Each is valid. */
  readonly events: readonly Event[];
  /** The events of the batch that cannot be read, in their order; at most 1,000. Empty for a single event. */
  readonly refused: readonly RefusedEvent[];
  /** The batch with these `events`; undefined for a single event. A batch without events cannot be written. */
  readonly batch: EventBatch | undefined;
  /** Every value of these `events` that was changed while reading, in the order found. */
  readonly repairs: readonly BalatroRepair[];
  /** Paths of keys that were ignored and are not kept in metadata. */
  readonly unknownKeys: readonly string[];
}

/** The methods of {@link BalatroPost}. */
export interface BalatroMethods {
  /**
   * Reads a parsed body. An event of a batch that cannot be read is in `refused`, and the others are read.
   * Throws a ContractError for a single event, and for a batch with a wrong `batch_id`, `source` or
   * `timestamp`, without `events`, or with more than 1,000 refused ones. It has the paths of the mod's JSON
   * and the codes of `Event.fromJson`: `enum` for an unknown event type, `required` for a missing one.
   * Throws `config` for wrong options, and for one that throws or gives a wrong value.
   */
  fromJson(json: unknown, options?: BalatroOptions): BalatroPost;
  safeFromJson(json: unknown, options?: BalatroOptions): Result<BalatroPost>;
  /**
   * Reads a body. Accepts two things that Lua writes although they are not JSON: raw control characters
   * in strings, and the bare numbers `inf` and `nan`. Throws `json.syntax` for any other invalid JSON,
   * `input.bytes` for a text that is too long, and what `fromJson` throws.
   */
  fromJsonText(text: string, options?: BalatroTextOptions): BalatroPost;
  safeFromJsonText(text: string, options?: BalatroTextOptions): Result<BalatroPost>;
}

/**
 * Reads the JSON that the BalatroMCP mod (Lua) actually posts to `/api/v1/events` and
 * `/api/v1/events/batch`. It differs from the specification, so `Event` and `EventBatch` refuse it. Every
 * repair is listed in `repairs`. A value that no field can hold is kept as JSON text in the event's
 * metadata, under `json_<key>` or `json_payload.<key>`. Document: the JimBot specification, "Current
 * BalatroMCP JSON Format", and the mod's own code.
 *
 * - `{}` is read as an empty list, numbers and booleans in strings as such, numbers and booleans as
 *   strings where a string belongs.
 * - In an integer field a fraction is cut off. A number beyond the range of its field (int32; for int64
 *   the exact integers of 53 bits) becomes the nearest number in range, and `nan` becomes 0. A difference
 *   of such values is calculated again.
 * - `timestamp` is in milliseconds; a fraction is cut off. Below 10^12 it counts from the start of the
 *   game and is not changed.
 * - The deck may be an object (its `full_deck` is read, or else its `cards_remaining`), the shop an object
 *   of slots (read as prices in dollars by the item's name, or by slot if two items have the same name),
 *   a score an object with the number under `amt`.
 * - `connection_test` with `data` is read as CONNECTION_TEST with `payload`. Missing `event_id`,
 *   `timestamp`, `source` and `version` are filled in.
 *
 *     const { events, refused } = BalatroPost.fromJsonText(body);
 *     for (const { index, error } of refused) console.warn(`event ${index}: ${error.message}`);
 */
export const BalatroPost: BalatroMethods = Object.freeze({
  fromJson(json, options = {}) {
    const { defaults, unknownKeys } = readPostOptions(options);
    return readPost(json, defaults, new RepairContext([], unknownKeys));
  },
  safeFromJson: (json, options) => attempt(() => BalatroPost.fromJson(json, options)),
  fromJsonText(text, options = {}) {
    const { defaults, maxLength, unknownKeys } = readPostOptions(options);
    const context = new RepairContext([], unknownKeys);
    return readPost(parse(text, maxLength, context), defaults, context);
  },
  safeFromJsonText: (text, options) => attempt(() => BalatroPost.fromJsonText(text, options)),
} satisfies BalatroMethods);

interface PostSettings extends Required<Pick<BalatroTextOptions, "maxLength" | "unknownKeys">> {
  readonly defaults: Defaults;
}

function readPostOptions(options: BalatroTextOptions): PostSettings {
  const name = "jimbot.BalatroPost";
  const own = readOptions(name, options, ({ newId, now, maxLength, unknownKeys }, context) => {
    reportUnknownKeys(context, unknownKeys);
    reportKind(context, "newId", newId, "function");
    reportKind(context, "now", now, "function");
    reportLimit(context, "maxLength", maxLength);
  });
  const { newId = balatroDefaults.newId, now = balatroDefaults.now } = own;
  const defaults = { newId: () => callNewId(name, newId), now: () => callNow(name, now) };
  const { maxLength = balatroDefaults.maxLength, unknownKeys = balatroDefaults.unknownKeys } = own;
  return { defaults, maxLength, unknownKeys };
}

function readPost(json: unknown, defaults: Defaults, context: RepairContext): BalatroPost {
  const isBatch = guardedRead("decode from JSON", Event.typeName, () => hasBatchKeys(json));
  if (isBatch) return readBatch(json, defaults, context);
  const { event, unknownKeys } = readEvent(json, defaults, context, Event.typeName);
  const { repairs } = context;
  return { events: [event], refused: [], batch: undefined, repairs, unknownKeys };
}

function hasBatchKeys(json: unknown): boolean {
  return isPlainObject(json) && (Object.hasOwn(json, "events") || Object.hasOwn(json, "batch_id"));
}

function parse(text: string, maxLength: number, context: RepairContext): unknown {
  const { maxElements } = contractDefaults;
  const fits =
    typeof text === "string" && text.length <= maxLength && !hasMoreContainers(text, maxElements);
  const json = fits ? tryParse(text) : undefined;
  if (json !== undefined) return json.value;
  // Escaping makes the text longer, so its length was checked before.
  return fits
    ? parseJsonText(Event.typeName, repairText(text, context), { maxLength: Infinity, maxElements })
    : parseJsonText(Event.typeName, text, { maxLength, maxElements });
}

function tryParse(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
