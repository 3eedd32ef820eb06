import type { Message } from "@bufbuild/protobuf";
import { Context } from "../../contract/base/context.js";
import { expectedObject, isPlainObject } from "../../contract/base/plain-data.js";
import { guarded, refuse } from "../../contract/base/result.js";
import type { Contract } from "../../contract/contract.js";
import type { BreakerConfig } from "../../contract/guard/breaker.js";
import type { GuardConfig } from "../../contract/guard/config.js";
import { joinPaths } from "../../wire/path.js";
import {
  MemoryBudgets,
  type MemoryBudgetsJson,
  PerformanceBudgets,
  type PerformanceBudgetsJson,
  SystemLimits,
  type SystemLimitsJson,
} from "../limits.js";

/**
 * The budgets and limits that a subsystem starts with, each as wire JSON or as a message. One that is
 * missing has the documented values; a field that is missing in one that is given states none.
 */
export interface LimitsConfig {
  readonly performance?: PerformanceBudgets | PerformanceBudgetsJson;
  readonly memory?: MemoryBudgets | MemoryBudgetsJson;
  readonly limits?: SystemLimits | SystemLimitsJson;
}

/** Budgets and limits that keep their rules; deeply frozen, and nobody else's. */
export interface RequiredLimits {
  readonly performance: Readonly<PerformanceBudgets>;
  readonly memory: Readonly<MemoryBudgets>;
  readonly limits: Readonly<SystemLimits>;
  /**
   * The configuration of a guard that follows: `max_message_size` of `max_message_size_bytes`,
   * `serialization_timeout_us` of `protobuf_serialization_us`. What they do not state has no key.
   */
  readonly guard: GuardConfig;
  /** That of its breakers: `recovery_timeout_ms` of `breaker_reset_seconds`, if stated. */
  readonly breaker: BreakerConfig;
}

/** What errors carry as their type. */
const name = "leyline limits";

/**
 * Refuses to start: checks all budgets and limits, each by its rules and all against what the contracts
 * enforce themselves. Throws one ContractError with every fault, up to 20; paths begin with
 * `performance.`, `memory.` or `limits.`. Document: the Leyline enums and constants, which refuse a
 * start with budgets that contradict themselves.
 */
export function requireLimits(config: LimitsConfig = {}): RequiredLimits {
  const context = new Context();
  const { performance, memory, limits } = guarded("start", name, () => readAll(config, context));
  reportCaps(performance, limits, context);
  refuse("start", name, context.issues);
  const { maxMessageSizeBytes } = limits;
  const { protobufSerializationUs, breakerResetSeconds } = performance;
  return Object.freeze({
    performance,
    memory,
    limits,
    guard: Object.freeze({
      ...(maxMessageSizeBytes > 0 ? { max_message_size: maxMessageSizeBytes } : {}),
      ...(protobufSerializationUs > 0 ? { serialization_timeout_us: protobufSerializationUs } : {}),
    }),
    breaker: Object.freeze(
      breakerResetSeconds > 0 ? { recovery_timeout_ms: breakerResetSeconds * 1000 } : {},
    ),
  });
}

type Sections = Pick<RequiredLimits, "performance" | "memory" | "limits">;

/** The sections of a configuration; what it returns counts only when the walk has no issues. */
function readAll(config: LimitsConfig, context: Context): Sections {
  if (!isPlainObject(config)) {
    context.mismatch("type", expectedObject(config), config);
    return readAll({}, context);
  }
  const { performance, memory, limits, ...others } = config;
  for (const key of Object.keys(others)) {
    if (context.full) break;
    context.fault("unknown_key", "there is no such section", key);
  }
  return {
    performance: readSection(PerformanceBudgets, "performance", performance, context),
    memory: readSection(MemoryBudgets, "memory", memory, context),
    limits: readSection(SystemLimits, "limits", limits, context),
  };
}

/** A section as a message of its own, by the way of its JSON: no message of the caller's is kept. */
function readSection<M extends Message>(
  contract: Contract<M>,
  key: string,
  given: unknown,
  context: Context,
): Readonly<M> {
  const json = given === undefined ? contract.create() : given;
  const written = contract.is(json)
    ? contract.safeToJson(json)
    : ({ ok: true, value: json } as const);
  const read = written.ok ? contract.safeFromJson(written.value) : written;
  if (read.ok) return Object.freeze(read.value);
  for (const issue of read.error.issues) {
    context.add({ ...issue, path: joinPaths(key, issue.path) });
  }
  return contract.create();
}

/**
 * The contracts enforce some documented values whatever a configuration says. One that is looser would
 * promise what every door refuses.
 */
function reportCaps(
  performance: Readonly<PerformanceBudgets>,
  limits: Readonly<SystemLimits>,
  context: Context,
): void {
  const most = SystemLimits.create();
  const hold = (key: string, value: number, cap: number, holder: string): void => {
    if (value <= cap) return;
    context.add({
      path: key,
      rule: "rule",
      message: `must be at most ${cap}, which ${holder} enforces`,
    });
  };
  const longest = PerformanceBudgets.create().checkpointAnalysisMinutesMax;
  hold(
    "performance.checkpoint_analysis_minutes_max",
    performance.checkpointAnalysisMinutesMax,
    longest,
    "StructuralPruningRequest",
  );
  hold(
    "limits.max_seeds_per_epoch",
    limits.maxSeedsPerEpoch,
    most.maxSeedsPerEpoch,
    "SystemStatePacket",
  );
  hold(
    "limits.max_retry_attempts",
    limits.maxRetryAttempts,
    most.maxRetryAttempts,
    "EventEnvelope",
  );
  hold(
    "limits.max_pruning_ratio_percent",
    limits.maxPruningRatioPercent,
    most.maxPruningRatioPercent,
    "PruningConfiguration",
  );
}
