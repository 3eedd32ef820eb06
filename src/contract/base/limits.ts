import type { Context } from "./context.js";

/** Reports a limit that is neither undefined nor an integer of at least 1. Infinity means no limit. */
export function reportLimit(context: Context, key: string, limit: unknown): void {
  if (limit === undefined || limit === Number.POSITIVE_INFINITY) return;
  if (typeof limit === "number" && Number.isInteger(limit) && limit >= 1) return;
  context.mismatch("config", "an integer of at least 1", limit, key);
}
