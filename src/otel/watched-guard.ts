import type { Message } from "@bufbuild/protobuf";
import type { Contract } from "../contract/contract.js";
import type { Guard } from "../contract/guard/guard.js";
import { originalOf } from "./original.js";
import { ofResult, sameOutcome, succeeded, withSize, withTotalSize } from "./outcomes.js";
import type { Watch } from "./watch.js";

/** Returns the {@link Watch} for the calls of a guard with one contract. */
export type WatchOf = <M extends Message>(contract: Contract<M>) => Watch<M>;

/**
 * Returns a copy of the guard whose methods are watched, if they can throw. It uses the original of an
 * instrumented contract, so that nothing is measured twice.
 */
export function watchedGuard(guard: Guard, watchOf: WatchOf): Guard {
  return Object.freeze<Guard>({
    config: guard.config,
    maxBytesOf: (contract) => guard.maxBytesOf(contract),
    breakerOf: (contract) => guard.breakerOf(contract),
    stats: () => guard.stats(),
    encode: (instrumented, message, options) => {
      const contract = originalOf(instrumented);
      const work = () => guard.encode(contract, message, options);
      return watchOf(contract)("encode", message, work, withSize);
    },
    safeEncode: (instrumented, message, options) => {
      const contract = originalOf(instrumented);
      const work = () => guard.safeEncode(contract, message, options);
      return watchOf(contract)("encode", message, work, ofResult(withSize));
    },
    encodeParts: (instrumented, message, options) => {
      const contract = originalOf(instrumented);
      const work = () => guard.encodeParts(contract, message, options);
      return watchOf(contract)("encodeParts", message, work, withTotalSize);
    },
    safeEncodeParts: (instrumented, message, options) => {
      const contract = originalOf(instrumented);
      const work = () => guard.safeEncodeParts(contract, message, options);
      return watchOf(contract)("encodeParts", message, work, ofResult(withTotalSize));
    },
    decode: (instrumented, bytes, options) => {
      const contract = originalOf(instrumented);
      const work = () => guard.decode(contract, bytes, options);
      return watchOf(contract)("decode", undefined, work, succeeded);
    },
    safeDecode: (instrumented, bytes, options) => {
      const contract = originalOf(instrumented);
      const work = () => guard.safeDecode(contract, bytes, options);
      return watchOf(contract)("decode", undefined, work, sameOutcome);
    },
  });
}
