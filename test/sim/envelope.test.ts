import { create } from "@bufbuild/protobuf";
import { TimestampSchema } from "@bufbuild/protobuf/wkt";
import { describe, expect, expectTypeOf, it } from "vitest";
import {
  Envelope,
  type EnvelopeJson,
  LogLevel,
  LogMessage,
  MessageType,
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

  it("has a payload type that depends on message_type at compile time", () => {
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
      'message_type: expected a MessageType name, got "data" (one of simulation_status, data_exchange, log_message, control_command) [enum]',
    ],
    ["no message_type", { payload: {} }, "message_type: this key is required [required]"],
    [
      "the unspecified type",
      { message_type: "unspecified", payload: {} },
      'message_type: expected a MessageType name, got "unspecified" (one of simulation_status, data_exchange, log_message, control_command) [enum]',
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
      'payload.status: expected a SimulationState name, got "RUNNING"; did you mean running? (one of pending, initializing, running, paused, completed, failed) [enum]',
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
      'payload.level: expected a LogLevel name, got "info"; did you mean INFO? (one of DEBUG, INFO, WARN, ERROR) [enum]',
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
      "what is no number among numbers",
      {
        message_type: "data_exchange",
        payload: {
          time: 1,
          signals: [{ source_component: "a", source_port: "b", value: [1, "2", Number.NaN] }],
        },
      },
      'payload.signals[0].value[1]: expected a finite number, got "2" [type] (and 1 more issue)',
    ],
    [
      "the unspecified level",
      { message_type: "log_message", payload: { level: "UNSPECIFIED", message: "" } },
      'payload.level: expected a LogLevel name, got "UNSPECIFIED" (one of DEBUG, INFO, WARN, ERROR) [enum]',
    ],
    [
      "a payload that is no object",
      { message_type: "log_message", payload: "hot" },
      'payload: expected an object, got "hot" [type]',
    ],
    [
      "a command that ends in blanks",
      { message_type: "control_command", payload: { command: "pause now" } },
      'payload.command: expected a command name such as pause, got "pause now" [format]',
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

  it("refuses a run_id that is not one topic segment", () => {
    expect(
      refused({ ...head, run_id: "a.b", message_type: "simulation_status", payload: status }),
    ).toBe(
      `${start}run_id: expected a run id of 1 to 64 letters, digits, _ and -, a letter or digit first, got "a.b" [format]`,
    );
  });

  it("refuses a payload of another type than message_type", () => {
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

  const payloads = [
    ["simulation_status", status],
    [
      "data_exchange",
      { time: 1, signals: [{ source_component: "a", source_port: "b", value: [1] }] },
    ],
    ["log_message", { level: "ERROR", message: "too hot" }],
    ["control_command", { command: "set_rate", parameters: { rate: 2 } }],
  ] as const;

  it.each(payloads)("carries a %s", (message_type, payload) => {
    const json = { ...head, message_type, payload };
    const message = Envelope.decode(Envelope.encode(Envelope.fromJson(json)));
    expect(Envelope.toJson(message)).toEqual(json);
  });

  it.each(payloads)("reports the path in a %s that cannot be written", (message_type, payload) => {
    const message = Envelope.fromJson({ ...head, message_type, payload });
    const { value } = message.payload;
    if (value !== undefined) value.$unknown = [{ no: 99, wireType: 0, data: Uint8Array.of(1) }];
    const result = Envelope.safeToJson(message);
    expect(result.ok ? "nothing was refused" : result.error.path).toBe("payload");
  });

  it("refuses the unspecified values on the binary side too", () => {
    const envelope = Envelope.fromJson({
      ...head,
      message_type: "simulation_status",
      payload: status,
    });
    expect(() => Envelope.encode({ ...envelope, messageType: MessageType.UNSPECIFIED })).toThrow(
      "cannot encode sim.v1.Envelope: message_type: expected a MessageType name, got 0 [range]",
    );
    expect(() => SimulationStatus.encode(SimulationStatus.create())).toThrow(
      "cannot encode sim.v1.SimulationStatus: status: expected a SimulationState name, got 0 [range]",
    );
    expect(() => LogMessage.encode(LogMessage.create())).toThrow(
      "cannot encode sim.v1.LogMessage: level: expected a LogLevel name, got 0 [range]",
    );
  });

  it("refuses, when strict, a time finer than a millisecond", () => {
    const strict = { strict: true };
    const envelope = Envelope.fromJson({
      ...head,
      message_type: "simulation_status",
      payload: status,
    });
    expect(Envelope.safeCheck(envelope, strict).ok).toBe(true);
    const finer = { ...envelope, timestamp: create(TimestampSchema, { nanos: 1_000_001 }) };
    expect(Envelope.safeCheck(finer).ok).toBe(true);
    expect(() => Envelope.check(finer, strict)).toThrow(
      "cannot accept sim.v1.Envelope: timestamp: a time finer than a millisecond [format]",
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

  it("reads times of every offset, and writes them with 3, 6 or 9 decimals", () => {
    const time = (timestamp: string): unknown => {
      const json = { ...head, timestamp, message_type: "simulation_status", payload: status };
      return Envelope.toJson(Envelope.decode(Envelope.encode(Envelope.fromJson(json)))).timestamp;
    };
    expect(time("2024-07-15T10:00:00Z")).toBe("2024-07-15T10:00:00.000Z");
    expect(time("2024-07-14T23:30:00.1-10:30")).toBe("2024-07-15T10:00:00.100Z");
    expect(time("2024-07-15T10:00:00.123456+00:00")).toBe("2024-07-15T10:00:00.123456Z");
    expect(time("2024-07-15T10:00:00.123456789Z")).toBe("2024-07-15T10:00:00.123456789Z");
  });

  it("reports a bare NaN in a text as the cause", () => {
    const text = '{"timestamp":"2024-07-15T10:00:00Z","payload":{"time":NaN}}';
    const result = Envelope.safeFromJsonText(text);
    expect(result.ok ? "" : result.error.message).toBe(
      `${start}NaN at character 55 is not a JSON value [json.syntax]`,
    );
  });

  it("reports the paths of unknown keys", () => {
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
