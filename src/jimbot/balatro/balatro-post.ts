import type { Message } from "@bufbuild/protobuf";
import { isPlainObject } from "../../contract/base/plain-data.js";
import { attempt, guarded, type Result, refuse } from "../../contract/base/result.js";
import type { Contract } from "../../contract/contract.js";
import { hasMoreContainers } from "../../contract/interpreter/containers.js";
import { parseJsonText } from "../../contract/interpreter/syntax.js";
import { contractDefaults } from "../../contract/options.js";
import { jimbotConfig } from "../deployment/config.js";
import { Event, EventBatch } from "../events/event.js";
import { eventDefaults } from "../events/pack-event.js";
import { type Defaults, repairBatch, repairEvent } from "./envelope.js";
import { type BalatroRepair, RepairContext } from "./repairs.js";
import { repairText } from "./text.js";

/** Options of the methods of {@link BalatroPost}. */
export interface BalatroOptions {
  /** Creates the `event_id` of an event without one. Default a random UUID version 4. */
  readonly newId?: () => string;
  /** The time of arrival in milliseconds since 1970, for an event without a timestamp. Default `Date.now`. */
  readonly now?: () => number;
}

/** Options of the text methods of {@link BalatroPost}. */
export interface BalatroTextOptions extends BalatroOptions {
  /** Maximum length of the text in UTF-16 units; longer texts are refused unread. Default 10,485,760, the bus's limit. */
  readonly maxLength?: number;
}

/** The defaults of all options of {@link BalatroPost}. */
export const balatroDefaults: Readonly<Required<BalatroTextOptions>> = Object.freeze({
  ...eventDefaults,
  maxLength: jimbotConfig.eventBus.maxMessageBytes,
});

/** The content of one HTTP body that the BalatroMCP mod posts to the event bus: one event or a batch. */
export interface BalatroPost {
  /** The events in their order; a single event is a list of one. Each is valid. */
  readonly events: readonly Event[];
  /** The batch that contains the events; undefined for a single event. */
  readonly batch: EventBatch | undefined;
  /** Every value that was changed while reading, in the order found. */
  readonly repairs: readonly BalatroRepair[];
  /** Paths of keys that were ignored and are not kept in metadata. */
  readonly unknownKeys: readonly string[];
}

/** The methods of {@link BalatroPost}. */
export interface BalatroMethods {
  /**
   * Reads a parsed body. For what cannot be understood it throws a ContractError with the paths of the
   * mod's JSON and the codes of `Event.fromJson`: `enum` for an unknown event type, `required` for a
   * missing one.
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
 *   the exact integers of 53 bits) becomes the nearest number in range.
 * - `timestamp` is in milliseconds; a fraction is cut off. Below 10^12 it counts from the start of the
 *   game and is not changed.
 * - The deck may be an object (its `full_deck` is read, or else its `cards_remaining`), the shop an object
 *   of slots (read as prices in dollars by the item's name, or by slot if two items have the same name),
 *   a score an object with the number under `amt`.
 * - `connection_test` with `data` is read as CONNECTION_TEST with `payload`. Missing `event_id`,
 *   `timestamp`, `source` and `version` are filled in.
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
  defaults: Defaults,
  context: RepairContext,
): BalatroPost {
  const { value, unknownKeys } = read(EventBatch, context, () =>
    repairBatch(json, context, defaults),
  );
  return { events: value.events, batch: value, repairs: context.repairs, unknownKeys };
}

function readEvent(json: unknown, defaults: Defaults, context: RepairContext): BalatroPost {
  const { value, unknownKeys } = read(Event, context, () => repairEvent(json, context, defaults));
  return { events: [value], batch: undefined, repairs: context.repairs, unknownKeys };
}

function read<M extends Message>(
  contract: Contract<M>,
  context: RepairContext,
  repair: () => unknown,
): { value: M; unknownKeys: readonly string[] } {
  const operation = "decode from JSON";
  const json = guarded(operation, contract.typeName, repair);
  refuse(operation, contract.typeName, context.issues);
  const result = contract.safeFromJson(json);
  if (!result.ok) throw context.translated(result.error);
  const unknownKeys = result.unknownKeys.map((path) => context.original(path));
  return { value: result.value, unknownKeys };
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
