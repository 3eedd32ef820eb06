import type { JsonObject } from "@bufbuild/protobuf";

/**
 * A body without its keys that start with `_`, which stay in the backend; the same object when it has
 * none. Document: the Pitboss quick start, `messageBody`.
 */
export function withoutInternalKeys(body: JsonObject): JsonObject {
  const entries = Object.entries(body);
  const kept = entries.filter(([key]) => !key.startsWith("_"));
  return kept.length === entries.length ? body : Object.fromEntries(kept);
}
