import { ContractError, mismatch } from "../wire/error.js";

/** Where new messages get their ids and times from; given by tests and by hosts that have their own. */
export interface BeamlineOptions {
  /** Milliseconds since 1970. Default `Date.now`. */
  readonly now?: () => number;
  /** A new id. Default `crypto.randomUUID`. */
  readonly newId?: () => string;
}

/** The sources of the platform. */
export const beamlineDefaults: Readonly<Required<BeamlineOptions>> = Object.freeze({
  now: () => Date.now(),
  newId: () => globalThis.crypto.randomUUID(),
});

/** The time of a source, in whole milliseconds. Throws `config` for a clock that gives none. */
export function timeOf({ now = beamlineDefaults.now }: BeamlineOptions, typeName: string): bigint {
  const time = ask(now, "now", typeName);
  if (typeof time === "number" && Number.isFinite(time) && time >= 0) {
    return BigInt(Math.trunc(time));
  }
  const expected = "a clock that gives milliseconds since 1970";
  throw new ContractError("convert", typeName, mismatch("now", "config", expected, time));
}

/** The next id of a source. Throws `config` for a source that gives none. */
export function idOf(
  { newId = beamlineDefaults.newId }: BeamlineOptions,
  typeName: string,
): string {
  const id = ask(newId, "newId", typeName);
  if (typeof id === "string" && id !== "") return id;
  const expected = "a source that gives a non-empty string";
  throw new ContractError("convert", typeName, mismatch("newId", "config", expected, id));
}

/** What a caller's function gives: it may give anything, and throw anything. */
function ask(source: () => unknown, path: string, typeName: string): unknown {
  try {
    return source();
  } catch {
    const message = "the function threw an error";
    throw new ContractError("convert", typeName, { path, rule: "config", message });
  }
}
