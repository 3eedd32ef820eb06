import { contracts as beamline } from "./beamline/index.js";
import { joinRegistries } from "./contract/registry.js";
import { contracts as jimbot } from "./jimbot/index.js";
import { contracts as leyline } from "./leyline/index.js";
import { contracts as pitboss } from "./pitboss/index.js";
import { contracts as sim } from "./sim/index.js";

export * from "./contract/index.js";
export * from "./wire/index.js";

/** Every contract of the five systems, by the full name of its message type. */
export const contracts = joinRegistries(sim, jimbot, pitboss, beamline, leyline);
