import { allExamples as examples } from "./examples.js";

/** The wire JSON or error of every example, and of every example with one value replaced. */
export function verdicts(): string[] {
  return examples.flatMap(({ name, contract, json }) =>
    [json, ...broken(json)].map((given, index) => {
      const result = contract.safeFromJson(given);
      const text = result.ok ? contract.safeToJsonText(result.value) : result;
      return `${name} ${index}: ${text.ok ? text.value : text.error.message}`;
    }),
  );
}

/** Copies of an object, each with one value replaced by one of another type. */
function broken(json: unknown): unknown[] {
  if (typeof json !== "object" || json === null) return [];
  return Object.entries(json).flatMap(([key, value]) => [
    ...[null, -1.5, "\u0000", [], {}, true].map((other) => ({ ...json, [key]: other })),
    ...(Array.isArray(value) ? [] : broken(value)).map((other) => ({ ...json, [key]: other })),
  ]);
}
