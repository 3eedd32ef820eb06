export * from "./contract/index.js";
export type { Codec, DecodeAliasing } from "./wire/codec.js";
export {
  ContractError,
  type ContractIssue,
  formatIssue,
  type ErrorCode,
  errorCodes,
  isContractError,
  type Operation,
} from "./wire/error.js";
