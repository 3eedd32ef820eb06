import { EventBatchSchema } from "../../../gen/jimbot/events/v1/event_pb.js";
import { isPlainObject } from "../../contract/base/plain-data.js";
import { guarded } from "../../contract/base/result.js";
import { ContractError, isContractError } from "../../wire/error.js";
import { type Event, EventBatch } from "../events/event.js";
import type { Defaults } from "./envelope.js";
import { readEvent } from "./read-event.js";
import { type BalatroRepair, RepairContext } from "./repairs.js";
import { repairMessage, toObject } from "./values.js";

const operation = "decode from JSON";
const { typeName } = EventBatch;

/** Above this, a batch is refused as a whole: the mod's batches have 50 events. */
const maxRefused = 1_000;
/** Maximum number of refused events that the error of a whole batch names. */
const maxNamed = 19;

/** A batch without events is refused, so its own keys are read beside this one. */
const placeholder = {
  type: "CONNECTION_TEST",
  source: "placeholder",
  event_id: "placeholder",
  timestamp: 0,
  version: 1,
  payload: {},
};

/** An event of a batch that cannot be read. */
export interface RefusedEvent {
  /** Its place in the batch, counted from 0. */
  readonly index: number;
  /** Why it is refused, with the paths of the mod's JSON: `events[3].payload.ante`. */
  readonly error: ContractError;
  /** The event as it was posted: the caller's own value, unchanged. */
  readonly json: unknown;
}

/** What was read of a batch. */
interface ReadBatch {
  readonly events: Event[];
  readonly refused: RefusedEvent[];
  readonly batch: EventBatch;
  readonly repairs: BalatroRepair[];
  readonly unknownKeys: string[];
}

/** The keys and events of a batch, before the events are read. */
interface Frame {
  readonly batch: EventBatch;
  readonly head: Readonly<Record<string, unknown>>;
  readonly items: readonly unknown[];
  readonly count: number;
  readonly unknownKeys: readonly string[];
}

/** Reads a batch. What cannot be read of its events is in `refused`. */
export function readBatch(json: unknown, defaults: Defaults, context: RepairContext): ReadBatch {
  const { batch, head, items, count, unknownKeys } = readFrame(json, context);
  const { events } = batch;
  const { repairs } = context;
  const post: ReadBatch = { events, refused: [], batch, repairs, unknownKeys: [...unknownKeys] };
  for (let index = 0; index < count; index++) {
    const own = new RepairContext(["events", index], context.unknownKeyMode);
    let item: unknown;
    try {
      item = guarded(operation, typeName, () => items[index]);
      const read = readEvent(item, { ...defaults, batch: head }, own, typeName);
      post.events.push(read.event);
      for (const repair of own.repairs) post.repairs.push(repair);
      for (const key of read.unknownKeys) post.unknownKeys.push(key);
    } catch (error) {
      // A wrong option is no fault of the event.
      if (!isContractError(error) || error.code === "config") throw error;
      post.refused.push({ index, error, json: item });
      if (post.refused.length > maxRefused) throw tooManyRefused(post.refused, count);
    }
  }
  return post;
}

function readFrame(json: unknown, context: RepairContext): Frame {
  const { head, events, items, count } = guarded(operation, typeName, () => {
    const { events: posted, ...given } = toObject(json);
    const { value, rest } = repairMessage(EventBatchSchema, given, context);
    const repaired = repairEvents(posted, context);
    const list: readonly unknown[] = Array.isArray(repaired) ? repaired : [];
    return {
      // A batch has no metadata to keep what its fields cannot hold, so the contract must get to refuse it.
      head: { ...toObject(value), ...toObject(rest) },
      events: list === repaired ? [placeholder] : repaired,
      items: list,
      count: list.length,
    };
  });
  const result = EventBatch.safeFromJson(
    { ...head, events },
    { unknownKeys: context.unknownKeyMode },
  );
  if (!result.ok) throw context.translated(result.error, typeName);
  result.value.events = [];
  return { batch: result.value, head, items, count, unknownKeys: result.unknownKeys };
}

/** The empty table of Lua is an empty list. */
function repairEvents(events: unknown, context: RepairContext): unknown {
  if (!isPlainObject(events) || Object.keys(events).length > 0) return events;
  context.enter("events");
  context.repaired("empty_list", "empty object read as empty list");
  context.leave();
  return [];
}

function tooManyRefused(refused: readonly RefusedEvent[], count: number): ContractError {
  const message = `more than ${maxRefused} of these ${count} events cannot be read`;
  const named = refused.slice(0, maxNamed).flatMap(({ error }) => error.issues.slice(0, 1));
  return new ContractError(operation, typeName, { path: "events", rule: "length", message }, named);
}
