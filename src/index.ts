export * from "./contract/index.js";
export type { Codec, DecodeAliasing } from "./wire/codec.js";
export {
  ContractError,
  type ContractIssue,
  type ErrorCode,
  errorCodes,
  formatIssue,
  isContractError,
  type Operation,
} from "./wire/error.js";
