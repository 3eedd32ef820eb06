import type { Timestamp } from "@bufbuild/protobuf/wkt";
import type { Report } from "../contract/model/definition.js";
import type { MapOf } from "../contract/rules/composites.js";

import { formed, type StringRule } from "../contract/rules/formats.js";
import { gamePhases } from "./events/phases.js";

/** A number that is never negative. */
export const count = { min: 0 } as const;

/** A 64-bit number that is never negative. */
export const count64 = { min: 0n } as const;

/** How sure somebody is: from 0, not at all, to 1, certain. */
export const certainty = { min: 0, max: 1 } as const;

/** UNKNOWN is the last one, and the only one with a number behind it. */
const phase = `${gamePhases.join("|")}(?:_STATE_-?\\d+)?`;

/** A phase of the game, or the empty string where no run is active. */
export const phaseOrNone: StringRule = formed(
  new RegExp(`^(?:${phase})?$`),
  "a phase such as PLAYING, or an empty string",
);

/** A phase of the game, the game's own number of it, `unknown`, or the empty string. */
export const gameStateOrNone: StringRule = formed(
  new RegExp(`^(?:${phase}|-?\\d+|unknown)?$`),
  "a phase such as PLAYING, the game's number of it, unknown, or an empty string",
);

/** Reports the empty key of a map whose keys must not be empty. */
export function refuseEmptyKey(map: MapOf<unknown>, key: string, report: Report): void {
  if (Object.hasOwn(map, "")) report([key, ""], "length", "keys must not be empty");
}

/** Reports a refusal that gives no reason. */
export function refuseSilence(success: boolean, message: string, report: Report): void {
  if (success || message !== "") return;
  report(["message"], "rule", "must not be empty unless success is true");
}

/**
 * True when a change is the difference of two values, as far as their decimals tell: the mod writes
 * 14 digits of each number.
 */
export function isChange(change: number, before: number, after: number): boolean {
  const scale = Math.max(Math.abs(before), Math.abs(after), Math.abs(change));
  return Math.abs(after - before - change) <= scale * 1e-12;
}

/** True unless both times are set and the second is not later than the first. */
export function isInOrder(first: Timestamp | undefined, second: Timestamp | undefined): boolean {
  if (first === undefined || second === undefined) return true;
  if (first.seconds !== second.seconds) return first.seconds < second.seconds;
  return first.nanos < second.nanos;
}
