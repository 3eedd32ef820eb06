import type { Message } from "@bufbuild/protobuf";
import type { Contract } from "../contract/contract.js";
import { toStandardResult } from "../contract/schema/standard-schema.js";
import { ofResult, sameOutcome, succeeded, withSize, withTotalSize } from "./outcomes.js";
import type { Watch } from "./watch.js";

/** Returns a copy of the contract whose methods are watched, if they can throw. Everything else is the same. */
export function watchedContract<M extends Message, J>(
  contract: Contract<M, J>,
  watch: Watch<M>,
): Contract<M, J> {
  const watched: Contract<M, J> = {
    ...contract,
    check: (value, options) =>
      watch("check", undefined, () => contract.check(value, options), succeeded),
    safeCheck: (value, options) =>
      watch("check", undefined, () => contract.safeCheck(value, options), sameOutcome),
    encode: (message, options) =>
      watch("encode", message, () => contract.encode(message, options), withSize),
    safeEncode: (message, options) =>
      watch("encode", message, () => contract.safeEncode(message, options), ofResult(withSize)),
    encodeParts: (message, options) =>
      watch("encodeParts", message, () => contract.encodeParts(message, options), withTotalSize),
    safeEncodeParts: (message, options) =>
      watch(
        "encodeParts",
        message,
        () => contract.safeEncodeParts(message, options),
        ofResult(withTotalSize),
      ),
    decode: (bytes, options) =>
      watch("decode", undefined, () => contract.decode(bytes, options), succeeded),
    safeDecode: (bytes, options) =>
      watch("decode", undefined, () => contract.safeDecode(bytes, options), sameOutcome),
    toJson: (message, options) =>
      watch("toJson", message, () => contract.toJson(message, options), succeeded),
    safeToJson: (message, options) =>
      watch("toJson", message, () => contract.safeToJson(message, options), sameOutcome),
    fromJson: (json, options) =>
      watch("fromJson", undefined, () => contract.fromJson(json, options), succeeded),
    safeFromJson: (json, options) =>
      watch("fromJson", undefined, () => contract.safeFromJson(json, options), sameOutcome),
    toJsonText: (message, options) =>
      watch("toJsonText", message, () => contract.toJsonText(message, options), succeeded),
    safeToJsonText: (message, options) =>
      watch("toJsonText", message, () => contract.safeToJsonText(message, options), sameOutcome),
    fromJsonText: (text, options) =>
      watch("fromJsonText", undefined, () => contract.fromJsonText(text, options), succeeded),
    safeFromJsonText: (text, options) =>
      watch("fromJsonText", undefined, () => contract.safeFromJsonText(text, options), sameOutcome),
    "~standard": {
      ...contract["~standard"],
      validate: (value) => toStandardResult(watched.safeFromJson(value)),
    },
  };
  return watched;
}
