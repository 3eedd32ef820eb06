import { examples as beamline } from "../../src/beamline/examples.js";
import type { Example } from "../../src/contract/example.js";
import { examples as jimbot } from "../../src/jimbot/examples.js";
import { examples as leyline } from "../../src/leyline/examples.js";
import { examples as pitboss } from "../../src/pitboss/examples.js";
import { examples as sim } from "../../src/sim/examples.js";

const examples: readonly Example[] = [...sim, ...jimbot, ...pitboss, ...beamline, ...leyline];

/** The wire JSON or error of every example, and of every example with one value replaced. */
export function verdicts(): string[] {
  return examples.flatMap(({ name, contract, json }) =>
    [json, ...broken(json)].map((given, index) => {
      const result = contract.safeFromJson(given);
      return `${name} ${index}: ${result.ok ? contract.toJsonText(result.value) : result.error.message}`;
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
