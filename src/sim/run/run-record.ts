import { SimulationState } from "../../../gen/sim/v1/status_pb.js";
import type { KnownCommand } from "../commands.js";

/** An order that replaces the one before it. */
export type RunOrder = Exclude<KnownCommand, "inject_event">;

/** A moment as nanoseconds since 1970. */
export type Nanos = bigint;

/** Before every moment that an envelope can have. */
export const never: Nanos = -(10n ** 30n);

/** What a tracker remembers of one run: of fixed size, but for its commands, whose number is bounded. */
export class RunRecord {
  /** The state of the newest status that was taken. */
  state: SimulationState = SimulationState.UNSPECIFIED;
  stateAt: Nanos = never;
  /** When each state was told last, of those that were taken. */
  readonly told = new Map<SimulationState, Nanos>();
  /** The newest simulation time, in seconds. */
  time: number | undefined;
  dataAt: Nanos = never;
  /** The newest of the orders to pause, to resume and to stop. */
  order: RunOrder | undefined;
  orderAt: Nanos = never;
  /** When the last command was made that was taken. */
  commandAt: Nanos = never;
  readonly #commands = new Set<string>();

  constructor(readonly maxCommands: number) {}

  /** Remembers a command by its key; false when it is known already. */
  meet(key: string): boolean {
    if (this.#commands.has(key)) return false;
    const [oldest] = this.#commands;
    if (oldest !== undefined && this.#commands.size + 1 > this.maxCommands) {
      this.#commands.delete(oldest);
    }
    this.#commands.add(key);
    return true;
  }
}
