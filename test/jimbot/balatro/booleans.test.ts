import { describe, expect, it } from "vitest";
import { BalatroPost } from "../../../src/jimbot/balatro/balatro-post.js";
import { Event } from "../../../src/jimbot/events/event.js";

const head = { source: "BalatroMCP", event_id: "e1", timestamp: 1751500000000, version: 1 };
const heartbeat = { version: "1.0", uptime: 3, game_state: "MENU" };

function read(headless: unknown): BalatroPost {
  return BalatroPost.fromJson({ ...head, type: "HEARTBEAT", payload: { ...heartbeat, headless } });
}

describe("a string in a boolean field", () => {
  it.each([true, false])("is read as %s", (headless) => {
    const { events, repairs } = read(String(headless));
    expect(events.map((event) => Event.toJson(event).payload)).toMatchObject([{ headless }]);
    expect(repairs.map(({ path, repair }) => `${path}: ${repair}`)).toEqual([
      `payload.headless: text "${headless}" read as ${headless}`,
    ]);
  });

  it.each(["TRUE", "yes", "", 1])("is no boolean when it is %j", (headless) => {
    expect(() => read(headless)).toThrow(
      `payload.headless: expected true or false, got ${JSON.stringify(headless)} [type]`,
    );
  });
});
