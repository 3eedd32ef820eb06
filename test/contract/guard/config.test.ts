import { describe, expect, it } from "vitest";
import { guardDefaults } from "../../../src/contract/guard/config.js";
import { createGuard } from "../../../src/contract/guard/guard.js";
import { isContractError } from "../../../src/wire/error.js";

/** The error text of a configuration that does not compile. */
function refused(config: unknown, options: unknown = {}): string[] {
  try {
    Reflect.apply(createGuard, undefined, [config, options]);
  } catch (error) {
    if (!isContractError(error)) throw error;
    expect([error.code, error.type]).toEqual(["config", "message_contracts"]);
    expect(error.issues.map(({ rule }) => rule)).toEqual(error.issues.map(() => "config"));
    return error.issues.map(({ path, message }) => (path === "" ? message : `${path}: ${message}`));
  }
  return [];
}

function fails(): never {
  throw new TypeError("a secret");
}

describe("the configuration of a guard", () => {
  it("has the document's values", () => {
    expect(guardDefaults).toEqual({
      max_message_size: 280,
      serialization_timeout_us: 80,
      use_native_maps: true,
      packed_encoding: true,
    });
    expect(Object.isFrozen(guardDefaults)).toBe(true);
    expect(createGuard().config).toEqual(guardDefaults);
  });

  it("is a frozen copy, with the defaults for what is missing", () => {
    const config = { max_message_size: 512 };
    const guard = createGuard(config);
    config.max_message_size = 9999;
    expect(guard.config).toEqual({ ...guardDefaults, max_message_size: 512 });
    expect(Object.isFrozen(guard.config)).toBe(true);
    expect(Object.isFrozen(guard)).toBe(true);
  });

  it("takes the document's section as a YAML parser gives it", () => {
    const section = JSON.parse(
      '{ "use_native_maps": true, "packed_encoding": true, "max_message_size": 280, "serialization_timeout_us": 80 }',
    );
    expect(createGuard(section).config).toEqual(guardDefaults);
  });

  it.each([
    { max_message_size: 1 },
    { max_message_size: 1024 },
    { serialization_timeout_us: 10 },
    { serialization_timeout_us: 1000 },
  ])("may be %j", (config) => {
    expect(createGuard(config).config).toEqual({ ...guardDefaults, ...config });
  });

  const size = "max_message_size: expected an integer from 1 to 1024, got";
  const time = "serialization_timeout_us: expected an integer from 10 to 1000, got";
  it.each([
    [{ max_message_size: 0 }, `${size} 0`],
    [{ max_message_size: 1025 }, `${size} 1025`],
    [{ max_message_size: 280.5 }, `${size} 280.5`],
    [{ max_message_size: "280" }, `${size} "280"`],
    [{ max_message_size: Number.NaN }, `${size} NaN`],
    [{ max_message_size: null }, `${size} null`],
    [{ max_message_size: undefined }, `${size} undefined`],
    [{ serialization_timeout_us: 9 }, `${time} 9`],
    [{ serialization_timeout_us: 1001 }, `${time} 1001`],
    [{ use_native_maps: false }, "use_native_maps: expected true, got false"],
    [{ packed_encoding: 1 }, "packed_encoding: expected true, got 1"],
    [
      { maxMessageSize: 280 },
      "maxMessageSize: there is no such setting; did you mean max_message_size?",
    ],
    [{ "a b": 280 }, '["a b"]: there is no such setting'],
    [JSON.parse('{ "__proto__": 1 }'), "__proto__: there is no such setting"],
    [{ toString: 1 }, "toString: there is no such setting"],
    [null, "expected an object, got null"],
    [[280], "expected an object, got an array of 1"],
    ["280", 'expected an object, got "280"'],
    [new Date(0), "expected a plain object, got an object"],
  ])("is refused: %j", (config, text) => {
    expect(refused(config)).toEqual([text]);
  });

  it("is refused with all issues at once", () => {
    const config = {
      max_message_size: 2000,
      serialization_timeout_us: 1,
      packed_encoding: false,
      x: 1,
    };
    expect(refused(config)).toHaveLength(4);
    expect(() => Reflect.apply(createGuard, undefined, [config])).toThrow(
      "cannot configure message_contracts: max_message_size: expected an integer from 1 to 1024, got 2000 [config] (and 3 more issues)",
    );
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`key${index}`, 1]));
    expect(refused(many)).toHaveLength(20);
  });

  it("is refused when reading it throws", () => {
    const unreadable = ["reading the value threw an error"];
    const getter = {
      get max_message_size() {
        return fails();
      },
    };
    expect(refused(getter)).toEqual(unreadable);
    expect(refused(new Proxy({}, { ownKeys: fails }))).toEqual(unreadable);
    expect(refused(new Proxy({}, { getPrototypeOf: fails }))).toEqual(unreadable);
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(refused(proxy)).toEqual(unreadable);
  });

  it("reads each setting once", () => {
    let reads = 0;
    const config = {
      get max_message_size() {
        reads++;
        return reads === 1 ? 300 : 99_999;
      },
    };
    expect(createGuard(config).config.max_message_size).toBe(300);
  });
});

describe("the options of a guard", () => {
  it.each([
    [{ now: 1 }, ["now: expected a function, got 1"]],
    [{ listener: "x" }, ['listener: expected a function, got "x"']],
    [{ logger: null }, ["logger: expected an object, got null"]],
    [
      { logger: { debug() {}, warn: 1 }, now: "x" },
      [
        'now: expected a function, got "x"',
        "logger.info: expected a function, got undefined",
        "logger.warn: expected a function, got 1",
        "logger.error: expected a function, got undefined",
      ],
    ],
    [null, ["expected an object, got null"]],
    [[], ["expected an object, got an array of 0"]],
  ])("are refused: %j", (options, texts) => {
    expect(refused({}, options)).toEqual(texts);
  });

  it("are refused when reading them throws", () => {
    const logger = {
      get debug() {
        return fails();
      },
    };
    expect(refused({}, { logger })).toEqual(["reading the value threw an error"]);
  });

  it("are refused with a wrong configuration of the breakers", () => {
    expect(() => createGuard({}, { breaker: { failure_threshold: 0 } })).toThrow(
      "cannot configure circuit_breaker: failure_threshold: expected an integer of at least 1, got 0 [config]",
    );
  });

  it("accept console as a logger", () => {
    expect(createGuard({}, { logger: { ...console, info() {} } }).config).toEqual(guardDefaults);
  });
});
