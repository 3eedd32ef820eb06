import type { JsonObject } from "@bufbuild/protobuf";
import { SimulationState } from "../../gen/sim/v1/status_pb.js";
import type { InjectedEvent } from "./injected-event.js";

/** The parameters of a command that takes none. */
export type NoParameters = Readonly<Record<string, never>>;

/** The parameters of each command of the document. */
export interface CommandParameters {
  readonly pause: NoParameters;
  readonly resume: NoParameters;
  readonly stop: NoParameters;
  readonly inject_event: InjectedEvent;
}

/** The commands of the document. Other command names are valid too, for engines that have more. */
export type KnownCommand = keyof CommandParameters;

/** The parameters of a command; any for a command that the document does not name. */
export type ParametersOf<Name extends string> = Name extends KnownCommand
  ? CommandParameters[Name]
  : JsonObject;

const { RUNNING, PAUSED, COMPLETED, FAILED } = SimulationState;
const sameAgain: readonly (readonly [SimulationState, SimulationState])[] = [
  [COMPLETED, COMPLETED],
  [FAILED, FAILED],
];

const effects: Readonly<Record<KnownCommand, ReadonlyMap<SimulationState, SimulationState>>> = {
  pause: new Map([
    [RUNNING, PAUSED],
    [PAUSED, PAUSED],
  ]),
  resume: new Map([
    [RUNNING, RUNNING],
    [PAUSED, RUNNING],
  ]),
  stop: new Map([[RUNNING, COMPLETED], [PAUSED, COMPLETED], ...sameAgain]),
  inject_event: new Map([
    [RUNNING, RUNNING],
    [PAUSED, PAUSED],
  ]),
};

/** Whether the document names this command. */
export function isKnownCommand(name: string): name is KnownCommand {
  return typeof name === "string" && Object.hasOwn(effects, name);
}

/**
 * The state of a run after a command, which may be the same state; undefined if the command is not allowed
 * in `state`: before the run is running, and after its end. Pausing, resuming or stopping twice has the
 * same effect as once. Document: the sim proposal names the commands; their effects are Concord's choice.
 *
 *     stateAfter(SimulationState.RUNNING, "pause"); // SimulationState.PAUSED
 */
export function stateAfter(
  state: SimulationState,
  command: KnownCommand,
): SimulationState | undefined {
  return isKnownCommand(command) ? effects[command].get(state) : undefined;
}
