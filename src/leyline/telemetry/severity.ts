import { MessagePriority } from "../../../gen/esper/leyline/v1/event_pb.js";
import { TelemetryLevel } from "../../../gen/esper/leyline/v1/telemetry_pb.js";
import { guarded } from "../../contract/base/result.js";
import { type TelemetryEvent, TelemetryPacket } from "./telemetry.js";

/** The levels from the least to the most severe. A level that is not stated counts as INFO. */
const severities = {
  [TelemetryLevel.DEBUG]: 0,
  [TelemetryLevel.UNSPECIFIED]: 1,
  [TelemetryLevel.INFO]: 1,
  [TelemetryLevel.WARNING]: 2,
  [TelemetryLevel.ERROR]: 3,
  [TelemetryLevel.CRITICAL]: 4,
} as const satisfies Record<TelemetryLevel, number>;

/**
 * The place of a level in the order of severity, from 0 for DEBUG to 4 for CRITICAL. The enum's own
 * numbers are not in this order. A number without a name counts as UNSPECIFIED, and that as INFO.
 * Document: the Leyline document, "TelemetryPacket".
 */
export function telemetrySeverityOf(level: TelemetryLevel): number {
  return severities[level] ?? severities[TelemetryLevel.UNSPECIFIED];
}

/**
 * Below 0 when `a` is less severe than `b`, above 0 when it is more: for `Array.sort`. Document: the
 * Leyline document, "TelemetryPacket".
 *
 *     [TelemetryLevel.INFO, TelemetryLevel.DEBUG].sort(compareTelemetryLevels); // [DEBUG, INFO]
 */
export function compareTelemetryLevels(a: TelemetryLevel, b: TelemetryLevel): number {
  return telemetrySeverityOf(a) - telemetrySeverityOf(b);
}

/** Whether a level is as severe as another one, or more. Document: as for {@link compareTelemetryLevels}. */
export function isTelemetryLevelAtLeast(level: TelemetryLevel, least: TelemetryLevel): boolean {
  return telemetrySeverityOf(level) >= telemetrySeverityOf(least);
}

/** What decides about events: their level and their token. */
export type TelemetryEventFacts = Pick<TelemetryEvent, "level" | "description">;

/** The descriptions that make a WARNING or an ERROR urgent. */
export const urgentEventDescriptions: ReadonlySet<string> = new Set([
  "timeout_inference",
  "timeout_urza",
  "step_latency_high",
  "loss_spike",
  "isolation_violations",
  "hook_budget",
  "policy_risk_critical",
  "bp_quarantine",
  "device_pressure_high",
  "cpu_pressure_high",
]);

/**
 * The priority of telemetry with these events: CRITICAL with any CRITICAL event; HIGH with a WARNING or
 * ERROR of {@link urgentEventDescriptions}; else NORMAL. Document: the telemetry of the Leyline schema's
 * authors.
 */
export function telemetryPriorityOf(events: readonly TelemetryEventFacts[]): MessagePriority {
  return guarded("check", TelemetryPacket.typeName, () => {
    const isCritical = events.some(({ level }) => level === TelemetryLevel.CRITICAL);
    if (isCritical) return MessagePriority.CRITICAL;
    const isUrgent = ({ level, description }: TelemetryEventFacts): boolean =>
      isTelemetryLevelAtLeast(level, TelemetryLevel.WARNING) &&
      urgentEventDescriptions.has(description);
    return events.some(isUrgent) ? MessagePriority.HIGH : MessagePriority.NORMAL;
  });
}

/** The key of `system_health.indicators` under which telemetry tells its priority by name. */
export const telemetryPriorityIndicator = "priority";
