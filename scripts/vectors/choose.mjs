import { fieldOf } from "./places.mjs";
import { sample } from "./random.mjs";

/**
 * Some of the candidates, in their order: first those that show a fault (rule, field and what was expected) that no shorter
 * one shows, until `faults` bytes are spent, but `least` of them; then others at random, until `others` bytes are spent; then
 * accepted ones, each of another kind, until `accepted` bytes are spent. A candidate is `{ size, kind,
 * result }`, with the result of a safe method.
 */
export function choose(candidates, budget, random) {
  const refused = candidates.filter(({ result }) => !result.ok);
  const chosen = new Set();
  const take = (list, bytes, isNew, least = 0) => {
    let left = bytes;
    for (const candidate of list) {
      const cost = costOf(candidate);
      const fits = cost <= left || chosen.size < least;
      if (!fits || chosen.has(candidate) || !isNew(candidate)) continue;
      left -= cost;
      chosen.add(candidate);
    }
  };
  const faults = new Set();
  const isNewFault = ({ result }) => {
    const { issues } = result.error;
    return addAll(
      faults,
      issues.map(({ rule, path, expected }) => `${rule} ${fieldOf(path)} ${expected}`),
    );
  };
  take(byCost(refused), budget.faults, isNewFault, budget.least);
  take(sample(random, refused, refused.length), budget.others, () => true);
  const kinds = new Set();
  const accepted = candidates.filter(({ result }) => result.ok);
  take(sample(random, accepted, accepted.length), budget.accepted, ({ kind, result }) =>
    addAll(kinds, [`${kind} ${result.unknownKeys?.length > 0}`]),
  );
  return candidates.filter((candidate) => chosen.has(candidate));
}

function costOf({ size, result }) {
  return size + (result.ok ? 60 + size : 80 + 50 * result.error.issues.length);
}

function byCost(candidates) {
  return [...candidates].sort((one, other) => costOf(one) - costOf(other));
}

/** Adds items to a set. Returns true if one of them is new. */
function addAll(set, items) {
  const before = set.size;
  for (const item of items) set.add(item);
  return set.size > before;
}
