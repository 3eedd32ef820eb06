import { examples as beamline } from "../../src/beamline/examples.js";
import type { Example } from "../../src/contract/example.js";
import { examples as jimbot } from "../../src/jimbot/examples.js";
import { examples as leyline } from "../../src/leyline/examples.js";
import { examples as pitboss } from "../../src/pitboss/examples.js";
import { examples as sim } from "../../src/sim/examples.js";

/** The documents' examples, by system. */
export const examplesOf: Readonly<Record<string, readonly Example[]>> = {
  sim,
  jimbot,
  pitboss,
  beamline,
  leyline,
};

/** The documents' examples of all systems. */
export const allExamples: readonly Example[] = Object.values(examplesOf).flat();
