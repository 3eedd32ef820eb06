/** One step into a value: a key or a list index. */
export type Step = string | number;

const plainKey = /^[A-Za-z_$@][\w$]*$/;

/** Formats a path: `seed_states[3].stage`. A key that is not an identifier is written in brackets and quotes. */
export function formatPath(steps: readonly Step[]): string {
  let path = "";
  for (const step of steps) {
    if (typeof step === "number") path += `[${step}]`;
    else if (!plainKey.test(step)) path += `[${JSON.stringify(step.slice(0, 64))}]`;
    else path += path === "" ? step : `.${step}`;
  }
  return path;
}

/** The path of something inside a value: `payload` and `items[3]` make `payload.items[3]`, `payload` and `[3]` make `payload[3]`. */
export function joinPaths(outer: string, inner: string): string {
  const dot = outer === "" || inner === "" || inner.startsWith("[") ? "" : ".";
  return `${outer}${dot}${inner}`;
}
