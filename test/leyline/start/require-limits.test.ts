import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readBreakerConfig } from "../../../src/contract/guard/breaker-config.js";
import { createGuard } from "../../../src/contract/guard/guard.js";
import {
  EventEnvelope,
  MemoryBudgets,
  PerformanceBudgets,
  PruningConfiguration,
  StructuralPruningRequest,
  SystemLimits,
  SystemStatePacket,
} from "../../../src/leyline/index.js";
import { requireLimits } from "../../../src/leyline/start/require-limits.js";
import { isContractError } from "../../../src/wire/error.js";
import { refusalOf } from "../../support/refusal.js";

/** The issues of a configuration of any type. */
function issuesOf(config: unknown): string[] {
  try {
    Reflect.apply(requireLimits, undefined, [config]);
  } catch (error) {
    if (isContractError(error)) {
      return error.issues.map(({ path, message, rule }) => `${path}: ${message} [${rule}]`);
    }
    throw error;
  }
  return [];
}

describe("a start without a configuration", () => {
  it("has the documented budgets and limits, and the documented guard", () => {
    const required = requireLimits();
    expect(required).toEqual({
      performance: PerformanceBudgets.create(),
      memory: MemoryBudgets.create(),
      limits: SystemLimits.create(),
      guard: { max_message_size: 280, serialization_timeout_us: 80 },
      breaker: { recovery_timeout_ms: 30_000 },
    });
    expect(createGuard(required.guard).config).toEqual(createGuard().config);
    expect(requireLimits({})).toEqual(required);
  });

  it("is frozen in all its parts", () => {
    const required = requireLimits();
    expect(Object.isFrozen(required)).toBe(true);
    expect(Object.values(required).map(Object.isFrozen)).toEqual([true, true, true, true, true]);
    for (const part of [required.performance, required.memory, required.limits]) {
      expect(Object.values(part).filter((value) => typeof value === "object")).toEqual([]);
    }
  });

  it("returns messages that all methods accept", () => {
    const { performance, memory, limits } = requireLimits();
    expect(PerformanceBudgets.decode(PerformanceBudgets.encode(performance))).toEqual(performance);
    expect(MemoryBudgets.decode(MemoryBudgets.encode(memory))).toEqual(memory);
    expect(SystemLimits.fromJson(SystemLimits.toJson(limits))).toEqual(limits);
  });
});

describe("a start with a configuration", () => {
  it("accepts wire JSON", () => {
    const required = requireLimits({
      performance: { protobuf_serialization_us: 120, breaker_reset_seconds: 5 },
      memory: { model_percent: 0.5 },
      limits: { max_message_size_bytes: 512 },
    });
    expect(required.guard).toEqual({ max_message_size: 512, serialization_timeout_us: 120 });
    expect(required.breaker).toEqual({ recovery_timeout_ms: 5000 });
    expect(required.memory.modelPercent).toBe(0.5);
  });

  it("accepts messages, and keeps its own copies", () => {
    const limits = SystemLimits.create({ maxMessageSizeBytes: 300 });
    const memory = MemoryBudgets.create({ modelPercent: 0.25 });
    const required = requireLimits({ limits, memory });
    limits.maxMessageSizeBytes = 5000;
    memory.modelPercent = 7;
    expect(required.limits).toEqual(SystemLimits.create({ maxMessageSizeBytes: 300 }));
    expect(required.memory).toEqual(MemoryBudgets.create({ modelPercent: 0.25 }));
    expect(required.guard.max_message_size).toBe(300);
  });

  it("has no guard settings for limits that are not set", () => {
    const required = requireLimits({ performance: {}, limits: {} });
    expect(required.guard).toEqual({});
    expect(required.breaker).toEqual({});
    expect(required.limits.maxRetryAttempts).toBe(0);
  });

  it("is refused with all issues of all sections", () => {
    const config = {
      performance: { protobuf_serialization_us: 9, checkpoint_analysis_minutes_max: 1 },
      memory: { model_percent: 1, emergency_percent: 0.25, pruning_metadata_percent: 0.5 },
      limits: { max_message_size_bytes: 1025, max_pruning_ratio_percent: 101 },
    };
    expect(issuesOf(config)).toMatchInlineSnapshot(`
      [
        "performance.protobuf_serialization_us: must be 0 or from 10 to 1000 [range]",
        "memory: model_percent to emergency_percent sum to 1.25, more than 1 [rule]",
        "memory.checkpoints_percent: must be at least importance_statistics_percent and pruning_metadata_percent together [rule]",
        "limits.max_message_size_bytes: expected a number of at most 1024, got 1025 [range]",
        "limits.max_pruning_ratio_percent: expected a number of at most 100, got 101 [range]",
      ]
    `);
    expect(
      refusalOf(() => Reflect.apply(requireLimits, undefined, [config])).message,
    ).toMatchInlineSnapshot(
      `"cannot start with leyline limits: performance.protobuf_serialization_us: must be 0 or from 10 to 1000 [range] (and 4 more issues)"`,
    );
  });

  it.each([
    [
      { performance: { protobuf_serialization_us: 1001 } },
      "performance.protobuf_serialization_us: expected a number of at most 1000, got 1001 [range]",
    ],
    [
      { performance: { checkpoint_analysis_minutes_min: 4, checkpoint_analysis_minutes_max: 3 } },
      "performance.checkpoint_analysis_minutes_min: must be at most checkpoint_analysis_minutes_max [rule]",
    ],
    [
      { memory: { model_percent: 1, optimizer_percent: 0.5 } },
      "memory: model_percent to emergency_percent sum to 1.5, more than 1 [rule]",
    ],
    [
      { limits: { max_message_size_bytes: 1025 } },
      "limits.max_message_size_bytes: expected a number of at most 1024, got 1025 [range]",
    ],
    [{ limits: null }, "limits: expected an object, got null [type]"],
    [{ limits: [] }, "limits: expected an object, got an array of 0 [type]"],
    [{ limits: { "a b": 1 } }, 'limits["a b"]: the message has no such key [unknown_key]'],
    [{ limit: {} }, "limit: there is no such section; did you mean limits? [unknown_key]"],
    [{ budget: {} }, "budget: there is no such section [unknown_key]"],
    [null, ": expected an object, got null [config]"],
    [[], ": expected an object, got an array of 0 [config]"],
    [new Map(), ": expected a plain object, got an object [config]"],
    [7, ": expected an object, got 7 [config]"],
  ])("is refused: %j", (config, text) => {
    expect(issuesOf(config)).toEqual([text]);
  });

  it("is refused as a message too", () => {
    const limits = { ...SystemLimits.create(), maxMessageSizeBytes: 1025 };
    expect(() => requireLimits({ limits })).toThrow(
      "cannot start with leyline limits: limits.max_message_size_bytes: expected a number of at most 1024, got 1025 [range]",
    );
    const unknown = {
      ...SystemLimits.create(),
      $unknown: [{ no: 99, wireType: 0, data: new Uint8Array([1]) }],
    };
    expect(issuesOf({ limits: unknown })).toMatchInlineSnapshot(`
      [
        "limits: 1 unknown field that JSON cannot carry [json.unknown_fields]",
      ]
    `);
  });

  it("is refused when reading it throws", () => {
    const fails = (): never => {
      throw new TypeError("a secret");
    };
    const text = ": reading the value threw an error [input.unreadable]";
    expect(
      issuesOf({
        get limits() {
          return fails();
        },
      }),
    ).toEqual([text]);
    expect(issuesOf(new Proxy({}, { getPrototypeOf: fails }))).toEqual([text]);
    expect(issuesOf({ limits: new Proxy({}, { get: fails, ownKeys: fails }) })).toEqual([
      `limits${text}`,
    ]);
  });

  it("reports at most 20 issues", () => {
    const keys = Array.from({ length: 30 }, (_, index) => [`key${index}`, 1]);
    expect(
      issuesOf({ performance: Object.fromEntries(keys), memory: Object.fromEntries(keys) }),
    ).toHaveLength(20);
  });
});

describe("limits that the contracts enforce themselves", () => {
  it("may be lower, not higher", () => {
    expect(
      issuesOf({
        performance: { checkpoint_analysis_minutes_max: 6 },
        limits: { max_seeds_per_epoch: 101, max_retry_attempts: 4, max_pruning_ratio_percent: 51 },
      }),
    ).toEqual([
      "performance.checkpoint_analysis_minutes_max: must be at most 5, which StructuralPruningRequest enforces [rule]",
      "limits.max_seeds_per_epoch: must be at most 100, which SystemStatePacket enforces [rule]",
      "limits.max_retry_attempts: must be at most 3, which EventEnvelope enforces [rule]",
      "limits.max_pruning_ratio_percent: must be at most 50, which PruningConfiguration enforces [rule]",
    ]);
    const lower = {
      performance: { checkpoint_analysis_minutes_max: 4 },
      limits: { max_seeds_per_epoch: 99, max_retry_attempts: 2, max_pruning_ratio_percent: 49 },
    };
    expect(issuesOf(lower)).toEqual([]);
  });

  it("are enforced there", () => {
    const { limits, performance } = requireLimits();
    const seeds = (count: number): object[] =>
      Array.from({ length: count }, (_, index) => ({ seed_id: `s${index}` }));
    const accepts = (result: { readonly ok: boolean }): boolean => result.ok;
    const verdicts = [0, 1].map((more) => [
      accepts(
        SystemStatePacket.safeFromJson({
          version: 1,
          packet_id: "p",
          seed_states: seeds(limits.maxSeedsPerEpoch + more),
        }),
      ),
      accepts(
        EventEnvelope.safeFromJson({
          event_id: "e",
          event_type: "t",
          max_attempts: limits.maxRetryAttempts + more,
        }),
      ),
      accepts(
        PruningConfiguration.safeFromJson({
          max_pruning_ratio: (limits.maxPruningRatioPercent + more) / 100,
        }),
      ),
      accepts(
        StructuralPruningRequest.safeFromJson({
          request_id: "r",
          checkpoint_id: "c",
          timeout: `${performance.checkpointAnalysisMinutesMax * 60 + more}s`,
        }),
      ),
    ]);
    expect(verdicts).toEqual([
      [true, true, true, true],
      [false, false, false, false],
    ]);
  });
});

it("never returns a configuration that a guard or a breaker refuses", () => {
  const number = fc.oneof(
    fc.constantFrom(0, 1, 9, 10, 1000, 1001, 1024, 1025, 2 ** 32 - 1),
    fc.nat(1100),
  );
  const config = fc.record({ size: number, micros: number, seconds: number });
  let started = 0;
  fc.assert(
    fc.property(config, ({ size, micros, seconds }) => {
      const given = {
        performance: { protobuf_serialization_us: micros, breaker_reset_seconds: seconds },
        limits: { max_message_size_bytes: size },
      };
      if (issuesOf(given).length > 0) return;
      started++;
      const { guard, breaker } = requireLimits(given);
      createGuard(guard, { breaker });
      readBreakerConfig(breaker);
    }),
    { seed: 1, numRuns: 300 },
  );
  expect(started).toBeGreaterThan(50);
});

it("reports at most 20 unknown sections", () => {
  const names = Array.from({ length: 30 }, (_, index) => [`section${index}`, {}]);
  expect(issuesOf(Object.fromEntries(names))).toHaveLength(20);
});
