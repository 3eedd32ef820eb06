import { describe, expect, it } from "vitest";
import { ErrorSeverity, RecoveryAction } from "../../../gen/jimbot/events/v1/error_pb.js";
import {
  type ErrorEventOptions,
  errorEventDefaults,
  toErrorEvent,
} from "../../../src/jimbot/events/error-events.js";
import { Event } from "../../../src/jimbot/events/event.js";
import { unpackEvent } from "../../../src/jimbot/events/pack-event.js";
import { ContractError } from "../../../src/wire/error.js";
import { refusalOf } from "../../support/refusal.js";

const options = { source: "event_bus", newId: () => "e1", now: () => 1234567890000 };

/** The payload of an exception's event, as JSON. */
function payloadOf(error: unknown, more: Partial<ErrorEventOptions> = {}): unknown {
  const event = toErrorEvent(error, { stackTrace: false, ...options, ...more });
  return Event.toJson(Event.decode(Event.encode(event))).payload;
}

const blank = {
  error_id: "e1",
  source_component: "event_bus",
  severity: "ERROR",
  stack_trace: "",
  context: {},
  affected_components: [],
  suggested_action: "RETRY",
};

describe("the event of an exception", () => {
  it("has the id and the source of its event", () => {
    const event = toErrorEvent(new Error("no answer"), { ...options, correlationId: "c1" });
    expect(Event.toJson(event)).toMatchObject({
      type: "ERROR",
      source: "event_bus",
      event_id: "e1",
      correlation_id: "c1",
      timestamp: 1234567890000,
      payload: { error_id: "e1", source_component: "event_bus", message: "no answer" },
    });
    expect(toErrorEvent("x", { ...options, eventId: "e9" }).eventId).toBe("e9");
  });

  it("has message, name and stack of an Error", () => {
    expect(payloadOf(new TypeError("not a function"))).toEqual({
      ...blank,
      message: "not a function",
      context: { name: "TypeError" },
    });
    const error = new Error("with a stack");
    expect(payloadOf(error, { stackTrace: true })).toHaveProperty("stack_trace", error.stack);
    const { stackTrace: _, ...plain } = { stackTrace: false, ...options };
    const { payload } = unpackEvent(toErrorEvent(error, plain));
    expect(payload).toHaveProperty("stackTrace", error.stack);
  });

  it("has the data of a ContractError, and suggests to escalate it", () => {
    const issue = {
      path: "ante",
      rule: "range",
      message: "expected a number of at least 0",
    } as const;
    expect(
      payloadOf(new ContractError("decode", "jimbot.events.v1.GameStateEvent", issue)),
    ).toEqual({
      ...blank,
      message:
        "cannot decode jimbot.events.v1.GameStateEvent from binary: ante: expected a number of at least 0 [range]",
      context: {
        name: "ContractError",
        code: "range",
        type: "jimbot.events.v1.GameStateEvent",
        path: "ante",
      },
      suggested_action: "ESCALATE",
    });
  });

  it("suggests to break the circuit if a breaker is open", () => {
    const issue = { path: "", rule: "breaker.open", message: "not now" } as const;
    const error = new ContractError("encode", "a.B", issue);
    expect(payloadOf(error)).toMatchObject({
      context: { name: "ContractError", code: "breaker.open", type: "a.B" },
      suggested_action: "CIRCUIT_BREAK",
    });
  });

  it("has up to eight causes, the nearest first", () => {
    let error = new Error("root");
    expect(payloadOf(new Error("outer", { cause: error }))).toMatchObject({
      context: { name: "Error", cause_1: "root" },
    });
    for (let depth = 1; depth <= 9; depth++) error = new Error(`depth ${depth}`, { cause: error });
    expect(payloadOf(error)).toMatchObject({
      message: "depth 9",
      context: {
        cause_1: "depth 8",
        cause_8: "depth 1",
        cause_9: "further causes are left out",
      },
    });
    const circle = new Error("circle");
    circle.cause = circle;
    expect(payloadOf(circle)).toHaveProperty(["context", "cause_9"], "further causes are left out");
  });

  it("has the values of the options", () => {
    const more = {
      severity: ErrorSeverity.CRITICAL,
      suggestedAction: RecoveryAction.FALLBACK,
      context: { name: "mine", request_id: "REQ-1" },
      affectedComponents: ["ray_rllib"],
    };
    expect(payloadOf(new Error("no answer"), more)).toEqual({
      ...blank,
      message: "no answer",
      severity: "CRITICAL",
      context: { name: "mine", request_id: "REQ-1" },
      affected_components: ["ray_rllib"],
      suggested_action: "FALLBACK",
    });
  });
});

describe("any thrown value", () => {
  const hostile = {
    get message(): string {
      throw new TypeError("foreign");
    },
  };

  it.each([
    ["a text", '"a text" was thrown'],
    [undefined, "undefined was thrown"],
    [null, "null was thrown"],
    [42n, "42n was thrown"],
    [() => {}, "a function was thrown"],
    [Symbol("s"), "a symbol was thrown"],
    [{ secret: "s" }, "an object was thrown"],
    [[1, 2], "an array of 2 was thrown"],
    [hostile, "an object was thrown"],
    [{ message: 7 }, "an object was thrown"],
    [{ message: "from another realm" }, "from another realm"],
  ])("is described (%#)", (thrown, message) => {
    expect(payloadOf(thrown)).toEqual({ ...blank, message });
  });

  it("may be a revoked Proxy", () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(payloadOf(proxy)).toEqual({ ...blank, message: "an object was thrown" });
  });

  it("is described by its name if it has no message", () => {
    expect(payloadOf(new RangeError())).toMatchObject({ message: "RangeError" });
  });

  it("has well-formed texts of limited length", () => {
    expect(payloadOf(new Error("a\ud800b"))).toMatchObject({ message: "a\ufffdb" });
    expect(payloadOf(new Error("12345"), { maxLength: 4 })).toMatchObject({
      message: "1234... (1 more characters)",
      context: { name: "Erro... (1 more characters)" },
    });
    expect(payloadOf(new Error("a😀"), { maxLength: 2 })).toMatchObject({
      message: "a\ufffd... (1 more characters)",
    });
    const long = new Error("x".repeat(20_000));
    expect(payloadOf(long)).toHaveProperty(
      "message",
      `${"x".repeat(16_384)}... (3616 more characters)`,
    );
  });
});

describe("the options", () => {
  it("have defaults", () => {
    const { newId, now, ...plain } = errorEventDefaults;
    expect(plain).toEqual({ severity: ErrorSeverity.ERROR, stackTrace: true, maxLength: 16_384 });
    expect([typeof newId(), typeof now()]).toEqual(["string", "number"]);
    expect(Object.isFrozen(errorEventDefaults)).toBe(true);
    const event = toErrorEvent(new Error("x"), { source: "s" });
    expect(Event.check(event, { strict: true })).toBe(event);
  });

  it.each([0, -1, 1.5, Number.NaN])("refuse the length %s", (maxLength) => {
    expect(refusalOf(() => payloadOf("x", { maxLength })).message).toBe(
      `cannot configure jimbot.events.v1.ErrorEvent: maxLength: expected a whole number of at least 1, got ${maxLength} [config]`,
    );
  });

  it("refuse values that no event can have", () => {
    expect(refusalOf(() => toErrorEvent("x", { ...options, source: "" })).path).toBe("source");
    // @ts-expect-error no options
    expect(refusalOf(() => toErrorEvent("x")).code).toBe("config");
    for (const [wrong, text] of [
      [{ context: 5 }, "context: expected an object, got 5"],
      [{ metadata: "text" }, 'metadata: expected an object, got "text"'],
      [
        { affectedComponents: "bus" },
        'affectedComponents: expected a list of components, got "bus"',
      ],
      [{ stackTrace: 0 }, "stackTrace: expected true or false, got 0"],
      [{ maxLength: null }, "maxLength: expected a whole number of at least 1, got null"],
      [{ newId: () => 5 }, "newId: expected a function that gives a non-empty string, got 5"],
      [
        { now: () => Number.NaN },
        "now: expected a clock that gives a finite number of milliseconds, got NaN",
      ],
    ] as const) {
      // @ts-expect-error wrong options
      const { code, message } = refusalOf(() => toErrorEvent("x", { ...options, ...wrong }));
      expect([code, message]).toEqual(["config", expect.stringContaining(`: ${text} [config]`)]);
    }
  });
});
