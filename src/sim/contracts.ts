import { createRegistry } from "../contract/registry.js";
import { ControlCommand } from "./control.js";
import { DataExchange, NumberList, Signal } from "./data.js";
import { Envelope } from "./envelope.js";
import { LogMessage } from "./log.js";
import { ErrorInfo, SimulationStatus } from "./status.js";

/** Every contract of `sim.v1`. */
export const contracts = /* @__PURE__ */ createRegistry([
  Envelope,
  SimulationStatus,
  ErrorInfo,
  DataExchange,
  Signal,
  NumberList,
  LogMessage,
  ControlCommand,
]);
