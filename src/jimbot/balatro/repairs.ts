import { Context } from "../../contract/base/context.js";
import { ContractError, type ContractIssue } from "../../wire/error.js";

/** Every kind of repair. The list is closed: a new kind is a new version of this package. */
export const balatroRepairKinds = [
  /** `true` and `false` came as text. */
  "boolean_from_text",
  /** Raw control characters stood in the text of the JSON. */
  "control_character",
  /** An empty Lua table came as `{}` where a list belongs. */
  "empty_list",
  /** A key that every event has was missing. */
  "filled",
  /** A number with a fraction, where whole numbers belong. */
  "fraction_cut",
  /** Something that no field holds, now under the repair's `kept` in the event's metadata. */
  "kept_aside",
  /** A number beyond what its field can hold. */
  "limited",
  /** Lua's `inf` or `nan` stood in the text of the JSON, where it has no word for them. */
  "not_finite",
  /** A number came as text. */
  "number_from_text",
  /** Milliseconds since the game was started, not since 1970. */
  "relative_time",
  /** A key or the type of the event was spelled otherwise. */
  "renamed",
  /** The same facts in another shape, such as the deck as an object. */
  "reshaped",
  /** Text came as a number, as true or false, or as an object. */
  "text_from_value",
] as const;

/** One of the closed list of {@link balatroRepairKinds}. */
export type BalatroRepairKind = (typeof balatroRepairKinds)[number];

/** One thing that was read otherwise than it was written. */
export interface BalatroRepair {
  /** Where in the mod's JSON: `events[0].payload.hand`. Empty for the text as a whole. */
  readonly path: string;
  readonly kind: BalatroRepairKind;
  /** What was done, as a phrase: `empty object read as empty list`. */
  readonly repair: string;
  /** The key in the event's metadata that keeps, as JSON text, what would be lost otherwise. */
  readonly kept?: string;
}

/** The state of one pass over the mod's JSON, and what was repaired on it. */
export class RepairContext extends Context {
  readonly repairs: BalatroRepair[] = [];
  /** Places of the repaired JSON that stand elsewhere in the mod's. */
  readonly #moved = new Map<string, string>();

  /** Reports a repair at the current place. */
  repaired(kind: BalatroRepairKind, repair: string): void {
    this.repairs.push({ path: this.path(), kind, repair });
  }

  /** Reports what was put into the event's metadata. */
  kept(key: string, name: string): void {
    const repair = "what its field cannot hold kept in metadata";
    this.repairs.push({ path: this.path(key), kind: "kept_aside", repair, kept: name });
  }

  /** Remembers that what stands here is at `place` in the repaired JSON. */
  moved(place: string): void {
    this.#moved.set(place, this.path());
  }

  /** The place in the mod's JSON of a place in the repaired JSON. */
  original(path: string): string {
    for (let end = path.length; end > 0; end = lastStep(path, end)) {
      const place = this.#moved.get(path.slice(0, end));
      if (place !== undefined) return `${place}${path.slice(end)}`;
    }
    return path;
  }

  /** The error in the words of the mod's JSON. */
  translated(error: ContractError): ContractError {
    const issues = error.issues.map((issue): ContractIssue => {
      return { ...issue, path: this.original(issue.path) };
    });
    const [first, ...others] = issues;
    if (first === undefined) return error;
    return new ContractError("decode from JSON", error.type, first, others);
  }
}

function lastStep(path: string, end: number): number {
  return Math.max(path.lastIndexOf(".", end - 1), path.lastIndexOf("[", end - 1));
}
