import { nameOf, placesOf, short } from "./places.mjs";

const js = (name) => ({ js: name });
const pool = [
  js("undefined"),
  null,
  true,
  5,
  1.5,
  -1,
  "a",
  "",
  [],
  [null],
  {},
  { a: 5 },
  ...["NaN", "Infinity", "-0", "5n", "2n ** 64n"].map(js),
  ...["new Uint8Array(3)", "new Date(0)", "new Map()", "() => 1"].map(js),
];

/** Changes of one place of a message to a value that its type does not allow: `{ name, kind, set }`. */
export function* damagedValues(value) {
  const places = placesOf(plain(value)).filter(
    (steps) => steps.length <= 4 && !steps.some((step) => String(step).startsWith("$")),
  );
  for (const at of places) {
    for (const [kind, to] of pool.entries()) {
      const words = typeof to === "object" && to !== null && "js" in to ? to.js : short(to);
      yield { name: `${nameOf(at)} := ${words}`, kind: `value ${kind}`, set: { at, to } };
    }
  }
}

/** A message as a JSON-like value; a byte array is one place. */
export function plain(value) {
  const text = JSON.stringify(value, (_, item) => {
    if (typeof item === "bigint" || item instanceof Uint8Array) return String(item);
    return item;
  });
  return JSON.parse(text);
}
