import { expect } from "vitest";
import type { Registry } from "../../src/contract/registry.js";

/** The contracts of each system, by the folder of its tests. */
const systems: Readonly<Record<string, () => Promise<{ contracts: Registry }>>> = {
  sim: () => import("../../src/sim/index.js"),
  jimbot: () => import("../../src/jimbot/index.js"),
  pitboss: () => import("../../src/pitboss/index.js"),
  beamline: () => import("../../src/beamline/index.js"),
  leyline: () => import("../../src/leyline/index.js"),
};

// Rules are built at first use. Without this, mutation testing would count only the first test of a file as
// covering them, and would run only that test after a change in them.
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
  // Ignored here: each test that needs the rules fails with this error.
}
