import { expect } from "vitest";
import { BalatroPost } from "../../../src/jimbot/balatro/balatro-post.js";
import { Event } from "../../../src/jimbot/events/event.js";

export const head = { source: "BalatroMCP", event_id: "e1", timestamp: 1751500000000, version: 1 };
export const keptAside = "what its field cannot hold kept in metadata as json_payload.";

interface Read {
  readonly payload: unknown;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly repairs: readonly string[];
}

/** Reads one event of the mod: its payload and kept keys after encoding and decoding, and a short form of the repairs. */
export function read(tag: object, payload: unknown): Read {
  const text = JSON.stringify({ ...tag, ...head, payload });
  return readText(text);
}

export function readText(text: string): Read {
  const { events, repairs, unknownKeys } = BalatroPost.fromJsonText(text);
  expect(unknownKeys).toEqual([]);
  const [event] = events;
  if (event === undefined) throw new Error("no event");
  const again = Event.fromJson(Event.toJson(Event.decode(Event.encode(event))));
  expect(again).toEqual(event);
  const kept = Object.entries(event.metadata).map(([key, value]) => [
    key.replace("json_payload.", ""),
    JSON.parse(value),
  ]);
  return {
    payload: Event.toJson(again).payload,
    metadata: Object.fromEntries(kept),
    repairs: repairs.map(({ path, repair, kept: name }) => {
      const place = path.replace("payload.", "");
      return name === undefined ? `${place}: ${repair}` : `${place}: ${repair} as ${name}`;
    }),
  };
}
