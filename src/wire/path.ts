/** One step into a value: a key or a list index. */
export type Step = string | number;

const plainKey = /^[A-Za-z_$@][\w$]*$/;

/** `seed_states[3].stage`; a key that is no plain word stands in brackets and quotes. */
export function formatPath(steps: readonly Step[]): string {
  let path = "";
  for (const step of steps) {
    if (typeof step === "number") path += `[${step}]`;
    else if (!plainKey.test(step)) path += `[${JSON.stringify(step.slice(0, 64))}]`;
    else path += path === "" ? step : `.${step}`;
  }
  return path;
}
