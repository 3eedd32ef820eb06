import fc from "fast-check";
import { isPlainObject } from "../../../src/contract/base/plain-data.js";
import { jsonValues, recordOf } from "../../../src/testing/scalars.js";
import type { Step } from "../../../src/wire/path.js";

/** A change of one place of wire JSON. `at` selects the place, as a fraction of all places. */
interface Damage {
  readonly kind: "remove" | "rename" | "replace";
  readonly at: number;
  readonly value: unknown;
}

/** Values that a JavaScript object can hold but JSON text cannot. */
const foreign: readonly unknown[] = [
  undefined,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  -0,
  1n,
  new Date(0),
  new Map([["a", 1]]),
  new Uint8Array(3),
  "\ud800",
  new Array(2),
];

const damages: fc.Arbitrary<Damage> = fc.record({
  kind: fc.constantFrom("remove", "rename", "replace"),
  at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  value: fc.oneof(
    { weight: 3, arbitrary: jsonValues(2) },
    { weight: 1, arbitrary: fc.constantFrom(...foreign) },
    { weight: 1, arbitrary: fc.constantFrom(0, 1, -1, 1.5, 2 ** 53, 1e300, "", "a", [], {}, true) },
  ),
});

/** JSON of an arbitrary with one to three places removed, renamed or replaced. */
export function damaged(json: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc
    .tuple(json, fc.array(damages, { minLength: 1, maxLength: 3 }))
    .map(([whole, all]) => all.reduce(damage, whole));
}

function damage(whole: unknown, { kind, at, value }: Damage): unknown {
  const places = placesOf(whole, []);
  const steps = places[Math.floor(at * places.length)] ?? [];
  return changeAt(whole, steps, (old) => {
    if (kind === "replace") return { value };
    if (kind === "remove") return {};
    return { key: `${steps.at(-1)}_`, value: old };
  });
}

function placesOf(value: unknown, steps: readonly Step[]): (readonly Step[])[] {
  const inner: (readonly [Step, unknown])[] = Array.isArray(value)
    ? [...value.entries()]
    : isPlainObject(value)
      ? Object.entries(value)
      : [];
  return [steps, ...inner.flatMap(([step, item]) => placesOf(item, [...steps, step]))];
}

interface Replacement {
  readonly key?: string;
  readonly value?: unknown;
}

function changeAt(
  whole: unknown,
  [step, ...rest]: readonly Step[],
  change: (old: unknown) => Replacement,
): unknown {
  if (step === undefined) return change(whole).value;
  if (Array.isArray(whole)) {
    return whole.map((item, index) => (index === step ? changeAt(item, rest, change) : item));
  }
  if (!isPlainObject(whole)) return whole;
  return recordOf(
    Object.entries(whole).flatMap(([key, value]): [string, unknown][] => {
      if (key !== step) return [[key, value]];
      if (rest.length > 0) return [[key, changeAt(value, rest, change)]];
      const replacement = change(value);
      return Object.keys(replacement).length === 0
        ? []
        : [[replacement.key ?? key, replacement.value]];
    }),
  );
}
