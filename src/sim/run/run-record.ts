import { SimulationState } from "../../../gen/sim/v1/status_pb.js";
import { RecentEntries } from "../../contract/base/recent.js";
import type { KnownCommand } from "../commands.js";

/** A command that replaces the previous one: pause, resume or stop. */
export type RunOrder = Exclude<KnownCommand, "inject_event">;

/** A moment as nanoseconds since 1970. */
export type Nanos = bigint;

/** Before every moment that an envelope can have. */
const never: Nanos = -(10n ** 30n);

/** What a tracker remembers of one run. Its size is fixed, except for its commands, whose number is limited. */
export class RunRecord {
  /** The state of the newest accepted status. */
  state: SimulationState = SimulationState.UNSPECIFIED;
  stateAt: Nanos = never;
  /** The time of the last accepted status with each state. */
  readonly reportedAt = new Map<SimulationState, Nanos>();
  /** The newest simulation time, in seconds. */
  time: number | undefined;
  dataAt: Nanos = never;
  /** The newest of the pause, resume and stop commands. */
  order: RunOrder | undefined;
  orderAt: Nanos = never;
  /** The time of the last accepted command. */
  commandAt: Nanos = never;
  readonly #commands: RecentEntries<string, true>;

  constructor(maxCommands: number) {
    this.#commands = new RecentEntries({ maxEntries: maxCommands });
  }

  /** Remembers a command by its key. Returns false if it is known already. */
  remember(key: string): boolean {
    if (this.#commands.has(key)) return false;
    this.#commands.set(key, true);
    return true;
  }
}
