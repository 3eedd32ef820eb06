import type { Message } from "@bufbuild/protobuf";
import type { Contract } from "../contract/contract.js";
import { toStandardResult } from "../contract/schema/standard-schema.js";
import { itself, passed, resultOf, size, sizes } from "./outcomes.js";
import type { Watch } from "./watch.js";

/** The contract with every door watched that can refuse. Everything else is the contract's own. */
export function watchedContract<M extends Message, J>(
  contract: Contract<M, J>,
  watch: Watch<M>,
): Contract<M, J> {
  const watched: Contract<M, J> = {
    ...contract,
    check: (value, options) =>
      watch("check", undefined, () => contract.check(value, options), passed),
    safeCheck: (value, options) =>
      watch("check", undefined, () => contract.safeCheck(value, options), itself),
    encode: (message, options) =>
      watch("encode", message, () => contract.encode(message, options), size),
    safeEncode: (message, options) =>
      watch("encode", message, () => contract.safeEncode(message, options), resultOf(size)),
    encodeParts: (message, options) =>
      watch("encodeParts", message, () => contract.encodeParts(message, options), sizes),
    safeEncodeParts: (message, options) =>
      watch(
        "encodeParts",
        message,
        () => contract.safeEncodeParts(message, options),
        resultOf(sizes),
      ),
    decode: (bytes, options) =>
      watch("decode", undefined, () => contract.decode(bytes, options), passed),
    safeDecode: (bytes, options) =>
      watch("decode", undefined, () => contract.safeDecode(bytes, options), itself),
    toJson: (message, options) =>
      watch("toJson", message, () => contract.toJson(message, options), passed),
    safeToJson: (message, options) =>
      watch("toJson", message, () => contract.safeToJson(message, options), itself),
    fromJson: (json, options) =>
      watch("fromJson", undefined, () => contract.fromJson(json, options), passed),
    safeFromJson: (json, options) =>
      watch("fromJson", undefined, () => contract.safeFromJson(json, options), itself),
    toJsonText: (message, options) =>
      watch("toJsonText", message, () => contract.toJsonText(message, options), passed),
    safeToJsonText: (message, options) =>
      watch("toJsonText", message, () => contract.safeToJsonText(message, options), itself),
    fromJsonText: (text, options) =>
      watch("fromJsonText", undefined, () => contract.fromJsonText(text, options), passed),
    safeFromJsonText: (text, options) =>
      watch("fromJsonText", undefined, () => contract.safeFromJsonText(text, options), itself),
    "~standard": {
      ...contract["~standard"],
      validate: (value) => toStandardResult(watched.safeFromJson(value)),
    },
  };
  return watched;
}
