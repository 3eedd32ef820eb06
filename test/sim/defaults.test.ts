import { expect, it } from "vitest";
import {
  ControlCommand,
  contracts,
  DataExchange,
  Envelope,
  ErrorInfo,
  LogLevel,
  LogMessage,
  MessageType,
  NumberList,
  Signal,
  SimulationState,
  SimulationStatus,
} from "../../src/sim/index.js";

const status = { status: SimulationState.PENDING };
const port = { sourceComponent: "c", sourcePort: "p" };
const envelope = {
  timestamp: { seconds: 0n, nanos: 0 },
  runId: "r",
  messageType: MessageType.SIMULATION_STATUS,
  payload: { case: "simulationStatus", value: SimulationStatus.create(status) },
} as const;

/** Every message with only its required fields, and its whole wire JSON. */
const table = [
  [
    Envelope.toJson(Envelope.create(envelope)),
    '{"timestamp":"1970-01-01T00:00:00.000Z","run_id":"r","message_type":"simulation_status","payload":{"status":"pending","details":"","error_info":null}}',
  ],
  [
    SimulationStatus.toJson(SimulationStatus.create(status)),
    '{"status":"pending","details":"","error_info":null}',
  ],
  [ErrorInfo.toJson(ErrorInfo.create({ code: "E", message: "m" })), '{"code":"E","message":"m"}'],
  [DataExchange.toJson(DataExchange.create()), '{"time":0,"signals":[]}'],
  [
    Signal.toJson(Signal.create({ ...port, value: { case: "numberValue", value: 0 } })),
    '{"source_component":"c","source_port":"p","value":0}',
  ],
  [NumberList.toJson(NumberList.create()), '{"values":[]}'],
  [
    LogMessage.toJson(LogMessage.create({ level: LogLevel.DEBUG })),
    '{"level":"DEBUG","message":""}',
  ],
  [
    ControlCommand.toJson(ControlCommand.create({ command: "stop" })),
    '{"command":"stop","parameters":{}}',
  ],
] as const;

it.each(table)("sim writes %j", (json, text) => {
  expect(JSON.stringify(json)).toBe(text);
});

it("has a line for every message of sim", () => {
  expect(table).toHaveLength(contracts.size);
});

it.each([0, "", false, null, []])("a signal whose value is %j is written with it", (value) => {
  const json = { source_component: "c", source_port: "p", value };
  expect(Signal.toJson(Signal.decode(Signal.encode(Signal.fromJson(json))))).toEqual(json);
});
