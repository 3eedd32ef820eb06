import type { Message } from "@bufbuild/protobuf";
import type { Contract } from "../contract/contract.js";

/** The property of an instrumented contract with the original contract. `Symbol.for`, so that other copies of this package find it too. */
const original: unique symbol = Symbol.for("@concord/contracts/otel plain");

interface Instrumented<M extends Message> {
  readonly [original]: Contract<M>;
}

/** Adds the original contract to an instrumented one. */
export function setOriginal<M extends Message, J>(
  instrumented: Contract<M, J>,
  contract: Contract<M, J>,
): Contract<M, J> {
  return Object.defineProperty(instrumented, original, { value: originalOf(contract) });
}

/** The original of an instrumented contract; any other contract is returned as it is. */
export function originalOf<M extends Message, J>(contract: Contract<M, J>): Contract<M> {
  return isInstrumented(contract) ? contract[original] : contract;
}

function isInstrumented<M extends Message>(
  contract: Contract<M>,
): contract is Contract<M> & Instrumented<M> {
  return typeof contract === "object" && contract !== null && original in contract;
}
