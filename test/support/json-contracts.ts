import * as beamline from "../../src/beamline/index.js";
import type { AnyContract } from "../../src/contract/contract.js";
import { type AnyJsonContract, isJsonContract } from "../../src/contract/json-contract.js";
import * as jimbot from "../../src/jimbot/index.js";
import * as sim from "../../src/sim/index.js";

/** The contracts of a channel that have a binary form. */
export function binaryOf(
  contracts: readonly (AnyContract | AnyJsonContract)[] = [],
): AnyContract[] {
  return contracts.flatMap((contract) => (isJsonContract(contract) ? [] : [contract]));
}

/** Every contract of a message that exists in JSON only, by what the entries of the systems export. */
export const jsonContracts: readonly AnyJsonContract[] = [sim, jimbot, beamline].flatMap((entry) =>
  Object.values(entry).filter(
    (value: unknown): value is AnyJsonContract =>
      typeof value === "object" &&
      value !== null &&
      "safeFromJsonText" in value &&
      "definition" in value &&
      !("codec" in value),
  ),
);
