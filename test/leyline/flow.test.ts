import type { Message } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import type { Channel } from "../../src/contract/channel.js";
import type { Contract } from "../../src/contract/contract.js";
import { examples } from "../../src/leyline/examples.js";
import {
  AdaptationCommand,
  assertTransition,
  busStreamOf,
  CommandType,
  channels,
  checkSeedGate,
  EventEnvelope,
  HealthStatus,
  isEventExpired,
  MessagePriority,
  packEvent,
  SeedLifecycleGate,
  SeedLifecycleStage,
  SeedOperation,
  SystemStatePacket,
  seedGateOf,
  subsystemHealthOf,
  TelemetryLevel,
  TelemetryPacket,
  telemetryPriorityIndicator,
  telemetryPriorityOf,
  unpackEvent,
  validateContracts,
  validateSchema,
} from "../../src/leyline/index.js";
import {
  createNonceCache,
  signatureHeader,
  signCommand,
  verifyCommand,
} from "../../src/leyline/signing/index.js";

const key = new TextEncoder().encode("leyline-test-secret");
const issued = Date.parse("2025-01-18T11:04:05.125Z");
const issuedAt = { seconds: BigInt(Math.floor(issued / 1000)), nanos: 125_000_000 };
const now = () => issued + 20;

type Encoding = "json" | "binary";

/** A readable log of everything that is sent and found. */
class Transcript {
  readonly #lines: string[] = [];

  constructor(readonly encoding: Encoding) {}

  say(line: string): void {
    this.#lines.push(line);
  }

  /** Sends a message over a channel, as text or as bytes, and returns what arrives. */
  send<M extends Message>(contract: Contract<M>, message: M, line: string): M {
    if (this.encoding === "json") {
      const text = contract.toJsonText(message);
      this.#lines.push("", `${line}: ${contract.typeName}`, text);
      return validateSchema(contract, JSON.parse(text));
    }
    const bytes = contract.encode(message);
    const hex = Buffer.from(bytes)
      .toString("hex")
      .replace(/.{1,96}/g, "$&\n")
      .trimEnd();
    this.#lines.push("", `${line}: ${contract.typeName}, ${bytes.length} bytes`, hex);
    return validateSchema(contract, bytes);
  }

  toString(): string {
    return `${this.#lines.join("\n").trim()}\n`;
  }
}

function channelOf(name: string): Channel {
  const channel = channels.find((candidate) => candidate.name === name);
  if (channel === undefined) throw new Error(`no channel has the name ${name}`);
  return channel;
}

/** Tolaria sends its state, Tamiyo answers with a signed command, Tolaria executes it and reports. */
async function replay(encoding: Encoding): Promise<string> {
  const transcript = new Transcript(encoding);
  validateContracts();
  const nonces = createNonceCache();

  const json = examples.find(({ contract }) => contract === SystemStatePacket)?.json;
  const sent = SystemStatePacket.fromJson(json);
  const run = { training_run_id: sent.trainingRunId };
  const state = transcript.send(
    SystemStatePacket,
    sent,
    `tolaria -> ${channelOf("state").at(run)} -> tamiyo`,
  );
  expect(state).toEqual(sent);

  const [seed] = state.seedStates;
  if (seed === undefined) throw new Error("the state has no seed");
  const next = SeedLifecycleStage.SEED_STAGE_BLENDING;
  assertTransition(seed.stage, next);
  const gate = seedGateOf(seed.stage, next);
  expect(gate).toBe(SeedLifecycleGate.SEED_GATE_G2_STABILITY);
  const facts = { latencyMs: state.trainingMetrics["latency_ms"] ?? Number.NaN, budgetMs: 18 };
  const failures = checkSeedGate(SeedLifecycleGate.SEED_GATE_G2_STABILITY, facts);
  expect(failures).toEqual([]);
  const stages = [seed.stage, next].map((stage) => SeedLifecycleStage[stage]);
  transcript.say(`\ntamiyo: ${seed.seedId} may go from ${stages.join(" to ")}`);

  const command = AdaptationCommand.create({
    commandId: "4915b0fe-849c-4217-a278-7aeb6fd353c9",
    commandType: CommandType.COMMAND_SEED,
    targetSeedId: seed.seedId,
    executionDeadlineMs: 18,
    issuedAt,
    issuedBy: "tamiyo",
    payload: {
      case: "seedOperation",
      value: {
        $typeName: "esper.leyline.v1.CommandSeedOperation",
        operation: SeedOperation.SEED_OP_START_GRAFTING,
        blueprintId: "BP-CONV-0042",
        parameters: { alpha: 0.25 },
      },
    },
    annotations: { training_run_id: state.trainingRunId },
  });
  const event = packEvent(command, {
    eventType: "adaptation.command.issued",
    sourceSubsystem: "tamiyo",
    priority: MessagePriority.NORMAL,
    correlationId: state.packetId,
    routingKeys: [channelOf("command").at(run)],
    ttlMillis: 60_000,
    newId: () => "3f788d1f-7f9f-4df9-a946-3501b987074e",
    now: () => issued,
  });
  const signature = await signCommand(event.payload, key);
  const stream = busStreamOf(event.priority);
  const arrived = transcript.send(
    EventEnvelope,
    event,
    `tamiyo -> ${channelOf("events").at({ stream })} -> oona -> tolaria`,
  );
  transcript.say(`${signatureHeader}: ${signature}`);
  expect(isEventExpired(arrived, { now })).toBe(false);
  expect(unpackEvent(arrived)).toEqual(command);

  const options = { key, nonces, now };
  const unsigned = await verifyCommand(arrived.payload, undefined, options);
  const forged = await verifyCommand(arrived.payload, signature.replace(/^./, "_"), options);
  const verdict = await verifyCommand(arrived.payload, signature, options);
  const again = await verifyCommand(arrived.payload, signature, options);
  const verdicts = [unsigned, forged, verdict, again];
  const found = verdicts.map((each) => (each.ok ? "ok" : each.reason));
  transcript.say(
    `tolaria: without a signature, with another, as it came, once more: ${found.join(", ")}`,
  );
  if (!verdict.ok) throw new Error(verdict.reason);
  expect(verdict.command).toEqual(command);

  const events = [
    {
      $typeName: "esper.leyline.v1.TelemetryEvent" as const,
      eventId: "evt-1",
      description: "step_latency_high",
      level: TelemetryLevel.WARNING,
      attributes: { command_id: verdict.command.commandId },
    },
  ];
  const priority = telemetryPriorityOf(events);
  const status = subsystemHealthOf({
    subsystem: "tolaria",
    events,
    latencyMs: 21.4,
    budgetMs: verdict.command.executionDeadlineMs,
    samples: 512,
  });
  const packet = TelemetryPacket.create({
    packetId: "b7a4c1d2-0e59-4f3a-8b61-93d27c5e8f04",
    timestamp: { seconds: issuedAt.seconds, nanos: 250_000_000 },
    sourceSubsystem: "tolaria",
    level: TelemetryLevel.WARNING,
    metrics: [{ name: "tolaria.training.latency_ms", value: 21.4, unit: "ms" }],
    events,
    systemHealth: {
      status,
      summary: "step latency",
      indicators: { [telemetryPriorityIndicator]: `MESSAGE_PRIORITY_${MessagePriority[priority]}` },
    },
  });
  const address = channelOf("telemetry").at({ source_subsystem: "tolaria" });
  const report = transcript.send(TelemetryPacket, packet, `tolaria -> ${address} -> nissa`);
  expect(report).toEqual(packet);
  transcript.say(`nissa: ${HealthStatus[status]}, by the ${busStreamOf(priority)} stream`);
  return transcript.toString();
}

describe("state, signed command and telemetry", () => {
  it.each(["json", "binary"] as const)("go from start to end in %s", async (encoding) => {
    await expect(await replay(encoding)).toMatchFileSnapshot(`transcripts/flow.${encoding}.txt`);
  });
});
