export type { Codec } from "./codec.js";
export {
  ContractError,
  type ContractIssue,
  describeIssue,
  type ErrorCode,
  errorCodes,
  isContractError,
  type Operation,
} from "./error.js";
