import { readOptions, reportKind } from "../contract/base/settings.js";
import { ContractError, mismatch } from "../wire/error.js";

/** Clock and id generator for new messages, such as a test's or a host's own. */
export interface BeamlineOptions {
  /** Milliseconds since 1970. Default `Date.now`. */
  readonly now?: () => number;
  /** A new id. Default `crypto.randomUUID`. */
  readonly newId?: () => string;
}

/** The default clock and id generator. */
export const beamlineDefaults: Readonly<Required<BeamlineOptions>> = Object.freeze({
  now: () => Date.now(),
  newId: () => globalThis.crypto.randomUUID(),
});

/** A checked copy of the options. Throws ContractError `config` for options or functions of a wrong kind. */
export function readBeamlineOptions<O extends BeamlineOptions>(typeName: string, options: O): O {
  return readOptions(typeName, options, ({ now, newId }, context) => {
    reportKind(context, "now", now, "function");
    reportKind(context, "newId", newId, "function");
  });
}

/** The current time in whole milliseconds. Throws `config` if the clock fails or returns no time. */
export function timeOf({ now = beamlineDefaults.now }: BeamlineOptions, typeName: string): bigint {
  const time = call(now, "now", typeName);
  if (typeof time === "number" && Number.isFinite(time) && time >= 0) {
    return BigInt(Math.trunc(time));
  }
  const expected = "a clock that gives milliseconds since 1970";
  throw new ContractError("convert", typeName, mismatch("now", "config", expected, time));
}

/** A new id. Throws `config` if the generator fails or returns no id. */
export function idOf(
  { newId = beamlineDefaults.newId }: BeamlineOptions,
  typeName: string,
): string {
  const id = call(newId, "newId", typeName);
  if (typeof id === "string" && id !== "") return id;
  const expected = "a source that gives a non-empty string";
  throw new ContractError("convert", typeName, mismatch("newId", "config", expected, id));
}

/** Calls a function of the caller, which may return anything and throw anything. */
function call(generate: () => unknown, path: string, typeName: string): unknown {
  try {
    return generate();
  } catch {
    const message = "the function threw an error";
    throw new ContractError("convert", typeName, { path, rule: "config", message });
  }
}
