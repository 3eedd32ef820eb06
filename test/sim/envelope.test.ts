import { describe, expect, expectTypeOf, it } from "vitest";
import {
  ControlCommand,
  DataExchange,
  Envelope,
  type EnvelopeJson,
  LogLevel,
  MessageType,
  SimulationState,
  SimulationStatus,
} from "../../src/sim/index.js";

const head = { timestamp: "2024-07-15T10:00:00.123Z", run_id: "sim_run_xyz_123" };
const status = { status: "running", details: "", error_info: null };

function refused(json: unknown): string {
  const result = Envelope.safeFromJson(json);
  return result.ok ? "nothing was refused" : result.error.message;
}
const start = "cannot decode sim.v1.Envelope from JSON: ";

describe("the sim envelope", () => {
  it("puts the payload under the oneof member that message_type names", () => {
    const envelope = Envelope.fromJson({
      ...head,
      message_type: "log_message",
      payload: { level: "WARN", message: "hot" },
    });
    expect(envelope.messageType).toBe(MessageType.LOG_MESSAGE);
    expect(envelope.payload).toMatchObject({
      case: "logMessage",
      value: { level: LogLevel.WARN, message: "hot" },
    });
  });

  it("tells the payload's type by message_type at compile time", () => {
    type Data = Extract<EnvelopeJson, { message_type: "data_exchange" }>;
    expectTypeOf<Data["payload"]["signals"][number]>().toEqualTypeOf<{
      source_component: string;
      source_port: string;
      value: number | boolean | string | null | number[];
    }>();
  });

  it.each([
    [
      "an unknown message_type",
      { message_type: "data", payload: {} },
      'message_type: expected a MessageType name, got "data" [enum]',
    ],
    ["no message_type", { payload: {} }, "message_type: this key is required [required]"],
    [
      "the unspecified type",
      { message_type: "unspecified", payload: {} },
      'message_type: expected a MessageType name, got "unspecified" [enum]',
    ],
    ["no payload", { message_type: "data_exchange" }, "payload: this key is required [required]"],
    [
      "a payload of another type",
      { message_type: "data_exchange", payload: status },
      "payload.time: this key is required [required] (and 1 more issue)",
    ],
    [
      "a bad status",
      { message_type: "simulation_status", payload: { ...status, status: "RUNNING" } },
      'payload.status: expected a SimulationState name, got "RUNNING" [enum]',
    ],
    [
      "error_info of a run that goes on",
      {
        message_type: "simulation_status",
        payload: { ...status, error_info: { code: "X", message: "y" } },
      },
      "payload.error_info: must be null unless status is failed [rule]",
    ],
    [
      "a log level of another spelling",
      { message_type: "log_message", payload: { level: "info", message: "" } },
      'payload.level: expected a LogLevel name, got "info" [enum]',
    ],
    [
      "a command with blanks",
      { message_type: "control_command", payload: { command: "Pause now" } },
      'payload.command: expected a command name such as pause, got "Pause now" [format]',
    ],
    [
      "NaN among signals",
      {
        message_type: "data_exchange",
        payload: {
          time: 1,
          signals: [{ source_component: "a", source_port: "b", value: Number.NaN }],
        },
      },
      "payload.signals[0].value: expected a finite number, got NaN [float.not_finite]",
    ],
    [
      "a signal without a value",
      {
        message_type: "data_exchange",
        payload: { time: 1, signals: [{ source_component: "a", source_port: "b" }] },
      },
      "payload.signals[0].value: this key is required [required]",
    ],
    [
      "an object as a value",
      {
        message_type: "data_exchange",
        payload: { time: 1, signals: [{ source_component: "a", source_port: "b", value: {} }] },
      },
      "payload.signals[0].value: expected a number, boolean, string, null or array of numbers, got an object [type]",
    ],
    [
      "a port with two values",
      {
        message_type: "data_exchange",
        payload: {
          time: 1,
          signals: [1, 2].map((value) => ({ source_component: "a", source_port: "b", value })),
        },
      },
      "payload.signals[1]: a second value for the port a.b [rule]",
    ],
    [
      "a negative time",
      { message_type: "data_exchange", payload: { time: -0.1, signals: [] } },
      "payload.time: expected a number of at least 0, got -0.1 [range]",
    ],
  ])("refuses %s", (_, fields, text) => {
    expect(refused({ ...head, ...fields })).toBe(start + text);
  });

  it.each(["2024-07-15T10:00:00.123", "2024-02-30T10:00:00Z", "now"])(
    "refuses the time %s",
    (timestamp) => {
      expect(
        refused({ ...head, timestamp, message_type: "simulation_status", payload: status }),
      ).toBe(
        `${start}timestamp: expected an RFC 3339 time with a zone, got ${JSON.stringify(timestamp)} [format]`,
      );
    },
  );

  it("refuses a run_id that is no topic segment", () => {
    expect(
      refused({ ...head, run_id: "a.b", message_type: "simulation_status", payload: status }),
    ).toBe(
      `${start}run_id: expected a run id of 1 to 64 letters, digits, _ and -, a letter or digit first, got "a.b" [format]`,
    );
  });

  it("refuses a message whose payload is not what message_type names", () => {
    const envelope = Envelope.fromJson({
      ...head,
      message_type: "simulation_status",
      payload: status,
    });
    expect(() => Envelope.encode({ ...envelope, messageType: MessageType.LOG_MESSAGE })).toThrow(
      "cannot encode sim.v1.Envelope: payload: holds simulationStatus, which message_type does not name [payload.type]",
    );
    expect(() => Envelope.encode({ ...envelope, payload: { case: undefined } })).toThrow(
      "cannot encode sim.v1.Envelope: payload: a payload is required [required]",
    );
  });

  it("writes times in UTC, with three decimals or as many as are needed", () => {
    const time = (timestamp: string): unknown => {
      const json = { ...head, timestamp, message_type: "simulation_status", payload: status };
      return Envelope.toJson(Envelope.fromJson(json)).timestamp;
    };
    expect(time("2024-07-15T12:00:00+02:00")).toBe("2024-07-15T10:00:00.000Z");
    expect(time("2024-07-15T10:00:00.1234567Z")).toBe("2024-07-15T10:00:00.123456700Z");
  });

  it("reports unknown keys where they stand", () => {
    const json = {
      ...head,
      seq: 4,
      message_type: "simulation_status",
      payload: { ...status, progress: 0.5 },
    };
    expect(Envelope.safeFromJson(json)).toMatchObject({
      ok: true,
      unknownKeys: ["seq", "payload.progress"],
    });
  });
});

describe("sim payloads", () => {
  it("always write every key of the proposal", () => {
    const state = SimulationStatus.create({ status: SimulationState.PENDING });
    expect(SimulationStatus.toJson(state)).toEqual({
      status: "pending",
      details: "",
      error_info: null,
    });
    expect(ControlCommand.toJson(ControlCommand.create({ command: "stop" }))).toEqual({
      command: "stop",
      parameters: {},
    });
    expect(DataExchange.toJson(DataExchange.create())).toEqual({ time: 0, signals: [] });
  });

  it("carry every kind of signal value", () => {
    const values = [1498.5, -0, true, "idle", "", null, [1, 2.5], []];
    const signals = values.map((value, index) => ({
      source_component: "c",
      source_port: `p${index}`,
      value,
    }));
    const message = DataExchange.fromJson({ time: 2, signals });
    const again = DataExchange.decode(DataExchange.encode(message));
    expect(DataExchange.toJson(again).signals.map(({ value }) => value)).toEqual([
      1498.5,
      0,
      true,
      "idle",
      "",
      null,
      [1, 2.5],
      [],
    ]);
  });

  it("take a failed run with and without a cause", () => {
    const failed = { status: "failed", details: "diverged", error_info: null };
    expect(SimulationStatus.toJson(SimulationStatus.fromJson(failed))).toEqual(failed);
    const cause = {
      ...failed,
      error_info: { code: "SOLVER_DIVERGED", message: "step 7", time: 3.5 },
    };
    expect(SimulationStatus.toJson(SimulationStatus.fromJson(cause))).toEqual(cause);
  });

  it("keep nested parameters, __proto__ and depth included", () => {
    const parameters = JSON.parse('{"id":"e1","action":{"value":[1,{"__proto__":2}]}}');
    const message = ControlCommand.fromJson({ command: "inject_event", parameters });
    const again = ControlCommand.decode(ControlCommand.encode(message));
    expect(JSON.stringify(ControlCommand.toJson(again).parameters)).toBe(
      JSON.stringify(parameters),
    );
    let deep: unknown = {};
    for (let depth = 0; depth < 200; depth++) deep = { a: deep };
    const result = ControlCommand.safeFromJson({ command: "x", parameters: deep });
    expect(result.ok ? "" : result.error.code).toBe("input.depth");
  });
});
