import { expect, it } from "vitest";
import {
  assertTransition,
  createRunTracker,
  type DataInput,
  Envelope,
  type InjectedEvent,
  isFinalState,
  makeCommand,
  makeData,
  makeLog,
  makeStatus,
  SimulationState,
  topicOf,
} from "../../src/sim/index.js";

const runId = "sim_run_xyz_123";

/** A motor of which an event changes the load, and the envelopes of its run as they are sent. */
function runOfMotor(): Envelope[] {
  let millis = Date.parse("2024-07-15T10:00:00.123Z");
  const options = {
    now: () => {
      millis += 250;
      return millis;
    },
  };
  const sent: Envelope[] = [];
  let state = SimulationState.UNSPECIFIED;
  const emit = (
    status: "pending" | "initializing" | "running" | "paused" | "completed",
    details = "",
  ) => {
    const envelope = makeStatus(runId, { status, details }, options);
    if (envelope.payload.case !== "simulationStatus") throw new Error("no status was made");
    const next = envelope.payload.value.status;
    if (state !== SimulationState.UNSPECIFIED) assertTransition(state, next);
    state = next;
    sent.push(envelope);
  };
  let load = 10;
  const signalsAt = (): DataInput["signals"] => [
    { source_component: "motor_1", source_port: "speed_rpm", value: 1500 - load * 0.5 },
    {
      source_component: "motor_1",
      source_port: "phase_currents",
      value: [load, -load / 2, -load / 2],
    },
    { source_component: "sensor_1", source_port: "reading", value: null },
  ];
  const step = (time: number) =>
    sent.push(makeData(runId, { time, signals: signalsAt() }, options));

  emit("pending", "Waiting for a worker.");
  emit("initializing");
  const component_id = "controller_1";
  const message = "Component 'controller_1' initialized successfully.";
  sent.push(makeLog(runId, { level: "INFO", message, component_id }, options));
  emit("running");
  step(0);
  step(0.01);
  const event: InjectedEvent = {
    id: "load_up",
    trigger: { type: "time", value: 0.02 },
    action: { target: "motor_1.params.load", operation: "set", value: 12 },
  };
  sent.push(makeCommand(runId, "inject_event", event, options));
  load = 12;
  step(0.02);
  sent.push(makeCommand(runId, "pause", {}, options));
  emit("paused");
  sent.push(makeCommand(runId, "resume", {}, options));
  emit("running", "Simulation step 3 of 4 completed.");
  step(0.03);
  emit("completed", "Simulation step 4 of 4 completed.");
  return sent;
}

/** What a subscriber of the run sees: all of it, two messages twice, one too late. */
function arrivals(): Envelope[] {
  const sent = runOfMotor();
  const [, , , , firstStep] = sent;
  const event = sent.find(
    ({ payload }) => payload.case === "controlCommand" && payload.value.command === "inject_event",
  );
  const running = sent.find(
    ({ payload }) =>
      payload.case === "simulationStatus" && payload.value.status === SimulationState.RUNNING,
  );
  return [...sent, event, firstStep, running].filter((envelope) => envelope !== undefined);
}

/** The transcript of a run in one encoding, as one who hears it all writes it. */
function transcribe<Wire>(
  broker: "amqp" | "mqtt",
  write: (envelope: Envelope) => Wire,
  read: (wire: Wire) => Envelope,
  show: (wire: Wire) => string,
): { lines: string[]; verdicts: string[]; last: SimulationState } {
  const tracker = createRunTracker();
  const lines: string[] = [];
  const verdicts: string[] = [];
  for (const sent of arrivals()) {
    const wire = write(sent);
    const envelope = read(wire);
    expect(Envelope.equals(envelope, sent)).toBe(true);
    const { kind, after } = tracker.take(envelope);
    const verdict = `${kind} ${SimulationState[after].toLowerCase()}`;
    verdicts.push(verdict);
    lines.push(`${topicOf(envelope, broker)} ${verdict}`, `  ${show(wire)}`);
  }
  return { lines, verdicts, last: tracker.get(runId)?.state ?? SimulationState.UNSPECIFIED };
}

const textOf = (lines: readonly string[]) => `${lines.join("\n")}\n`;

it("a run from pending to completed, with an injected event, reads the same in JSON and in binary", async () => {
  const json = transcribe(
    "amqp",
    (envelope) => Envelope.toJsonText(envelope),
    (text) => Envelope.fromJsonText(text),
    (text) => text,
  );
  const binary = transcribe(
    "mqtt",
    (envelope) => Envelope.encode(envelope),
    (bytes) => Envelope.decode(bytes),
    (bytes) => `${bytes.length} bytes ${Buffer.from(bytes).toString("hex")}`,
  );
  expect(json.verdicts).toEqual(binary.verdicts);
  expect([json.last, binary.last].every(isFinalState)).toBe(true);
  expect(json.verdicts.slice(-4)).toEqual([
    "accepted completed",
    "repeated completed",
    "late completed",
    "late completed",
  ]);
  await expect(textOf(json.lines)).toMatchFileSnapshot("transcripts/run.json.txt");
  await expect(textOf(binary.lines)).toMatchFileSnapshot("transcripts/run.binary.txt");
});
