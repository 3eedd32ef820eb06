import type { Exception } from "./exceptions.js";
import { methodsOf, type Seen } from "./observe.js";

/** A vector whose outcome is different now. */
export interface Deviation {
  readonly type: string;
  readonly case: string;
  /** A description of the difference. */
  readonly text: string;
}

/** Describes the methods with a different outcome; undefined if there are none. */
export function difference(recorded: readonly Seen[], now: readonly Seen[]): string | undefined {
  const [before, after] = [byMethod(recorded), byMethod(now)];
  const methods = [...new Set([...before.keys(), ...after.keys()])].filter(
    (method) => before.get(method) !== after.get(method),
  );
  const [first] = methods;
  if (first === undefined) return undefined;
  return `${methods.join(", ")}: was ${shown(before.get(first))}, is ${shown(after.get(first))}`;
}

function byMethod(seen: readonly Seen[]): Map<string, string> {
  return new Map(
    seen.flatMap((one) => {
      const { by, ...outcome } = one;
      return methodsOf(one).map((method) => [method, JSON.stringify(outcome)] as const);
    }),
  );
}

function shown(outcome = "nothing"): string {
  return outcome.length > 160 ? `${outcome.slice(0, 160)}…` : outcome;
}

/** The deviations without an exception, and the exceptions without a deviation. */
export function judge(
  deviations: readonly Deviation[],
  exceptions: readonly Exception[],
): { readonly uncovered: readonly Deviation[]; readonly unneeded: readonly Exception[] } {
  const covers = (exception: Exception, deviation: Deviation): boolean =>
    fits(exception.type, deviation.type) &&
    fits(exception.case, deviation.case) &&
    (exception.difference?.test(deviation.text) ?? true);
  return {
    uncovered: deviations.filter((one) => !exceptions.some((each) => covers(each, one))),
    unneeded: exceptions.filter((each) => !deviations.some((one) => covers(each, one))),
  };
}

function fits(pattern: string | RegExp, name: string): boolean {
  return typeof pattern === "string" ? pattern === name : pattern.test(name);
}

/** A text with the first ten deviations and their number; empty if there are none. */
export function report(deviations: readonly Deviation[]): string {
  if (deviations.length === 0) return "";
  const lines = deviations.slice(0, 10).map((one) => `${one.type} / ${one.case}\n  ${one.text}`);
  return [`${deviations.length} vectors have another outcome`, ...lines].join("\n");
}
