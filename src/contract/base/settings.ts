import { ContractError } from "../../wire/error.js";
import { Context } from "./context.js";
import type { Names } from "./nearest.js";
import { expectedObject, isPlainObject } from "./plain-data.js";
import { refuse } from "./result.js";
import { unsafeCast } from "./unsafe-cast.js";

/** One setting: an integer within bounds, or the constant `true` where the schema allows nothing else. */
type Setting =
  | { readonly default: number; readonly min: number; readonly max?: number }
  | { readonly default: true };

/** The settings of one section of a configuration, by their documented keys. */
export type Section = Readonly<Record<string, Setting>>;

/** The values of all settings of a section. */
export type Settings<S extends Section> = {
  readonly [K in keyof S]: S[K] extends { readonly default: true } ? true : number;
};

/** The documented defaults of a section, frozen. */
export function defaultsOf<S extends Section>(section: S): Settings<S> {
  const entries = Object.entries(section).map(([key, setting]) => [key, setting.default]);
  return Object.freeze(unsafeCast<Settings<S>>(Object.fromEntries(entries)));
}

/**
 * The given values of a section with defaults for missing keys; a frozen copy. Throws ContractError
 * `config` with all issues: wrong values, unknown keys, a value that cannot be read.
 */
export function readSettings<S extends Section>(
  name: string,
  section: S,
  given: unknown,
): Settings<S> {
  const values: Record<string, unknown> = { ...defaultsOf(section) };
  const context = new Context();
  unlessUnreadable(name, () => {
    if (!isPlainObject(given)) {
      context.mismatch("config", expectedObject(given), given);
      return;
    }
    for (const key of Object.keys(given)) {
      if (context.full) break;
      const setting = Object.hasOwn(section, key) ? section[key] : undefined;
      if (setting === undefined) {
        context.unknownKey("config", "there is no such setting", key, Object.keys(section));
        continue;
      }
      const value = given[key];
      context.enter(key);
      if (!fits(value, setting)) context.mismatch("config", describeSetting(setting), value);
      context.leave();
      values[key] = value;
    }
  });
  refuse("configure", name, context.issues);
  return Object.freeze(unsafeCast<Settings<S>>(values));
}

/** A copy of a user's options, checked by `check`. Throws ContractError `config` with all issues. */
export function readOptions<O extends object>(
  name: string,
  options: O,
  check: (options: O, context: Context) => void,
): O {
  const context = new Context();
  const copy = unlessUnreadable(name, () => {
    // Before the copy: that of a text has an entry for each character.
    if (!isPlainObject(options)) {
      context.mismatch("config", expectedObject(options), options);
      return options;
    }
    const own = { ...options };
    check(own, context);
    return own;
  });
  refuse("configure", name, context.issues);
  return copy;
}

/** Reports an option that is neither undefined nor of its kind. */
export function reportKind(
  context: Context,
  key: string,
  value: unknown,
  kind: "function" | "string" | "boolean",
): void {
  if (value === undefined || typeof value === kind) return;
  context.mismatch("config", `a ${kind}`, value, key);
}

/** Reports every option that is none of `known`, with the nearest name. */
export function reportUnknownOptions(context: Context, given: object, known: Names): void {
  for (const key of Object.keys(given)) {
    if (context.full) return;
    if (!known.includes(key)) context.unknownKey("config", "there is no such option", key, known);
  }
}

/** Reports a wrong value of the option `unknownKeys`. */
export function reportUnknownKeys(context: Context, value: unknown): void {
  if (value === undefined || value === "refuse" || value === "report") return;
  context.mismatch("config", "refuse or report", value, "unknownKeys");
}

/** Reads a caller's object. Throws ContractError `config` in place of what a getter or Proxy throws. */
export function unlessUnreadable<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch {
    const message = "reading the value threw an error";
    throw new ContractError("configure", name, { path: "", rule: "config", message });
  }
}

function fits(value: unknown, setting: Setting): boolean {
  if (setting.default === true) return value === true;
  const { min, max = Number.MAX_SAFE_INTEGER } = setting;
  return typeof value === "number" && Number.isInteger(value) && value >= min && value <= max;
}

function describeSetting(setting: Setting): string {
  if (setting.default === true) return "true";
  const { min, max } = setting;
  return max === undefined ? `an integer of at least ${min}` : `an integer from ${min} to ${max}`;
}
