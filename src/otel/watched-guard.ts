import type { Message } from "@bufbuild/protobuf";
import type { Contract } from "../contract/contract.js";
import type { Guard } from "../contract/guard/guard.js";
import { plainOf } from "./mark.js";
import { itself, passed, resultOf, size, sizes } from "./outcomes.js";
import type { Watch } from "./watch.js";

/** What watches the doors of a guard, which are each contract's. */
export type WatchOf = <M extends Message>(contract: Contract<M>) => Watch<M>;

/**
 * The guard with every door watched that can refuse. An instrumented contract goes through it as the
 * contract that it was made of, so that nothing is measured twice.
 */
export function watchedGuard(guard: Guard, watchOf: WatchOf): Guard {
  return Object.freeze<Guard>({
    config: guard.config,
    maxBytesOf: (contract) => guard.maxBytesOf(contract),
    breakerOf: (contract) => guard.breakerOf(contract),
    stats: () => guard.stats(),
    encode: (measured, message, options) => {
      const contract = plainOf(measured);
      const work = () => guard.encode(contract, message, options);
      return watchOf(contract)("encode", message, work, size);
    },
    safeEncode: (measured, message, options) => {
      const contract = plainOf(measured);
      const work = () => guard.safeEncode(contract, message, options);
      return watchOf(contract)("encode", message, work, resultOf(size));
    },
    encodeParts: (measured, message, options) => {
      const contract = plainOf(measured);
      const work = () => guard.encodeParts(contract, message, options);
      return watchOf(contract)("encodeParts", message, work, sizes);
    },
    safeEncodeParts: (measured, message, options) => {
      const contract = plainOf(measured);
      const work = () => guard.safeEncodeParts(contract, message, options);
      return watchOf(contract)("encodeParts", message, work, resultOf(sizes));
    },
    decode: (measured, bytes, options) => {
      const contract = plainOf(measured);
      const work = () => guard.decode(contract, bytes, options);
      return watchOf(contract)("decode", undefined, work, passed);
    },
    safeDecode: (measured, bytes, options) => {
      const contract = plainOf(measured);
      const work = () => guard.safeDecode(contract, bytes, options);
      return watchOf(contract)("decode", undefined, work, itself);
    },
  });
}
