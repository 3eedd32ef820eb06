import fc from "fast-check";
import { describe, expect, expectTypeOf, it } from "vitest";
import { DeadLetter, RouteDecision } from "../../src/beamline/index.js";
import { Event } from "../../src/jimbot/index.js";
import { SystemLimits, SystemStatePacket } from "../../src/leyline/index.js";
import { validMessagesOf, wireJsonOf } from "../../src/testing/index.js";

const seed = 11;

const letter = DeadLetter.fromJson({
  original_subject: "a.b",
  msg_id: "m1",
  timestamp: 1706367600123,
  reason: "maxdeliver_exhausted",
  error_code: "MAXDELIVER_EXHAUSTED",
});

describe("validMessagesOf", () => {
  it("generates messages that satisfy all rules, most of them different", () => {
    expectTypeOf(validMessagesOf(Event)).toEqualTypeOf<fc.Arbitrary<Event>>();
    const messages = fc.sample(validMessagesOf(Event), { numRuns: 300, seed });
    for (const message of messages) expect(Event.check(message)).toBe(message);
    const texts = new Set(
      messages.map((message) => Buffer.from(Event.codec.encode(message)).toString("hex")),
    );
    expect(texts.size).toBeGreaterThan(240);
    expect(new Set(messages.map(({ type }) => type)).size).toBeGreaterThan(10);
  });

  it("reaches the bounds of a number, and values in between", () => {
    const messages = fc.sample(validMessagesOf(RouteDecision), { numRuns: 400, seed });
    const priorities = new Set(messages.map(({ priority }) => priority));
    for (const bound of [0, 1, 99, 100]) expect(priorities).toContain(bound);
    expect(priorities.size).toBeGreaterThan(8);
  });

  it("generates messages without unknown fields", () => {
    const messages = fc.sample(validMessagesOf(SystemStatePacket), { numRuns: 300, seed });
    for (const message of messages) expect(SystemStatePacket.safeToJson(message).ok).toBe(true);
  });

  it("starts from the given examples without changing them", () => {
    const copy = DeadLetter.clone(letter);
    const messages = fc.sample(validMessagesOf(DeadLetter, { examples: [letter] }), {
      numRuns: 100,
      seed,
    });
    for (const message of messages) DeadLetter.check(message);
    expect(messages.some(({ msgId }) => msgId === "m1")).toBe(true);
    expect(messages.some(({ msgId }) => msgId !== "m1")).toBe(true);
    expect(letter).toEqual(copy);
  });

  it("throws if no valid message was found", () => {
    const text =
      "no random message satisfies the rules of beamline.flow.v1.RouteDecision; pass examples";
    const none = {
      ...RouteDecision,
      safeFromJson: RouteDecision.safeFromJson.bind(undefined, null),
    };
    expect(() => validMessagesOf(none)).toThrow(text);
    expect(() => wireJsonOf(none)).toThrow(text);
  });

  it("refuses an example that breaks a rule", () => {
    const examples = [{ ...letter, reason: "" }];
    expect(() => validMessagesOf(DeadLetter, { examples })).toThrow(
      "cannot accept beamline.worker.v1.DeadLetter: reason: ",
    );
  });

  it("generates the same messages for the same seed, and shrinks to a start", () => {
    const [one, other] = [0, 1].map(() => fc.sample(validMessagesOf(Event), { numRuns: 30, seed }));
    expect(one).toEqual(other);
    const property = fc.property(validMessagesOf(DeadLetter, { examples: [letter] }), () => false);
    const { counterexample } = fc.check(property, { seed });
    expect(counterexample).toEqual([letter]);
  });
});

describe("wireJsonOf", () => {
  it("generates JSON that fromJson accepts", () => {
    for (const json of fc.sample(wireJsonOf(Event), { numRuns: 200, seed })) Event.fromJson(json);
  });

  it("generates spellings that toJson does not write", () => {
    const jsons = fc.sample(wireJsonOf(SystemLimits), { numRuns: 200, seed });
    const texts = jsons.map((json) => JSON.stringify(json));
    const written = jsons.map((json) => SystemLimits.toJsonText(SystemLimits.fromJson(json)));
    expect(texts.filter((text, index) => text !== written[index]).length).toBeGreaterThan(50);
    expect(texts.some((text) => /"[a-z]+[A-Z]\w*":/.test(text))).toBe(true);
    expect(texts.some((text) => /_\w*":/.test(text))).toBe(true);
    expect(texts.some((text) => text.includes(":null"))).toBe(true);
  });
});
