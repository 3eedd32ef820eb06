/** Known names. */
export type Names = readonly string[];

/** Names outside these lengths are not compared: everything is near a short one, and the work must be bounded. */
const shortest = 3;
const longest = 80;
const maxListed = 8;
const maxListedLength = 200;

/** The end of an error text: "; did you mean X?" with the known name that is nearest, or nothing. */
export function didYouMean(name: unknown, known: Names): string {
  const nearest = nearestName(name, known);
  return nearest === undefined ? "" : `; did you mean ${nearest}?`;
}

/** The end of an error text: " (one of A, B, C)", or nothing if the known names are many. */
export function orOneOf(known: Names): string {
  if (known.length < 2 || known.length > maxListed) return "";
  const list = known.join(", ");
  return list.length <= maxListedLength ? ` (one of ${list})` : "";
}

/**
 * The known name that a writer most likely meant. In this order: the same letters in another spelling
 * (`seedStates`, `seed_states`), up to three typing errors, the only name that ends like it or that it ends like.
 */
export function nearestName(name: unknown, known: Names): string | undefined {
  if (typeof name !== "string" || name.length < shortest || name.length > longest) return undefined;
  const wanted = fold(name);
  const alike: string[] = [];
  let nearest: string | undefined;
  let most = Math.min(3, Math.floor(wanted.length / 3));
  for (const candidate of known) {
    const folded = fold(candidate);
    if (folded === wanted) return candidate;
    const errors = countErrors(wanted, folded, most);
    if (errors <= most) {
      nearest = candidate;
      most = errors - 1;
    }
    if (folded.endsWith(wanted) || (folded.length >= shortest && wanted.endsWith(folded))) {
      alike.push(candidate);
    }
  }
  return nearest ?? (alike.length === 1 ? alike[0] : undefined);
}

function fold(name: string): string {
  return name.slice(0, longest).toLowerCase().replace(/[_-]/g, "");
}

/** Letters to add, leave out, replace or swap with the next to make one text the other; stops beyond `most`. */
function countErrors(from: string, to: string, most: number): number {
  if (most < 1 || Math.abs(from.length - to.length) > most) return most + 1;
  const row = (): number[] => new Array<number>(to.length + 1).fill(most + 1);
  let before = row();
  let last = row().map((errors, column) => Math.min(errors, column));
  for (let at = 1; at <= from.length; at++) {
    const current = row();
    if (at <= most) current[0] = at;
    let fewest = current[0] ?? 0;
    // Further from the diagonal there are more errors than `most`.
    for (let column = Math.max(1, at - most); column <= Math.min(to.length, at + most); column++) {
      const isSame = from[at - 1] === to[column - 1];
      const isSwapped = from[at - 1] === to[column - 2] && from[at - 2] === to[column - 1];
      const errors = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
        isSwapped ? (before[column - 2] ?? 0) + 1 : most + 1,
      );
      current[column] = errors;
      fewest = Math.min(fewest, errors);
    }
    if (fewest > most) return most + 1;
    before = last;
    last = current;
  }
  return last[to.length] ?? 0;
}
