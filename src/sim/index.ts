export * from "../../gen/systems/sim/schemas.js";
export * from "../contract/timestamps.js";
export { ContractError, isContractError } from "../wire/error.js";
export { channelOf, channels, type MessageTypeName } from "./channels.js";
export {
  type CommandParameters,
  isKnownCommand,
  type KnownCommand,
  type NoParameters,
  type ParametersOf,
  stateAfter,
} from "./commands.js";
export { contracts } from "./contracts.js";
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
export { InjectedEvent } from "./injected-event.js";
export { LogMessage, type LogMessageJson } from "./log.js";
export {
  type CommandArguments,
  type DataInput,
  type LogInput,
  type MakeOptions,
  makeCommand,
  makeData,
  makeDefaults,
  makeLog,
  makeStatus,
  type StatusInput,
} from "./make.js";
export { runIdOf, simulationIdOf } from "./run/run-id.js";
export type { RunOrder } from "./run/run-record.js";
export type { RunJudgement, RunJudgementKind } from "./run/run-rules.js";
export {
  createRunTracker,
  type RunTracker,
  type RunTrackerOptions,
  type RunVerdict,
  type RunView,
  runTrackerDefaults,
} from "./run/run-tracker.js";
export {
  ErrorInfo,
  type ErrorInfoJson,
  SimulationStatus,
  type SimulationStatusJson,
} from "./status.js";
export { type Broker, formatTopic, parseTopic, type TopicParts, topicOf } from "./topics.js";
export { assertTransition, canTransition, isFinalState, type RunState } from "./transitions.js";
