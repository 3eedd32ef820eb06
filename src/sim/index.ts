import { createRegistry } from "../contract/registry.js";
import { ControlCommand } from "./control.js";
import { DataExchange, NumberList, Signal } from "./data.js";
import { Envelope } from "./envelope.js";
import { LogMessage } from "./log.js";
import { ErrorInfo, SimulationStatus } from "./status.js";

export { ControlCommandSchema } from "../../gen/sim/v1/control_pb.js";
export { DataExchangeSchema, NumberListSchema, SignalSchema } from "../../gen/sim/v1/data_pb.js";
export { EnvelopeSchema, MessageType, MessageTypeSchema } from "../../gen/sim/v1/envelope_pb.js";
export { LogLevel, LogLevelSchema, LogMessageSchema } from "../../gen/sim/v1/log_pb.js";
export {
  ErrorInfoSchema,
  SimulationState,
  SimulationStateSchema,
  SimulationStatusSchema,
} from "../../gen/sim/v1/status_pb.js";
export { channels } from "./channels.js";
export { ControlCommand, type ControlCommandJson } from "./control.js";
export {
  DataExchange,
  type DataExchangeJson,
  NumberList,
  type NumberListJson,
  Signal,
  type SignalJson,
  type SignalValue,
} from "./data.js";
export { Envelope, type EnvelopeJson } from "./envelope.js";
export { LogMessage, type LogMessageJson } from "./log.js";
export {
  ErrorInfo,
  type ErrorInfoJson,
  SimulationStatus,
  type SimulationStatusJson,
} from "./status.js";
export { canTransition } from "./transitions.js";

/** Every contract of `sim.v1`. */
export const contracts = createRegistry([
  Envelope,
  SimulationStatus,
  ErrorInfo,
  DataExchange,
  Signal,
  NumberList,
  LogMessage,
  ControlCommand,
]);
