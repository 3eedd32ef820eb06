import { create, type Message } from "@bufbuild/protobuf";
import { type Timestamp, TimestampSchema } from "@bufbuild/protobuf/wkt";
import type { ControlCommand as ControlCommandMessage } from "../../gen/sim/v1/control_pb.js";
import { MessageType } from "../../gen/sim/v1/envelope_pb.js";
import {
  SimulationState,
  type SimulationStatus as SimulationStatusMessage,
} from "../../gen/sim/v1/status_pb.js";
import { callOption } from "../contract/base/call-option.js";
import { Context } from "../contract/base/context.js";
import { guarded, refuse } from "../contract/base/result.js";
import { readOptions, reportKind } from "../contract/base/settings.js";
import { unsafeCast } from "../contract/base/unsafe-cast.js";
import type { Contract } from "../contract/contract.js";
import { fromEpochMillis } from "../contract/rules/time.js";
import { ContractError, type ContractIssue, mismatch } from "../wire/error.js";
import { isKnownCommand, type KnownCommand, type ParametersOf } from "./commands.js";
import { ControlCommand } from "./control.js";
import { DataExchange, type SignalValue } from "./data.js";
import { Envelope } from "./envelope.js";
import { InjectedEvent } from "./injected-event.js";
import { LogMessage, type LogMessageJson } from "./log.js";
import { type ErrorInfoJson, SimulationStatus, type SimulationStatusJson } from "./status.js";

/** Options of the functions that make envelopes. */
export interface MakeOptions {
  /** The time for `timestamp`, in whole milliseconds since the Unix epoch. Default `Date.now()`. */
  readonly now?: () => number;
}

/** The defaults of {@link MakeOptions}. */
export const makeDefaults: Readonly<Required<MakeOptions>> = Object.freeze({
  now: () => Date.now(),
});

/** The payload for {@link makeStatus}. Only a failed run has `error_info`, and it must have one. */
export type StatusInput =
  | {
      readonly status: Exclude<SimulationStatusJson["status"], "failed">;
      /** Free text for people. Default empty. */
      readonly details?: string;
    }
  | { readonly status: "failed"; readonly details?: string; readonly error_info: ErrorInfoJson };

/** The payload for {@link makeData}. */
export interface DataInput {
  /** Simulation time of the step, in seconds since the start of the run. */
  readonly time: number;
  /** All signals that changed in this step. */
  readonly signals: readonly {
    readonly source_component: string;
    readonly source_port: string;
    readonly value: SignalValue | readonly number[];
  }[];
}

/** The payload for {@link makeLog}. */
export interface LogInput {
  readonly level: LogMessageJson["level"];
  readonly message: string;
  /** The component that writes the line. Default none: the engine itself. */
  readonly component_id?: string | null;
}

/** The arguments of {@link makeCommand} after the command's name. */
export type CommandArguments<Name extends string> = Name extends "inject_event"
  ? [parameters: ParametersOf<Name>, options?: MakeOptions]
  : [parameters?: ParametersOf<Name>, options?: MakeOptions];

/**
 * Makes the envelope of a status. Throws ContractError with the codes of the envelope's rules, `unknown_key` for a
 * key that the payload does not have, `required` for a failed run without `error_info`, `config` for
 * options of a wrong kind. Document: the sim proposal, "simulation_status".
 *
 *     makeStatus("sim_run_xyz_123", { status: "running", details: "Step 500 of 10000" });
 */
export function makeStatus(
  runId: string,
  status: StatusInput,
  options: MakeOptions = {},
): Envelope {
  const head = headOf(runId, MessageType.SIMULATION_STATUS, options);
  const value = read(SimulationStatus, status);
  assertCause(value);
  return Envelope.check(Envelope.create({ ...head, payload: { case: "simulationStatus", value } }));
}

/**
 * Makes the envelope of one time step's data. A port without a number has the value null; NaN is refused.
 * Throws what {@link makeStatus} throws. Document: the sim proposal, "data_exchange".
 *
 *     const speed = { source_component: "motor_1", source_port: "speed_rpm", value: 1498.5 };
 *     makeData("sim_run_xyz_123", { time: 50.01, signals: [speed] });
 */
export function makeData(runId: string, data: DataInput, options: MakeOptions = {}): Envelope {
  const head = headOf(runId, MessageType.DATA_EXCHANGE, options);
  const value = read(DataExchange, data);
  return Envelope.check(Envelope.create({ ...head, payload: { case: "dataExchange", value } }));
}

/**
 * Makes the envelope of a log line. Throws what {@link makeStatus} throws. Document: the sim proposal, "log_message".
 *
 *     makeLog("sim_run_xyz_123", { level: "WARN", message: "hot", component_id: "motor_1" });
 */
export function makeLog(runId: string, line: LogInput, options: MakeOptions = {}): Envelope {
  const head = headOf(runId, MessageType.LOG_MESSAGE, options);
  const value = read(LogMessage, line);
  return Envelope.check(Envelope.create({ ...head, payload: { case: "logMessage", value } }));
}

/**
 * Makes the envelope of a command to the engine. A command of the document takes the parameters that the
 * document says, any other command any parameters. Throws what {@link makeStatus} throws, `rule` for
 * parameters of a command that takes none, and what `InjectedEvent.check` throws. Document: the sim proposal, "control_command".
 *
 *     makeCommand("sim_run_xyz_123", "pause");
 *     const action = { target: "motor_1.params.load", operation: "set", value: 12 };
 *     makeCommand("sim_run_xyz_123", "inject_event", { id: "load_up", action });
 */
export function makeCommand<const Name extends KnownCommand | (string & {})>(
  runId: string,
  command: Name,
  ...[parameters, options = {}]: CommandArguments<Name>
): Envelope {
  const head = headOf(runId, MessageType.CONTROL_COMMAND, options);
  const value = read(ControlCommand, { command, parameters: parameters ?? {} });
  assertParameters(value);
  return Envelope.check(Envelope.create({ ...head, payload: { case: "controlCommand", value } }));
}

type Head = Pick<Envelope, "runId" | "messageType"> & { readonly timestamp: Timestamp };

function refuseAt(path: string, rule: ContractIssue["rule"], message: string): void {
  refuse("check", Envelope.typeName, [{ path, rule, message }]);
}

function assertCause({ status, errorInfo }: SimulationStatusMessage): void {
  if (status !== SimulationState.FAILED || errorInfo !== undefined) return;
  refuseAt("payload.error_info", "required", "must not be null when status is failed");
}

/** Throws for invalid parameters of a command of the document. */
function assertParameters({ command, parameters = {} }: ControlCommandMessage): void {
  if (!isKnownCommand(command)) return;
  switch (command) {
    case "pause":
    case "resume":
    case "stop":
      if (Object.keys(parameters).length > 0) {
        refuseAt("payload.parameters", "rule", `${command} takes no parameters`);
      }
      break;
    case "inject_event":
      InjectedEvent.check(unsafeCast(parameters));
  }
}

/** Reads a payload from wire JSON; its rules are not checked yet. The error says `check`, because the caller writes. */
function read<M extends Message>(contract: Contract<M>, json: unknown): M {
  const context = new Context(false, "refuse");
  context.enter("payload");
  const payload = guarded("check", Envelope.typeName, () =>
    contract.definition.read(json, context),
  );
  refuse("check", Envelope.typeName, context.issues);
  return unsafeCast<M>(payload);
}

function headOf(runId: string, messageType: MessageType, options: MakeOptions): Head {
  const { typeName } = Envelope;
  const { now = makeDefaults.now } = readOptions(typeName, options, (own, context) =>
    reportKind(context, "now", own.now, "function"),
  );
  const millis = callOption("configure", typeName, "now", now);
  const instant = fromEpochMillis(millis);
  if (instant === undefined) {
    const issue = mismatch("timestamp", "range", "whole milliseconds since 1970", millis);
    throw new ContractError("check", typeName, issue);
  }
  return { timestamp: create(TimestampSchema, instant), runId, messageType };
}
