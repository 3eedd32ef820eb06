import type { Context } from "./context.js";

/** Reports a limit that is given and is no number from 1 on; Infinity limits nothing. */
export function reportLimit(context: Context, key: string, limit: unknown): void {
  if (limit === undefined || (typeof limit === "number" && limit >= 1)) return;
  context.mismatch("config", "a number of at least 1", limit, key);
}
