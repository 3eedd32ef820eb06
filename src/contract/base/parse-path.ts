import type { Step } from "./context.js";

const part = /\.?([A-Za-z_$@][\w$]*)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/gy;

/** The steps of an issue's path: `seed_states[3].stage` has the steps "seed_states", 3 and "stage". */
export function parsePath(path: string): Step[] {
  return [...path.matchAll(part)].map(([, name, index, quoted]) => {
    if (name !== undefined) return name;
    return index === undefined ? String(JSON.parse(quoted ?? '""')) : Number(index);
  });
}
