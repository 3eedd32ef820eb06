import { describe, expect, it } from "vitest";
import { examples } from "../../../src/leyline/examples.js";
import {
  busStreamOf,
  CommandType,
  channels,
  compareTelemetryLevels,
  HealthStatus,
  isTelemetryLevelAtLeast,
  MessagePriority,
  MessagePrioritySchema,
  type SubsystemHealthFacts,
  subsystemHealthOf,
  TelemetryLevel,
  TelemetryLevelSchema,
  TelemetryPacket,
  telemetryPriorityIndicator,
  telemetryPriorityOf,
  telemetrySeverityOf,
  urgentEventDescriptions,
} from "../../../src/leyline/index.js";

const { DEBUG, INFO, WARNING, ERROR, CRITICAL, UNSPECIFIED } = TelemetryLevel;

/** An event with this level. */
function event(level: TelemetryLevel, description = "seed_grafted") {
  return { level, description };
}

describe("the levels of telemetry", () => {
  it("ascend from DEBUG to CRITICAL, unlike their numbers", () => {
    const levels = [CRITICAL, DEBUG, ERROR, INFO, WARNING].sort(compareTelemetryLevels);
    expect(levels).toEqual([DEBUG, INFO, WARNING, ERROR, CRITICAL]);
    expect(levels.map(telemetrySeverityOf)).toEqual([0, 1, 2, 3, 4]);
    expect(DEBUG).toBeGreaterThan(CRITICAL);
  });

  it("count as INFO if they are UNSPECIFIED or unknown", () => {
    expect(telemetrySeverityOf(UNSPECIFIED)).toBe(telemetrySeverityOf(INFO));
    expect(telemetrySeverityOf(Number("9"))).toBe(telemetrySeverityOf(INFO));
  });

  it("are compared by severity", () => {
    for (const { number: level } of TelemetryLevelSchema.values) {
      expect(isTelemetryLevelAtLeast(level, level)).toBe(true);
      expect(isTelemetryLevelAtLeast(level, DEBUG)).toBe(true);
      expect(isTelemetryLevelAtLeast(level, CRITICAL)).toBe(level === CRITICAL);
    }
    expect(isTelemetryLevelAtLeast(WARNING, ERROR)).toBe(false);
  });
});

describe("the priority of telemetry", () => {
  it("has the documented urgent descriptions", () => {
    expect([...urgentEventDescriptions].sort()).toEqual([
      "bp_quarantine",
      "cpu_pressure_high",
      "device_pressure_high",
      "hook_budget",
      "isolation_violations",
      "loss_spike",
      "policy_risk_critical",
      "step_latency_high",
      "timeout_inference",
      "timeout_urza",
    ]);
  });

  it.each([
    [[], MessagePriority.NORMAL],
    [[event(ERROR)], MessagePriority.NORMAL],
    [[event(INFO, "loss_spike")], MessagePriority.NORMAL],
    [[event(DEBUG, "loss_spike")], MessagePriority.NORMAL],
    [[event(INFO), event(WARNING, "loss_spike")], MessagePriority.HIGH],
    [[event(ERROR, "timeout_urza")], MessagePriority.HIGH],
    [[event(WARNING, "loss_spike"), event(CRITICAL)], MessagePriority.CRITICAL],
  ])("of %j is %i", (events, priority) => {
    expect(telemetryPriorityOf(events)).toBe(priority);
  });

  it("is the one that the example has", () => {
    const json = examples.find(({ contract }) => contract === TelemetryPacket)?.json;
    const packet = TelemetryPacket.fromJson(json);
    const name = packet.systemHealth?.indicators[telemetryPriorityIndicator];
    expect(MessagePrioritySchema.value[telemetryPriorityOf(packet.events)]?.name).toBe(name);
  });

  it("decides the bus stream", () => {
    const streams = MessagePrioritySchema.values.map(({ number }) => busStreamOf(number));
    expect(streams).toEqual(["normal", "normal", "normal", "emergency", "emergency"]);
    expect(busStreamOf(Number("5"))).toBe("normal");
    const channel = channels.find(({ name }) => name === "events");
    expect(channel?.at({ stream: busStreamOf(MessagePriority.HIGH) })).toBe(
      "leyline.emergency.events",
    );
  });

  it("is refused for facts that cannot be read", () => {
    expect(() => Reflect.apply(telemetryPriorityOf, undefined, [null])).toThrow(
      "cannot accept esper.leyline.v1.TelemetryPacket: reading the value threw an error [input.unreadable]",
    );
  });
});

describe("the health", () => {
  const tamiyo = { subsystem: "tamiyo", events: [] } as const;
  const tolaria = {
    subsystem: "tolaria",
    events: [],
    latencyMs: 18,
    budgetMs: 18,
    samples: 512,
  } as const;
  const kasmina = {
    subsystem: "kasmina",
    isolationViolations: 0,
    fallbackKernel: false,
    slowKernel: false,
  } as const;

  it.each<[SubsystemHealthFacts, HealthStatus]>([
    [tamiyo, HealthStatus.HEALTHY],
    [{ ...tamiyo, events: [event(INFO), event(DEBUG)] }, HealthStatus.HEALTHY],
    [{ ...tamiyo, commandType: CommandType.COMMAND_SEED }, HealthStatus.HEALTHY],
    [{ ...tamiyo, commandType: CommandType.COMMAND_PAUSE }, HealthStatus.DEGRADED],
    [{ ...tamiyo, events: [event(WARNING)] }, HealthStatus.DEGRADED],
    [{ ...tamiyo, events: [event(WARNING), event(CRITICAL)] }, HealthStatus.CRITICAL],
    [tolaria, HealthStatus.HEALTHY],
    [{ ...tolaria, latencyMs: 18.1 }, HealthStatus.DEGRADED],
    [{ ...tolaria, latencyMs: Number.NaN }, HealthStatus.DEGRADED],
    [{ ...tolaria, events: [event(ERROR)] }, HealthStatus.DEGRADED],
    [{ ...tolaria, events: [event(CRITICAL)] }, HealthStatus.DEGRADED],
    [{ ...tolaria, latencyMs: 20, samples: 0 }, HealthStatus.UNHEALTHY],
    [kasmina, HealthStatus.HEALTHY],
    [{ ...kasmina, fallbackKernel: true }, HealthStatus.DEGRADED],
    [{ ...kasmina, slowKernel: true }, HealthStatus.DEGRADED],
    [{ ...kasmina, slowKernel: true, isolationViolations: 1 }, HealthStatus.UNHEALTHY],
  ])("of %j is %i", (facts, status) => {
    expect(subsystemHealthOf(facts)).toBe(status);
  });

  it("is refused for facts that cannot be read", () => {
    expect(() => Reflect.apply(subsystemHealthOf, undefined, [null])).toThrow(
      "cannot accept esper.leyline.v1.SystemHealth: reading the value threw an error [input.unreadable]",
    );
  });
});
