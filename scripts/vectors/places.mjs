/** The paths of all places in a JSON value; the first is that of the value itself. */
export function placesOf(value, steps = []) {
  if (typeof value !== "object" || value === null) return [steps];
  const inner = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [steps, ...inner.flatMap(([step, item]) => placesOf(item, [...steps, step]))];
}

/** The value at a place. */
export function at(value, steps) {
  return steps.reduce((inner, step) => inner?.[step], value);
}

/** A copy in which `edit` has changed the object or list that contains a place. */
export function edited(value, steps, edit) {
  const copy = { root: structuredClone(value) };
  const path = ["root", ...steps];
  edit(at(copy, path.slice(0, -1)), path.at(-1));
  return copy.root;
}

/** A place as text. */
export function nameOf(steps) {
  const name = steps.map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`)).join("");
  return name === "" ? "the whole" : name.replace(/^\./, "");
}

/** A path without indices and quoted keys, so that it is the same for all items of a field. */
export function fieldOf(path) {
  return path.replace(/\[\d+\]/g, "[]").replace(/\["(?:[^"\\]|\\.)*"\]/g, "[key]");
}

/** A short text for a value. */
export function short(value) {
  const text = typeof value === "string" ? JSON.stringify(value) : String(JSON.stringify(value));
  return text.length > 32 ? `${text.slice(0, 24)}… (${text.length})` : text;
}
