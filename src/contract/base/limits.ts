import { expectedLimit, isLimit } from "../../wire/limits.js";
import type { Context } from "./context.js";

/** Reports a limit that is neither undefined nor a whole number of at least 1. Infinity means no limit. */
export function reportLimit(context: Context, key: string, limit: unknown): void {
  if (limit === undefined || isLimit(limit)) return;
  context.mismatch("config", expectedLimit, limit, key);
}
