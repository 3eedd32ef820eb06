import { MessagePriority } from "../../../gen/esper/leyline/v1/event_pb.js";
import { TelemetryLevel } from "../../../gen/esper/leyline/v1/telemetry_pb.js";
import { guarded } from "../../contract/base/result.js";
import { type TelemetryEvent, TelemetryPacket } from "./telemetry.js";

/** Severity of each level, ascending. UNSPECIFIED counts as INFO. */
const severities = {
  [TelemetryLevel.DEBUG]: 0,
  [TelemetryLevel.UNSPECIFIED]: 1,
  [TelemetryLevel.INFO]: 1,
  [TelemetryLevel.WARNING]: 2,
  [TelemetryLevel.ERROR]: 3,
  [TelemetryLevel.CRITICAL]: 4,
} as const satisfies Record<TelemetryLevel, number>;

/**
 * The severity of a level, from 0 for DEBUG to 4 for CRITICAL. The enum's own numbers are not in this
 * order. UNSPECIFIED and numbers without a name count as INFO.
 * Document: the Leyline document, "TelemetryPacket".
 */
export function telemetrySeverityOf(level: TelemetryLevel): number {
  return severities[level] ?? severities[TelemetryLevel.UNSPECIFIED];
}

/**
 * Compares two levels for `Array.sort`: negative if `a` is less severe than `b`, positive if it is more
 * severe. Document: the Leyline document, "TelemetryPacket".
 *
 *     [TelemetryLevel.INFO, TelemetryLevel.DEBUG].sort(compareTelemetryLevels); // [DEBUG, INFO]
 */
export function compareTelemetryLevels(a: TelemetryLevel, b: TelemetryLevel): number {
  return telemetrySeverityOf(a) - telemetrySeverityOf(b);
}

/** Returns whether a level is at least as severe as `minimum`. Document: as for {@link compareTelemetryLevels}. */
export function isTelemetryLevelAtLeast(level: TelemetryLevel, minimum: TelemetryLevel): boolean {
  return telemetrySeverityOf(level) >= telemetrySeverityOf(minimum);
}

/** The fields of an event that decide its priority and the health. */
export type TelemetryEventFacts = Pick<TelemetryEvent, "level" | "description">;

/** Descriptions of WARNING and ERROR events that have HIGH priority. Document: as for {@link telemetryPriorityOf}. */
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
 * The priority of telemetry with these events: CRITICAL if any event is CRITICAL; HIGH if the description of
 * a WARNING or ERROR is one of {@link urgentEventDescriptions}; otherwise NORMAL. Throws ContractError
 * `input.unreadable` if reading the events throws. Document: the telemetry of the Leyline schema's authors.
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

/** The key in `system_health.indicators` for the name of the priority. */
export const telemetryPriorityIndicator = "priority";
