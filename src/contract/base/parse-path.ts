import type { Step } from "./context.js";

const part = /\.?([A-Za-z_$@][\w$]*)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/gy;

/** The steps of a path as issues have it: `seed_states[3].stage` is "seed_states", 3, "stage". */
export function parsePath(path: string): Step[] {
  return [...path.matchAll(part)].map(([, word, index, quoted]) => {
    if (word !== undefined) return word;
    return index === undefined ? String(JSON.parse(quoted ?? '""')) : Number(index);
  });
}
