import type { Message } from "@bufbuild/protobuf";
import { isPlainObject } from "../../contract/base/plain-data.js";
import { attempt, guarded, type Result, refuse } from "../../contract/base/result.js";
import type { Contract } from "../../contract/contract.js";
import { parseJsonText } from "../../contract/interpreter/syntax.js";
import { jimbotConfig } from "../deployment/config.js";
import { Event, EventBatch } from "../events/event.js";
import { eventDefaults } from "../events/pack-event.js";
import { type Fillings, repairBatch, repairEvent } from "./envelope.js";
import { type BalatroRepair, RepairContext } from "./repairs.js";
import { repairText } from "./text.js";

/** Options of the doors of {@link BalatroPost}. */
export interface BalatroOptions {
  /** Makes the `event_id` of an event that has none. Default a random UUID version 4. */
  readonly newId?: () => string;
  /** The time of arrival in milliseconds since 1970, for an event that has no time. Default `Date.now`. */
  readonly now?: () => number;
}

/** Options of the doors for text of {@link BalatroPost}. */
export interface BalatroTextOptions extends BalatroOptions {
  /** Refuses longer texts unread, counted in UTF-16 units. Default 10,485,760, the bus's limit. */
  readonly maxLength?: number;
}

/** The defaults of all options of {@link BalatroPost}. */
export const balatroDefaults: Readonly<Required<BalatroTextOptions>> = Object.freeze({
  ...eventDefaults,
  maxLength: jimbotConfig.eventBus.maxMessageBytes,
});

/** What the BalatroMCP mod posts to the event bus, read: one event, or a batch. */
export interface BalatroPost {
  /** The events in the order in which they came; of a single event a list of one. Each keeps its rules. */
  readonly events: readonly Event[];
  /** The batch that holds the events; undefined for a single event. */
  readonly batch: EventBatch | undefined;
  /** Everything that was read otherwise than it was written, in the order in which it was found. */
  readonly repairs: readonly BalatroRepair[];
  /** Paths of keys that were read over and are kept nowhere. */
  readonly unknownKeys: readonly string[];
}

/** The doors for what the mod posts. */
export interface BalatroMethods {
  /**
   * Reads a parsed body. Throws a ContractError in the words of the mod's JSON for what cannot be
   * understood, with the codes of `Event.fromJson`: `enum` for an unknown event type, `required` where
   * it is missing.
   */
  fromJson(json: unknown, options?: BalatroOptions): BalatroPost;
  safeFromJson(json: unknown, options?: BalatroOptions): Result<BalatroPost>;
  /**
   * Reads a body, also where Lua wrote what is not quite JSON: raw control characters in texts, and the
   * bare numbers `inf` and `nan`. Throws `json.syntax` for what is no JSON then, `input.bytes` for a
   * text that is too long, and what `fromJson` throws.
   */
  fromJsonText(text: string, options?: BalatroTextOptions): BalatroPost;
  safeFromJsonText(text: string, options?: BalatroTextOptions): Result<BalatroPost>;
}

/**
 * The door for the JSON that the BalatroMCP mod (Lua) really posts to `/api/v1/events` and
 * `/api/v1/events/batch`, which `Event` and `EventBatch` refuse for good reason. Every repair is listed
 * in `repairs`; what no field can hold is kept as JSON text in the event's metadata, under `json_<key>`
 * or `json_payload.<key>`. Document: the JimBot specification, "Current BalatroMCP JSON Format", and
 * the mod's own code.
 *
 * - `{}` for an empty list; numbers, true and false as text; texts as numbers.
 * - Fractions of whole numbers are cut off. A number beyond its field (int32, exact integers of 53 bits
 *   for int64) becomes the nearest that it holds.
 * - `timestamp` in milliseconds, with a fraction cut off. Below 10^12 it counts from the start of the
 *   game and stays as it is.
 * - The deck as an object (its `full_deck`, else its `cards_remaining`), the shop as an object of slots
 *   (prices in dollars by the item's name, by the slot where two items have one name), scores under `amt`.
 * - `connection_test` with `data`; events without `event_id`, `timestamp`, `source` or `version`.
 */
export const BalatroPost: BalatroMethods = Object.freeze({
  fromJson: (json, options = {}) => readPost(json, options, new RepairContext()),
  safeFromJson: (json, options) => attempt(() => BalatroPost.fromJson(json, options)),
  fromJsonText(text, options = {}) {
    const context = new RepairContext();
    return readPost(
      parse(text, options.maxLength ?? balatroDefaults.maxLength, context),
      options,
      context,
    );
  },
  safeFromJsonText: (text, options) => attempt(() => BalatroPost.fromJsonText(text, options)),
} satisfies BalatroMethods);

function readPost(json: unknown, options: BalatroOptions, context: RepairContext): BalatroPost {
  const { newId, now } = { ...balatroDefaults, ...options };
  return isBatch(json)
    ? readBatch(json, { newId, now }, context)
    : readEvent(json, { newId, now }, context);
}

function isBatch(json: unknown): json is Record<string, unknown> {
  return isPlainObject(json) && (Object.hasOwn(json, "events") || Object.hasOwn(json, "batch_id"));
}

function readBatch(
  json: Readonly<Record<string, unknown>>,
  fillings: Fillings,
  context: RepairContext,
): BalatroPost {
  const { value, unknownKeys } = read(EventBatch, context, () =>
    repairBatch(json, context, fillings),
  );
  return { events: value.events, batch: value, repairs: context.repairs, unknownKeys };
}

function readEvent(json: unknown, fillings: Fillings, context: RepairContext): BalatroPost {
  const { value, unknownKeys } = read(Event, context, () => repairEvent(json, context, fillings));
  return { events: [value], batch: undefined, repairs: context.repairs, unknownKeys };
}

function read<M extends Message>(
  contract: Contract<M>,
  context: RepairContext,
  mend: () => unknown,
): { value: M; unknownKeys: readonly string[] } {
  const operation = "decode from JSON";
  const json = guarded(operation, contract.typeName, mend);
  refuse(operation, contract.typeName, context.issues);
  const result = contract.safeFromJson(json);
  if (!result.ok) throw context.translated(result.error);
  const unknownKeys = result.unknownKeys.map((path) => context.original(path));
  return { value: result.value, unknownKeys };
}

function parse(text: string, maxLength: number, context: RepairContext): unknown {
  const fits = typeof text === "string" && text.length <= maxLength;
  const json = fits ? tryParse(text) : undefined;
  if (json !== undefined) return json.value;
  // Escapes make a text longer, and it was short enough.
  return fits
    ? parseJsonText(Event.typeName, repairText(text, context), Number.POSITIVE_INFINITY)
    : parseJsonText(Event.typeName, text, maxLength);
}

function tryParse(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
