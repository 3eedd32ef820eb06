export * from "./contract/index.js";
export * from "./contract/timestamps.js";
export {
  type Codec,
  type CodecDecodeOptions,
  type CodecEncodeOptions,
  codecDefaults,
  codecEncodeDefaults,
} from "./wire/codec.js";
export {
  ContractError,
  type ContractIssue,
  type ErrorCode,
  errorCodes,
  formatIssue,
  isContractError,
  type Operation,
} from "./wire/error.js";
