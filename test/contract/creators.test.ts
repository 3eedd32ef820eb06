import { describe, expect, it } from "vitest";
import { createAssembler, createBreaker, createGuard } from "../../src/index.js";
import { SystemStatePacket } from "../../src/leyline/index.js";
import { createNonceCache } from "../../src/leyline/signing/index.js";
import { instrument } from "../../src/otel/index.js";
import { createRunTracker } from "../../src/sim/index.js";
import { codeOf } from "../support/refusal.js";

/** Everything that holds state, with its options and its limits. */
const creators: readonly [name: string, create: (options: unknown) => unknown, limits: string[]][] =
  [
    ["createGuard, configuration", (own) => call(createGuard, own), []],
    ["createGuard, options", (own) => call(createGuard, {}, own), []],
    ["createGuard, breaker", (breaker) => call(createGuard, {}, { breaker }), breakerLimits()],
    ["createBreaker, configuration", (own) => call(createBreaker, own), breakerLimits()],
    ["createBreaker, options", (own) => call(createBreaker, {}, own), []],
    [
      "createAssembler",
      (own) => call(createAssembler, SystemStatePacket, own),
      ["maxBytes", "maxMessages", "maxAgeMillis", "maxParts", "maxRemembered", "maxReports"],
    ],
    ["createRunTracker", (own) => call(createRunTracker, own), ["maxRuns", "maxCommands"]],
    ["createNonceCache", (own) => call(createNonceCache, own), ["ttlMillis", "maxEntries"]],
    ["instrument", (own) => call(instrument, SystemStatePacket, own), []],
  ];

function breakerLimits(): string[] {
  return ["failure_threshold", "recovery_timeout_ms", "half_open_requests"];
}

function call(create: (...given: never[]) => unknown, ...given: unknown[]): unknown {
  return Reflect.apply(create, undefined, given);
}

describe.each(creators)("%s", (_, create, limits) => {
  it.each([null, 5, "options", [], () => {}])("refuses %o instead of options", (options) => {
    expect(codeOf(() => create(options))).toBe("config");
  });

  it("refuses options that cannot be read", () => {
    const options = new Proxy({}, { ownKeys: () => JSON.parse("") });
    expect(codeOf(() => create(options))).toBe("config");
  });

  it("refuses limits that are no whole numbers of at least 1, which would be none", () => {
    const wrong = [Number.NaN, -1, 0, 1.5, -Infinity, null, "5", 5n, {}];
    for (const limit of limits) {
      for (const value of wrong) {
        expect(codeOf(() => create({ [limit]: value }))).toBe("config");
      }
      expect(() => create({ [limit]: 1 })).not.toThrow();
    }
  });
});

describe("createAssembler", () => {
  it.each([undefined, null, 5, {}, [], { typeName: "x" }])("refuses %o as a contract", (given) => {
    expect(() => call(createAssembler, given)).toThrow(
      /^cannot configure an assembler: contract: expected a contract, got .* \[config\]$/,
    );
  });

  it("refuses a switch that is none", () => {
    expect(() => call(createAssembler, SystemStatePacket, { strict: "no" })).toThrow(
      'strict: expected a boolean, got "no" [config]',
    );
  });
});
