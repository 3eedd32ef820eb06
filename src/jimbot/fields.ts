import type { Timestamp } from "@bufbuild/protobuf/wkt";
import type { Report } from "../contract/model/definition.js";
import type { MapOf } from "../contract/rules/composites.js";

import { formed, type StringRule } from "../contract/rules/formats.js";
import { gamePhases } from "./events/phases.js";

/** A number that is never negative. */
export const count = { min: 0 } as const;

/** A 64-bit number that is never negative. */
export const count64 = { min: 0n } as const;

/** Confidence, 0 to 1. */
export const confidence = { min: 0, max: 1 } as const;

/** UNKNOWN, the last phase, is the only one that a number may follow. */
const phase = `${gamePhases.join("|")}(?:_STATE_-?\\d+)?`;

/** A phase of the game, or the empty string where no run is active. */
export const phaseOrNone: StringRule = formed(
  new RegExp(`^(?:${phase})?$`),
  "a phase such as PLAYING, or an empty string",
);

/** A phase of the game, the game's own number for it, `unknown`, or the empty string. */
export const gameStateOrNone: StringRule = formed(
  new RegExp(`^(?:${phase}|-?\\d+|unknown)?$`),
  "a phase such as PLAYING, the game's number of it, unknown, or an empty string",
);

/** Reports the empty key of a map whose keys must not be empty. */
export function reportEmptyKey(map: MapOf<unknown>, key: string, report: Report): void {
  if (Object.hasOwn(map, "")) report([key, ""], "length", "keys must not be empty");
}

/** Reports a refusal without a reason. */
export function reportMissingReason(success: boolean, message: string, report: Report): void {
  if (success || message !== "") return;
  report(["message"], "rule", "must not be empty unless success is true");
}

/** Whether the second time is later than the first; also true if one of them is unset. */
export function isInOrder(first: Timestamp | undefined, second: Timestamp | undefined): boolean {
  if (first === undefined || second === undefined) return true;
  if (first.seconds !== second.seconds) return first.seconds < second.seconds;
  return first.nanos < second.nanos;
}
