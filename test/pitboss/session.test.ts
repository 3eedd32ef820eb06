import { describe, expect, it } from "vitest";
import { createSession } from "../../src/pitboss/index.js";
import { refusalOf } from "../support/refusal.js";

describe("createSession", () => {
  it("numbers requests, separately for each session", () => {
    const one = createSession();
    const other = createSession();
    expect([one.nextRequestId(), one.nextRequestId(), other.nextRequestId()]).toEqual([
      "req-001",
      "req-002",
      "req-001",
    ]);
    expect(one.sessionId).not.toBe(other.sessionId);
    expect(one.sessionId).toMatch(/^sess-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  it("continues an earlier session", () => {
    const session = createSession({ sessionId: "sess-001", first: 999 });
    expect(session.sessionId).toBe("sess-001");
    expect([session.nextRequestId(), session.nextRequestId()]).toEqual(["req-999", "req-1000"]);
  });

  it("uses the given id generator", () => {
    expect(createSession({ newId: () => "abc123" }).sessionId).toBe("sess-abc123");
  });

  it.each<[string, unknown]>([
    ["expected an object, got null [config]", null],
    ['sessionId: expected a non-empty string, got "" [config]', { sessionId: "" }],
    ["sessionId: expected a non-empty string, got 5 [config]", { sessionId: 5 }],
    ["first: expected an integer of at least 1, got 0 [config]", { first: 0 }],
    ["first: expected an integer of at least 1, got 1.5 [config]", { first: 1.5 }],
    ['first: expected an integer of at least 1, got "1" [config]', { first: "1" }],
    ['newId: expected a function, got "x" [config]', { newId: "x" }],
    [
      'newId: expected a function that gives a non-empty string, got "" [config]',
      { newId: () => "" },
    ],
    [
      "newId: expected a function that gives a non-empty string, got 5 [config]",
      { newId: () => 5 },
    ],
    [
      "newId: making an id threw an error; give newId or sessionId [config]",
      {
        newId: () => {
          throw new Error("not a secure page");
        },
      },
    ],
  ])("refuses: %s", (text, options) => {
    const work = () => Reflect.apply(createSession, undefined, [options]);
    expect(refusalOf(work).message).toBe(`cannot configure pitboss.Session: ${text}`);
  });
});
