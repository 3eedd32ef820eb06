import { CommandType } from "../../../gen/esper/leyline/v1/command_pb.js";
import { HealthStatus, TelemetryLevel } from "../../../gen/esper/leyline/v1/telemetry_pb.js";
import { guarded } from "../../contract/base/result.js";
import { isTelemetryLevelAtLeast, type TelemetryEventFacts } from "./severity.js";
import { SystemHealth } from "./telemetry.js";

/** What the three subsystems that report their health judge it by. */
export type SubsystemHealthFacts =
  | {
      readonly subsystem: "tamiyo";
      readonly events: readonly TelemetryEventFacts[];
      /** The command that it has decided on, if any. */
      readonly commandType?: CommandType;
    }
  | {
      readonly subsystem: "tolaria";
      readonly events: readonly TelemetryEventFacts[];
      /** How long the step took, and how long it may take, in milliseconds. */
      readonly latencyMs: number;
      readonly budgetMs: number;
      /** How many samples the step trained on. */
      readonly samples: number;
    }
  | {
      readonly subsystem: "kasmina";
      readonly isolationViolations: number;
      readonly fallbackKernel: boolean;
      readonly slowKernel: boolean;
    };

/**
 * The health of a subsystem. Of several rules that hold, the gravest decides: CRITICAL, then UNHEALTHY,
 * then DEGRADED, else HEALTHY. Document: the telemetry of the Leyline schema's authors, one rule for
 * each subsystem.
 *
 *     subsystemHealthOf({ subsystem: "tolaria", events: [], latencyMs: 21.4, budgetMs: 18, samples: 512 });
 *     // HealthStatus.DEGRADED
 */
export function subsystemHealthOf(facts: SubsystemHealthFacts): HealthStatus {
  return guarded("check", SystemHealth.typeName, () => judge(facts));
}

// Comparisons are written so that NaN is never healthy.
function judge(facts: SubsystemHealthFacts): HealthStatus {
  switch (facts.subsystem) {
    case "tamiyo": {
      const { events, commandType } = facts;
      if (has(events, TelemetryLevel.CRITICAL)) return HealthStatus.CRITICAL;
      const isDegraded =
        commandType === CommandType.COMMAND_PAUSE || has(events, TelemetryLevel.WARNING);
      return isDegraded ? HealthStatus.DEGRADED : HealthStatus.HEALTHY;
    }
    case "tolaria": {
      const { events, latencyMs, budgetMs, samples } = facts;
      if (!(samples > 0)) return HealthStatus.UNHEALTHY;
      const isDegraded = !(latencyMs <= budgetMs) || has(events, TelemetryLevel.WARNING);
      return isDegraded ? HealthStatus.DEGRADED : HealthStatus.HEALTHY;
    }
    case "kasmina": {
      const { isolationViolations, fallbackKernel, slowKernel } = facts;
      if (!(isolationViolations <= 0)) return HealthStatus.UNHEALTHY;
      return fallbackKernel || slowKernel ? HealthStatus.DEGRADED : HealthStatus.HEALTHY;
    }
  }
}

/** Whether one event is of this level or a more severe one. */
function has(events: readonly TelemetryEventFacts[], least: TelemetryLevel): boolean {
  return events.some(({ level }) => isTelemetryLevelAtLeast(level, least));
}
