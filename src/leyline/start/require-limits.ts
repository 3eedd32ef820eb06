import type { Message } from "@bufbuild/protobuf";
import { Context } from "../../contract/base/context.js";
import { expectedObject, isPlainObject } from "../../contract/base/plain-data.js";
import { guarded, refuse } from "../../contract/base/result.js";
import type { Contract } from "../../contract/contract.js";
import type { BreakerConfig } from "../../contract/guard/breaker-config.js";
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
 * The budgets and limits of a subsystem, each as wire JSON or as a message. A missing section has the
 * documented values; a missing field of a given section is 0 and sets no limit.
 */
export interface LimitsConfig {
  readonly performance?: PerformanceBudgets | PerformanceBudgetsJson;
  readonly memory?: MemoryBudgets | MemoryBudgetsJson;
  readonly limits?: SystemLimits | SystemLimitsJson;
}

/** Valid budgets and limits: deeply frozen copies. */
export interface RequiredLimits {
  readonly performance: Readonly<PerformanceBudgets>;
  readonly memory: Readonly<MemoryBudgets>;
  readonly limits: Readonly<SystemLimits>;
  /**
   * The configuration of a guard with these limits: `max_message_size` is `max_message_size_bytes`,
   * `serialization_timeout_us` is `protobuf_serialization_us`. A limit of 0 has no key.
   */
  readonly guard: GuardConfig;
  /** The configuration of its breakers: `recovery_timeout_ms` is `breaker_reset_seconds`, if that is not 0. */
  readonly breaker: BreakerConfig;
}

/** The type name in errors. */
const name = "leyline limits";

/**
 * Checks all budgets and limits at the start of a service: each against its rules, and all against the
 * limits that the contracts enforce anyway. Returns frozen copies. Throws one ContractError with up to 20
 * issues, whose paths begin with `performance`, `memory` or `limits`; a configuration that is no object is
 * `config`, as for `createGuard`. Document: the Leyline enums and
 * constants, which do not allow a start with contradictory budgets.
 */
export function requireLimits(config: LimitsConfig = {}): RequiredLimits {
  const context = new Context();
  const { performance, memory, limits } = guarded("start", name, () => readAll(config, context));
  reportLooseLimits(performance, limits, context);
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

const sectionNames: readonly (keyof LimitsConfig)[] = ["performance", "memory", "limits"];

type Sections = Pick<RequiredLimits, "performance" | "memory" | "limits">;

/** Reads all sections. The result is valid only if the context has no issues. */
function readAll(config: LimitsConfig, context: Context): Sections {
  if (!isPlainObject(config)) {
    context.mismatch("config", expectedObject(config), config);
    return readAll({}, context);
  }
  const { performance, memory, limits, ...others } = config;
  for (const key of Object.keys(others)) {
    if (context.full) break;
    context.unknownKey("unknown_key", "there is no such section", key, sectionNames);
  }
  return {
    performance: readSection(PerformanceBudgets, "performance", performance, context),
    memory: readSection(MemoryBudgets, "memory", memory, context),
    limits: readSection(SystemLimits, "limits", limits, context),
  };
}

/**
 * Reads a section into a new message. A message of the caller is converted to JSON and back, so that
 * nothing of it is kept.
 */
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
 * Reports limits that are higher than what the contracts enforce. Such a limit would allow values that
 * every method refuses.
 */
function reportLooseLimits(
  performance: Readonly<PerformanceBudgets>,
  limits: Readonly<SystemLimits>,
  context: Context,
): void {
  const documented = SystemLimits.create();
  const reportAbove = (key: string, value: number, maximum: number, enforcer: string): void => {
    if (value <= maximum) return;
    context.add({
      path: key,
      rule: "rule",
      message: `must be at most ${maximum}, which ${enforcer} enforces`,
    });
  };
  const longest = PerformanceBudgets.create().checkpointAnalysisMinutesMax;
  reportAbove(
    "performance.checkpoint_analysis_minutes_max",
    performance.checkpointAnalysisMinutesMax,
    longest,
    "StructuralPruningRequest",
  );
  reportAbove(
    "limits.max_seeds_per_epoch",
    limits.maxSeedsPerEpoch,
    documented.maxSeedsPerEpoch,
    "SystemStatePacket",
  );
  reportAbove(
    "limits.max_retry_attempts",
    limits.maxRetryAttempts,
    documented.maxRetryAttempts,
    "EventEnvelope",
  );
  reportAbove(
    "limits.max_pruning_ratio_percent",
    limits.maxPruningRatioPercent,
    documented.maxPruningRatioPercent,
    "PruningConfiguration",
  );
}
