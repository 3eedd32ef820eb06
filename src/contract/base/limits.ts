import type { Context } from "./context.js";

/** Reports a limit that is neither undefined nor a number of at least 1. Infinity means no limit. */
export function reportLimit(context: Context, key: string, limit: unknown): void {
  if (limit === undefined || (typeof limit === "number" && limit >= 1)) return;
  context.mismatch("config", "a number of at least 1", limit, key);
}
