import { expect } from "vitest";
import type { Registry } from "../../src/contract/registry.js";

/** By the folders of their tests. */
const systems: Readonly<Record<string, () => Promise<{ contracts: Registry }>>> = {
  sim: () => import("../../src/sim/index.js"),
  jimbot: () => import("../../src/jimbot/index.js"),
  pitboss: () => import("../../src/pitboss/index.js"),
  beamline: () => import("../../src/beamline/index.js"),
  leyline: () => import("../../src/leyline/index.js"),
};

// Rules are built at first use. Without this, the first test of a file would be the only one that
// seems to run them, and the only one that is run on a change in them.
const [, folder = ""] = /\/test\/(\w+)\//.exec(expect.getState().testPath ?? "") ?? [];
const load = systems[folder];
try {
  const { contracts } = (await load?.()) ?? { contracts: [] };
  for (const { definition, safeFromJson } of contracts) {
    definition.rule();
    definition.fields();
    safeFromJson({});
  }
} catch {
  // The tests will say so: each of them that needs the rules fails.
}
