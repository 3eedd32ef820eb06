import { at, edited, fieldOf, nameOf, short } from "./places.mjs";

/** Maximum length of strings, lists and texts, to keep the files small. */
const longest = 600;
const longestText = 1500;

/**
 * For every bound that a candidate violates, the values on both sides of it: the last accepted and the
 * first rejected one. `judge` returns the result of a candidate.
 */
export function atBounds(candidates, judge) {
  const seen = new Set();
  const bySize = [...candidates].sort((one, other) => one.size - other.size);
  return bySize.flatMap((candidate) => {
    const { result: verdict, size, steps } = candidate;
    if (verdict.ok || steps === undefined || size > longestText) return [];
    const { issues } = verdict.error;
    const [{ rule, path, message, expected = message }] = issues;
    const key = `${rule} ${fieldOf(path)} ${expected}`;
    if (issues.length > 1 || !["range", "length"].includes(rule) || seen.has(key)) return [];
    seen.add(key);
    const numbers = expected.match(/-?\d[\d,]*(?:\.\d+)?/g) ?? [];
    return numbers.flatMap((text) => sidesOf(Number(text.replaceAll(",", "")), candidate, judge));
  });
}

function sidesOf(bound, { base, steps, whole, result }, judge) {
  const [{ rule }] = result.error.issues;
  const near = valuesNear(bound, at(whole, steps), rule).map((value) => {
    const text = JSON.stringify(
      edited(whole, steps, (parent, step) => {
        parent[step] = value;
      }),
    );
    const words = typeof value === "object" ? `${value.length} items` : short(value);
    return judge({ name: `${base}: ${nameOf(steps)} = ${words}`, kind: "bound", text });
  });
  const fitting = near.filter((one) => one.result.ok || one.result.error.issues[0].rule === rule);
  return fitting.filter(({ result: { ok } }, index) => {
    return [fitting[index - 1], fitting[index + 1]].some(
      (next) => next !== undefined && next.result.ok !== ok,
    );
  });
}

/** Values from below to above a bound, of the type of the current value. */
function valuesNear(bound, old, rule) {
  if (rule === "length") {
    const counts = [bound - 1, bound, bound + 1].filter((count) => count >= 0 && count <= longest);
    if (typeof old === "string") return counts.map((count) => "x".repeat(count));
    if (!Array.isArray(old) || old.length === 0) return [];
    return counts.map((count) =>
      Array.from({ length: count }, (_, index) => old[index % old.length]),
    );
  }
  if (typeof old === "number") return [-1, -0.01, 0, 0.01, 1].map((step) => bound + step);
  if (typeof old !== "string" || !/^-?\d+$/.test(old)) return [];
  return [-1n, 0n, 1n].map((step) => String(BigInt(Math.trunc(bound)) + step));
}
