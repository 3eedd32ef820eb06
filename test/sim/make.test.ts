import { describe, expect, expectTypeOf, it } from "vitest";
import { examples } from "../../src/sim/examples.js";
import {
  Envelope,
  makeCommand,
  makeData,
  makeDefaults,
  makeLog,
  makeStatus,
} from "../../src/sim/index.js";
import { refusalOf } from "../support/refusal.js";

const runId = "sim_run_xyz_123";
const options = { now: () => Date.parse("2024-07-15T10:00:00.123Z") };
const action = { target: "motor_1.params.load", operation: "set", value: 12 };
const cause = { code: "SOLVER_DIVERGED", message: "step 7" };

function exampleOf(name: string): unknown {
  return examples.find((example) => example.name === name)?.json;
}

describe("the builders", () => {
  it.each([
    [
      "simulation_status",
      makeStatus(
        runId,
        { status: "running", details: "Simulation step 500 of 10000 completed." },
        options,
      ),
    ],
    [
      "data_exchange",
      makeData(
        runId,
        {
          time: 50.01,
          signals: [
            { source_component: "motor_1", source_port: "speed_rpm", value: 1498.5 },
            { source_component: "inverter_1", source_port: "output_current", value: 4.2 },
          ],
        },
        options,
      ),
    ],
    [
      "log_message",
      makeLog(
        runId,
        {
          level: "INFO",
          message: "Component 'controller_1' initialized successfully.",
          component_id: "controller_1",
        },
        options,
      ),
    ],
    ["control_command", makeCommand(runId, "pause", {}, options)],
  ])("make the document's %s", (name, envelope) => {
    expect(Envelope.toJson(envelope)).toEqual(exampleOf(name));
    expect(Envelope.safeCheck(envelope, { strict: true }).ok).toBe(true);
  });

  it("use the time of now", () => {
    const before = Date.now();
    const { timestamp } = makeCommand(runId, "stop");
    const millis = Number(timestamp?.seconds) * 1000 + Number(timestamp?.nanos) / 1e6;
    expect(millis).toBeGreaterThanOrEqual(before);
    expect(millis).toBeLessThanOrEqual(Date.now());
    expect(Object.isFrozen(makeDefaults)).toBe(true);
    expect(Envelope.toJson(makeLog(runId, { level: "INFO", message: "" })).run_id).toBe(runId);
    expect(Envelope.toJson(makeData(runId, { time: 0, signals: [] })).run_id).toBe(runId);
  });

  it("keep the cause of a failed run, and copy their arguments", () => {
    const event = { id: "e1", action, trigger: { type: "time", value: 5 } };
    const envelope = makeCommand(runId, "inject_event", event, options);
    event.trigger.value = 6;
    expect(Envelope.toJson(envelope).payload).toEqual({
      command: "inject_event",
      parameters: { id: "e1", action, trigger: { type: "time", value: 5 } },
    });
    const failed = makeStatus(runId, { status: "failed", error_info: cause }, options);
    expect(Envelope.toJson(failed).payload).toEqual({
      status: "failed",
      details: "",
      error_info: cause,
    });
  });

  it("make other commands with any parameters", () => {
    const { payload } = Envelope.toJson(makeCommand(runId, "step", { count: 2 }, options));
    expect(payload).toEqual({ command: "step", parameters: { count: 2 } });
  });

  it("check parameters and causes at compile time", () => {
    expectTypeOf(makeCommand<"inject_event">)
      .parameter(2)
      .not.toBeUndefined();
    expectTypeOf(makeCommand<"pause">)
      .parameter(2)
      .extract<object>()
      .toEqualTypeOf<Readonly<Record<string, never>>>();
    // @ts-expect-error a failed run has a cause
    const failed: Parameters<typeof makeStatus>[1] = { status: "failed" };
    expect(refusalOf(() => makeStatus(runId, failed, options)).message).toBe(
      "cannot accept sim.v1.Envelope: payload.error_info: must not be null when status is failed [required]",
    );
  });

  it.each([
    [
      makeStatus,
      [runId, { status: "running", error_info: cause }, options],
      "sim.v1.Envelope: payload.error_info: must be null unless status is failed [rule]",
    ],
    [
      makeStatus,
      [runId, { status: "stopped" }, options],
      'sim.v1.Envelope: payload.status: expected a SimulationState name, got "stopped" (one of pending, initializing, running, paused, completed, failed) [enum]',
    ],
    [
      makeStatus,
      [runId, { status: "running", detials: "" }, options],
      "sim.v1.Envelope: payload.detials: the message has no such key; did you mean details? [unknown_key]",
    ],
    [
      makeStatus,
      ["a/b", { status: "running" }, options],
      'sim.v1.Envelope: run_id: expected a run id of 1 to 64 letters, digits, _ and -, a letter or digit first, got "a/b" [format]',
    ],
    [
      makeData,
      [
        runId,
        { time: 1, signals: [{ source_component: "a", source_port: "b", value: Number.NaN }] },
        options,
      ],
      "sim.v1.Envelope: payload.signals[0].value: expected a finite number, got NaN [float.not_finite]",
    ],
    [
      makeData,
      [runId, undefined, options],
      "sim.v1.Envelope: payload: expected an object, got undefined [type]",
    ],
    [
      makeData,
      [runId, { time: -1, signals: [] }, options],
      "sim.v1.Envelope: payload.time: expected a number of at least 0, got -1 [range]",
    ],
    [
      makeLog,
      [runId, { level: "info", message: "" }, options],
      'sim.v1.Envelope: payload.level: expected a LogLevel name, got "info"; did you mean INFO? (one of DEBUG, INFO, WARN, ERROR) [enum]',
    ],
    [
      makeCommand,
      [runId, "Pause", {}, options],
      'sim.v1.Envelope: payload.command: expected a command name such as pause, got "Pause" [format]',
    ],
    [
      makeCommand,
      [runId, "pause", { after: 1 }, options],
      "sim.v1.Envelope: payload.parameters: pause takes no parameters [rule]",
    ],
    [
      makeCommand,
      [runId, "inject_event"],
      "sim.InjectedEvent: id: this key is required [required] (and 1 more issue)",
    ],
    [
      makeCommand,
      [runId, "inject_event", { id: "e1", action, when: 1 }],
      "sim.InjectedEvent: when: the message has no such key [unknown_key]",
    ],
    [
      makeCommand,
      [runId, "inject_event", { id: "e1", action: { ...action, operations: "set" } }],
      "sim.InjectedEvent: action.operations: the message has no such key; did you mean operation? [unknown_key]",
    ],
    [
      makeLog,
      [
        runId,
        {
          get level() {
            throw new Error("no");
          },
        },
        options,
      ],
      "sim.v1.Envelope: reading the value threw an error [input.unreadable]",
    ],
    [
      makeStatus,
      [runId, { status: "running" }, { now: () => Number.NaN }],
      "sim.v1.Envelope: timestamp: expected whole milliseconds since 1970, got NaN [range]",
    ],
  ])("refuse %o %#", (make, given, text) => {
    expect(refusalOf(() => Reflect.apply(make, undefined, given)).message).toBe(
      `cannot accept ${text}`,
    );
  });

  it("distinguish a fault of the clock from one of the message, a ContractError included", () => {
    const fault = refusalOf(() => makeStatus("no run id", { status: "running" }));
    for (const thrown of [new Error("mine"), fault]) {
      const now = (): never => {
        throw thrown;
      };
      expect(refusalOf(() => makeStatus(runId, { status: "running" }, { now })).message).toBe(
        "cannot configure sim.v1.Envelope: now: the function threw an error [config]",
      );
    }
  });

  it.each([
    [{ now: 5 }, "cannot configure sim.v1.Envelope: now: expected a function, got 5 [config]"],
    [null, "cannot configure sim.v1.Envelope: expected an object, got null [config]"],
  ])("refuse the options %j", (wrong, text) => {
    const given = [runId, { status: "running" }, wrong];
    expect(refusalOf(() => Reflect.apply(makeStatus, undefined, given)).message).toBe(text);
  });
});
