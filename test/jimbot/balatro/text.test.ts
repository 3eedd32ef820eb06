import { describe, expect, it } from "vitest";
import { BalatroPost } from "../../../src/jimbot/balatro/balatro-post.js";
import { Event } from "../../../src/jimbot/events/event.js";
import { keptAside, readText } from "./read.js";

describe("the text of a post", () => {
  const start = `{"type":"ERROR","source":"BalatroMCP","event_id":"e1","timestamp":1751500000000,"version":1,`;

  it("may have control characters that Lua does not escape", () => {
    const text = `${start}"payload":{"message":"a\u0001b\\"\u001f","stack_trace":"x\\ny"}}`;
    const { payload, repairs } = readText(text);
    expect(payload).toMatchObject({ message: 'a\u0001b"\u001f', stack_trace: "x\ny" });
    const first = text.indexOf("\u0001") + 1;
    expect(repairs).toEqual([`: 2 control characters escaped, the first at character ${first}`]);
  });

  it("may have Lua's inf, which becomes the largest number", () => {
    const text = `${start}"payload":{"message":"inf nan","context":{"a":inf,"b":-nan}},"x":[-inf]}`;
    const { payload, repairs } = readText(text);
    expect(payload).toMatchObject({ message: "inf nan", context: { a: "inf", b: "-nan" } });
    const first = text.indexOf(":inf") + 2;
    expect(repairs).toEqual([`: 3 words inf or nan read as text, the first at character ${first}`]);
    const scored = readText(
      text.replace("ERROR", "GAME_STATE").replace(/"payload".*/, '"payload":{"chips":inf}}'),
    );
    expect(scored.payload).toMatchObject({ chips: 2147483647 });
    expect(scored.metadata).toEqual({ chips: "inf" });
    expect(scored.repairs.slice(1)).toEqual([
      'chips: text "inf" read as a number',
      "chips: inf is beyond the field, read as 2147483647",
      `chips: ${keptAside}chips`,
    ]);
  });

  it.each(["nan", "-nan"])("may have Lua's %s, which becomes 0 and is kept", (word) => {
    const text = `{"type":"GAME_STATE","source":"BalatroMCP","event_id":"e1","timestamp":1751500000000,"payload":{"chips":${word},"mult":4}}`;
    const { payload, metadata, repairs } = readText(text);
    expect(payload).toMatchObject({ chips: 0, mult: 4 });
    expect(metadata).toEqual({ chips: word });
    expect(repairs).toEqual([
      `: 1 words inf or nan read as text, the first at character ${text.indexOf(word) + 1}`,
      "version: missing, read as 1",
      `chips: ${word} is no number, read as 0`,
      `chips: ${keptAside}chips`,
    ]);
  });

  it.each(["nan", "-nan", "inf", "-inf"])(
    "may have %s as its timestamp, which is no time",
    (word) => {
      const text = `{"type":"HAND_PLAYED","source":"BalatroMCP","event_id":"e1","version":1,"timestamp":${word},"payload":{}}`;
      const post = BalatroPost.fromJsonText(text, { now: () => 1751500000999 });
      expect(post.events.map((event) => Event.toJson(event))).toEqual([
        {
          type: "HAND_PLAYED",
          source: "BalatroMCP",
          event_id: "e1",
          timestamp: 1751500000999,
          version: 1,
          payload: { hands_remaining: 0, hand_number: 0 },
          metadata: { json_timestamp: `"${word}"` },
        },
      ]);
      const last = post.repairs.slice(-2).map(({ path, kind, repair }) => [path, kind, repair]);
      expect(last).toEqual([
        ["timestamp", "kept_aside", "what its field cannot hold kept in metadata"],
        ["timestamp", "filled", "missing, the time of arrival"],
      ]);
    },
  );

  it.each([
    ["an unescaped quote", `${start}"payload":{"message":"say "hi""}}`],
    ["a cut end", `${start}"payload":{"mess`],
    ["a backslash at the end", `${start}"\\`],
    ["nothing", ""],
  ])("is refused for %s", (_, text) => {
    const result = BalatroPost.safeFromJsonText(text);
    expect(result.ok ? "" : result.error.code).toBe("json.syntax");
    expect(() => BalatroPost.fromJsonText(text)).toThrow("json.syntax");
  });

  it("is refused if it is too long or not a string", () => {
    const text = `${start}"payload":{"message":"m"}}`;
    const { length } = text;
    const raw = text.replace('"m"', '"\u0001"');
    for (const one of [text, raw]) {
      expect(BalatroPost.safeFromJsonText(one, { maxLength: length }).ok).toBe(true);
    }
    expect(() => BalatroPost.fromJsonText(text, { maxLength: length - 1 })).toThrow(
      `cannot decode jimbot.events.v1.Event from JSON: ${length} characters are more than the ${length - 1} that are accepted [input.bytes]`,
    );
    const most = 10 * 1024 * 1024;
    expect(BalatroPost.safeFromJsonText(text.padEnd(most)).ok).toBe(true);
    expect(() => BalatroPost.fromJsonText(text.padEnd(most + 1))).toThrow("input.bytes");
    expect(() => Reflect.apply(BalatroPost.fromJsonText, BalatroPost, [5])).toThrow(
      "cannot decode jimbot.events.v1.Event from JSON: expected a string, got 5 [input.type]",
    );
  });

  it("is read in linear time", () => {
    const began = performance.now();
    for (const part of ['"\\"', "\u0001", "inf", "{", '"']) {
      expect(BalatroPost.safeFromJsonText(part.repeat(200_000)).ok).toBe(false);
    }
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});
