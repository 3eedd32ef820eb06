import { Context, type Step } from "../../contract/base/context.js";
import type { UnknownKeys } from "../../contract/base/dialect.js";
import { ContractError, type ContractIssue } from "../../wire/error.js";
import { joinPaths } from "../events/any.js";

/** Every kind of repair. The list is closed: a new kind comes only with a new version of this package. */
export const balatroRepairKinds = [
  /** A string `true` or `false` was read as a boolean. */
  "boolean_from_text",
  /** Raw control characters in the JSON text were escaped. */
  "control_character",
  /** An empty Lua table, `{}`, was read as an empty list. */
  "empty_list",
  /** A missing key that every event has was filled in. */
  "filled",
  /** The fraction of a number in an integer field was cut off. */
  "fraction_cut",
  /** A value that its field cannot hold was kept in the event's metadata, under the repair's `kept`. */
  "kept_aside",
  /** A number beyond the range of its field became the nearest number in range. */
  "limited",
  /** Lua's `inf` or `nan`, which JSON does not have, was read as a string, or `nan` in a field of numbers as 0. */
  "not_finite",
  /** A string was read as a number. */
  "number_from_text",
  /** A difference was calculated again, because a value that it depends on was repaired. */
  "recalculated",
  /** A timestamp counts from the start of the game, not from 1970. */
  "relative_time",
  /** A key or the event's type has another name. */
  "renamed",
  /** A value has another shape, such as the deck as an object. */
  "reshaped",
  /** A number, boolean, object or list was read as a string. */
  "text_from_value",
] as const;

/** One of the {@link balatroRepairKinds}. */
export type BalatroRepairKind = (typeof balatroRepairKinds)[number];

/** One repair: a value that was changed while reading. */
export interface BalatroRepair {
  /** Path in the mod's JSON: `events[0].payload.hand`. Empty for the text as a whole. */
  readonly path: string;
  readonly kind: BalatroRepairKind;
  /** What was changed: `empty object read as empty list`. */
  readonly repair: string;
  /** The metadata key of the event that keeps the original value as JSON text. */
  readonly kept?: string;
}

/** The state of one pass over the mod's JSON: path, issues and repairs. */
export class RepairContext extends Context {
  readonly repairs: BalatroRepair[] = [];
  /** Paths in the repaired JSON that differ from those in the mod's JSON. */
  readonly #moved = new Map<string, string>();
  /** Where the value that is read is in the mod's JSON. */
  readonly #start: string;

  /** `unknownKeyMode`: what readers do with keys that the messages do not have. What a field cannot hold is none. */
  constructor(
    start: readonly Step[] = [],
    readonly unknownKeyMode: UnknownKeys = "report",
  ) {
    super();
    for (const step of start) this.enter(step);
    this.#start = this.path();
  }

  /** Adds a repair at the current path. */
  repaired(kind: BalatroRepairKind, repair: string): void {
    this.repairs.push({ path: this.path(), kind, repair });
  }

  /** Adds the repair that a value was kept in the event's metadata. */
  kept(key: string, name: string): void {
    const repair = "what its field cannot hold kept in metadata";
    this.repairs.push({ path: this.path(key), kind: "kept_aside", repair, kept: name });
  }

  /** Remembers that the value at the current path is at `repairedPath` in the repaired JSON. */
  moved(repairedPath: string): void {
    this.#moved.set(repairedPath, this.path());
  }

  /** The path in the mod's JSON of a path in the repaired value. */
  original(within: string): string {
    const path = joinPaths(this.#start, within);
    for (let end = path.length; end > 0; end = lastStep(path, end)) {
      const start = this.#moved.get(path.slice(0, end));
      if (start !== undefined) return `${start}${path.slice(end)}`;
    }
    return path;
  }

  /** The error with the paths of the mod's JSON, for the message that was posted. */
  translated(error: ContractError, typeName: string): ContractError {
    const issues = error.issues.map((issue): ContractIssue => {
      return { ...issue, path: this.original(issue.path) };
    });
    const [first, ...others] = issues;
    if (first === undefined) return error;
    return new ContractError("decode from JSON", typeName, first, others);
  }
}

function lastStep(path: string, end: number): number {
  return Math.max(path.lastIndexOf(".", end - 1), path.lastIndexOf("[", end - 1));
}
