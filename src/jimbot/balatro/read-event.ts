import { guarded, refuse } from "../../contract/base/result.js";
import { Event } from "../events/event.js";
import { type Defaults, repairEvent } from "./envelope.js";
import type { RepairContext } from "./repairs.js";

/** What was read of one event: the event, and the paths of its keys that were ignored. */
export interface ReadEvent {
  readonly event: Event;
  readonly unknownKeys: readonly string[];
}

/** Reads one event, whose place in the body is the context's. `typeName` is the message that errors name. */
export function readEvent(
  json: unknown,
  defaults: Defaults,
  context: RepairContext,
  typeName: string,
): ReadEvent {
  const operation = "decode from JSON";
  const repaired = guarded(operation, typeName, () => repairEvent(json, context, defaults));
  refuse(operation, typeName, context.issues);
  const result = Event.safeFromJson(repaired, { unknownKeys: context.unknownKeyMode });
  if (!result.ok) throw context.translated(result.error, typeName);
  const unknownKeys = result.unknownKeys.map((path) => context.original(path));
  return { event: result.value, unknownKeys };
}
