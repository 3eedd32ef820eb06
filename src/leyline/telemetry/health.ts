import { CommandType } from "../../../gen/esper/leyline/v1/command_pb.js";
import { HealthStatus, TelemetryLevel } from "../../../gen/esper/leyline/v1/telemetry_pb.js";
import { guarded } from "../../contract/base/result.js";
import { isTelemetryLevelAtLeast, type TelemetryEventFacts } from "./severity.js";
import { SystemHealth } from "./telemetry.js";

/** The facts that decide the health of a subsystem, for each of the three that report it. */
export type SubsystemHealthFacts =
  | {
      readonly subsystem: "tamiyo";
      readonly events: readonly TelemetryEventFacts[];
      /** The type of the command that it decided on, if any. */
      readonly commandType?: CommandType;
    }
  | {
      readonly subsystem: "tolaria";
      readonly events: readonly TelemetryEventFacts[];
      /** Duration of the step, in milliseconds. */
      readonly latencyMs: number;
      /** Maximum duration of a step, in milliseconds. */
      readonly budgetMs: number;
      /** Number of samples that the step trained on. */
      readonly samples: number;
    }
  | {
      readonly subsystem: "kasmina";
      readonly isolationViolations: number;
      readonly fallbackKernel: boolean;
      readonly slowKernel: boolean;
    };

/**
 * The health of a subsystem: the most severe status whose condition is met, in the order CRITICAL,
 * UNHEALTHY, DEGRADED, otherwise HEALTHY. Throws ContractError `input.unreadable` if reading the facts
 * throws. Document: the telemetry of the Leyline schema's authors, which has conditions for each subsystem.
 *
 *     subsystemHealthOf({ subsystem: "tolaria", events: [], latencyMs: 21.4, budgetMs: 18, samples: 512 });
 *     // HealthStatus.DEGRADED
 */
export function subsystemHealthOf(facts: SubsystemHealthFacts): HealthStatus {
  return guarded("check", SystemHealth.typeName, () => statusOf(facts));
}

// Comparisons are written so that NaN is never healthy.
function statusOf(facts: SubsystemHealthFacts): HealthStatus {
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

/** Whether an event has at least this level. */
function has(events: readonly TelemetryEventFacts[], minimum: TelemetryLevel): boolean {
  return events.some(({ level }) => isTelemetryLevelAtLeast(level, minimum));
}
