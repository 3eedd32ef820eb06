import { at, edited, fieldOf, nameOf, placesOf, short } from "./places.mjs";
import { sample } from "./random.mjs";

/** Values of every type, and values at the bounds of field types. */
const pool = [
  null,
  true,
  0,
  -1,
  1.5,
  101,
  2 ** 31,
  2 ** 53,
  1e300,
  253402300800000,
  "",
  "a",
  "1",
  "-1",
  "NaN",
  "nothing",
  "18446744073709551616",
  "2024-02-30T12:00:00Z",
  "YQ=",
  "a b",
  "é",
  ...[65, 129, 257, 513, 1025].map((length) => "x".repeat(length)),
  [],
  [null],
  [1],
  ["a"],
  [{}],
  {},
  { a: 1 },
  { "": "b" },
  { a: null },
  { a: { b: [] } },
];

/** In how many base texts one place is damaged, and how many places of one text. */
const most = { basesOfPlace: 3, placesOfBase: 60 };

/**
 * Valid JSON texts with one error added: `{ name, kind, text }`, and the place if one value is changed.
 * `bases` are `{ name, text }`, in the order of preference.
 */
export function* damagedTexts(bases, random) {
  const seen = new Map();
  const values = bases.map(({ text }) => JSON.parse(text));
  for (const [index, base] of bases.entries()) {
    const places = sample(random, placesOf(values[index]), most.placesOfBase).filter((steps) => {
      const key = `${fieldOf(nameOf(steps))} ${typeof at(values[index], steps)}`;
      seen.set(key, (seen.get(key) ?? 0) + 1);
      return seen.get(key) <= most.basesOfPlace;
    });
    for (const steps of places) {
      for (const { name, kind, value } of changesAt(values[index], steps, values)) {
        const origin = { base: base.name, steps, whole: values[index] };
        yield { name: `${base.name}: ${name}`, kind, text: JSON.stringify(value), ...origin };
      }
    }
  }
  for (const base of bases.slice(0, 3)) yield* brokenTexts(base, random);
}

function* changesAt(whole, steps, others) {
  const place = nameOf(steps);
  const old = at(whole, steps);
  const given = JSON.stringify(old);
  const replaced = (value) => edited(whole, steps, (parent, step) => setOwn(parent, step, value));
  for (const [kind, value] of [...pool, ...nearby(old)].entries()) {
    if (JSON.stringify(value) === given) continue;
    yield { name: `${place} = ${short(value)}`, kind: `value ${kind}`, value: replaced(value) };
  }
  // A valid value of another message: only rules that relate several fields can reject it.
  for (const other of others) {
    const value = at(other, steps);
    if (value === undefined || JSON.stringify(value) === given) continue;
    yield { name: `${place} = ${short(value)}`, kind: "other", value: replaced(value) };
  }
  if (old !== null && typeof old === "object" && !Array.isArray(old)) {
    const value = edited(whole, [...steps, "unknown_key"], (parent, step) => {
      parent[step] = { a: [1] };
    });
    yield { name: `${place}, unknown key`, kind: "unknown key", value };
  }
  const last = steps.at(-1);
  if (typeof last !== "string") return;
  const removed = edited(whole, steps, (parent, step) => delete parent[step]);
  yield { name: `${place} removed`, kind: "removed", value: removed };
  const spelling = otherSpelling(last);
  if (spelling === last) return;
  const beside = edited(whole, steps, (parent) => setOwn(parent, spelling, structuredClone(old)));
  yield { name: `${place} also as ${spelling}`, kind: "twice", value: beside };
  const renamed = edited(beside, steps, (parent, step) => delete parent[step]);
  yield { name: `${place} as ${spelling}`, kind: "renamed", value: renamed };
}

/** Other values of the same type. */
function nearby(old) {
  if (typeof old === "boolean") return [!old];
  if (typeof old === "number") return [old + 1, old - 1, -old, old + 0.5, old * 1e6, String(old)];
  if (typeof old === "string") return [old.toUpperCase(), `${old} `, old.slice(1), Number(old)];
  if (!Array.isArray(old)) return [];
  return [[...old, ...old], [...old, ...old.slice(-1)], old.slice(1), [...old, null]];
}

function setOwn(parent, key, value) {
  Object.defineProperty(parent, key, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

/** A key in camelCase if it is in snake_case, and the other way round. */
function otherSpelling(key) {
  const camel = key.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());
  return camel === key ? key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) : camel;
}

/** Texts that are not JSON, or JSON that a JavaScript object cannot represent, such as duplicate keys. */
function* brokenTexts({ name, text }, random) {
  const cut = 1 + Math.floor(random() * (text.length - 1));
  const broken = {
    [`cut at ${cut}`]: text.slice(0, cut),
    "nothing at all": "",
    "a comma too many": text.replace(/\}$/, ",}"),
    "single quotes": text.replaceAll('"', "'"),
    "NaN for the first value": text.replace(/:[^,}]+/, ":NaN"),
    "more after the end": `${text} {}`,
    "a byte order mark": `\ufeff${text}`,
    "a lone surrogate": text.replace(/"([^"]*)"\}/, '"\\ud800$1"}'),
    "the first key twice": text.replace(/^\{("[^"]*":)/, "{$1null,$1"),
    "__proto__ as a key": text.replace(/^\{/, '{"__proto__":{"a":1},'),
    "blanks around everything": text.replace(/^\{/, " \n{\t").replace(/\}$/, " } "),
    "a nest of lists": "[".repeat(150) + "]".repeat(150),
  };
  for (const [what, changed] of Object.entries(broken)) {
    if (changed !== text)
      yield { name: `${name}: ${what}`, kind: what.replace(/\d+/, ""), text: changed };
  }
}
