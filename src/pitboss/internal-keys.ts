import type { JsonObject } from "@bufbuild/protobuf";

/**
 * A body without the keys that start with `_`, which the backend must not send; the same object if it has
 * none. Document: the Pitboss quick start, `messageBody`.
 */
export function withoutInternalKeys(body: JsonObject): JsonObject {
  const entries = Object.entries(body);
  const kept = entries.filter(([key]) => !key.startsWith("_"));
  return kept.length === entries.length ? body : Object.fromEntries(kept);
}
