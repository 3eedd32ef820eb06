import { describe, expect, it } from "vitest";
import { createBreaker } from "../../../src/contract/guard/breaker.js";
import { breakerDefaults } from "../../../src/contract/guard/breaker-config.js";

function fails(): never {
  throw new TypeError("a secret");
}

describe("the configuration of a breaker", () => {
  it("has the document's numbers", () => {
    expect(breakerDefaults).toEqual({
      failure_threshold: 3,
      recovery_timeout_ms: 30_000,
      half_open_requests: 1,
    });
    expect(Object.isFrozen(breakerDefaults)).toBe(true);
    expect(createBreaker().config).toEqual(breakerDefaults);
    expect(createBreaker({ failure_threshold: 5 }).config).toEqual({
      ...breakerDefaults,
      failure_threshold: 5,
    });
  });

  it.each([
    [{ failure_threshold: 0 }, "failure_threshold: expected an integer of at least 1, got 0"],
    [{ failure_threshold: 1.5 }, "failure_threshold: expected an integer of at least 1, got 1.5"],
    [{ recovery_timeout_ms: -1 }, "recovery_timeout_ms: expected an integer of at least 1, got -1"],
    [
      { recovery_timeout_ms: Number.POSITIVE_INFINITY },
      "recovery_timeout_ms: expected an integer of at least 1, got Infinity",
    ],
    [{ half_open_requests: "1" }, 'half_open_requests: expected an integer of at least 1, got "1"'],
    [
      { half_open_requests: 2 ** 53 },
      "half_open_requests: expected an integer of at least 1, got 9007199254740992",
    ],
    [
      { failureThreshold: 3 },
      "failureThreshold: there is no such setting; did you mean failure_threshold?",
    ],
    [null, "expected an object, got null"],
    [new Map(), "expected a plain object, got an object"],
  ])("refuses %j", (config, text) => {
    expect(() => Reflect.apply(createBreaker, undefined, [config])).toThrow(
      `cannot configure circuit_breaker: ${text} [config]`,
    );
  });

  it.each([
    [{ now: 5 }, "now: expected a function, got 5"],
    [{ listener: {} }, "listener: expected a function, got an object"],
    [{ name: 7 }, "name: expected a string, got 7"],
    [null, "expected an object, got null"],
  ])("refuses the options %j", (options, text) => {
    expect(() => Reflect.apply(createBreaker, undefined, [{}, options])).toThrow(
      `cannot configure circuit_breaker: ${text} [config]`,
    );
  });
});

it("refuses options that cannot be read", () => {
  const options = {
    get now() {
      return fails();
    },
  };
  const text = "cannot configure circuit_breaker: reading the value threw an error [config]";
  expect(() => createBreaker({}, options)).toThrow(text);
  const config = new Proxy({}, { ownKeys: fails });
  expect(() => createBreaker(config)).toThrow(text);
});
