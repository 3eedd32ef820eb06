export {
  type Codec,
  type CodecDecodeOptions,
  type CodecEncodeOptions,
  codecDefaults,
  codecEncodeDefaults,
} from "./codec.js";
export { type DelimitedOptions, readDelimited, writeDelimited } from "./delimited.js";
export {
  ContractError,
  type ContractIssue,
  type ErrorCode,
  errorCodes,
  formatIssue,
  isContractError,
  type Operation,
} from "./error.js";
