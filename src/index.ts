import { contracts as beamline } from "./beamline/index.js";
import { joinRegistries } from "./contract/registry.js";
import { contracts as jimbot } from "./jimbot/index.js";
import { contracts as leyline } from "./leyline/index.js";
import { contracts as pitboss } from "./pitboss/index.js";
import { contracts as sim } from "./sim/index.js";

export * from "./contract/index.js";
export type { Codec, DecodeAliasing } from "./wire/codec.js";
export {
  ContractError,
  type ContractIssue,
  describeIssue,
  type ErrorCode,
  errorCodes,
  isContractError,
  type Operation,
} from "./wire/error.js";

/** Every contract of the five systems, by the full name of its message type. */
export const contracts = joinRegistries(sim, jimbot, pitboss, beamline, leyline);
