import { contracts as beamline } from "./beamline/contracts.js";
import { joinRegistries } from "./contract/registry.js";
import { contracts as jimbot } from "./jimbot/contracts.js";
import { contracts as frames } from "./leyline/compact/contracts.js";
import { contracts as leyline } from "./leyline/contracts.js";
import { contracts as pitboss } from "./pitboss/contracts.js";
import { contracts as sim } from "./sim/contracts.js";

/** Every contract of the five systems, by the full name of its message type. */
export const contracts = /* @__PURE__ */ joinRegistries(
  sim,
  jimbot,
  pitboss,
  beamline,
  leyline,
  frames,
);
