import type { JsonObject } from "@bufbuild/protobuf";
import { SimulationState } from "../../gen/sim/v1/status_pb.js";
import type { InjectedEvent } from "./injected-event.js";

/** What the commands without arguments take. */
export type NoParameters = Readonly<Record<string, never>>;

/** What each command of the document takes. */
export interface CommandParameters {
  readonly pause: NoParameters;
  readonly resume: NoParameters;
  readonly stop: NoParameters;
  readonly inject_event: InjectedEvent;
}

/** The commands of the document. Others of the same form are kept for engines that know more. */
export type KnownCommand = keyof CommandParameters;

/** What a command takes: its own parameters, or any for one that the document does not name. */
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
  return Object.hasOwn(effects, name);
}

/**
 * The state that a run in `state` goes to when it obeys a command, which may be the one that it is in;
 * undefined where the command has no place: before the run is running, and after its end. Pausing,
 * resuming and stopping twice is the same as once. Document: the sim proposal names the commands; what
 * they lead to is Concord's choice.
 *
 *     stateAfter(SimulationState.RUNNING, "pause"); // SimulationState.PAUSED
 */
export function stateAfter(
  state: SimulationState,
  command: KnownCommand,
): SimulationState | undefined {
  return isKnownCommand(command) ? effects[command].get(state) : undefined;
}
