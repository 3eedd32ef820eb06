import type { Message } from "@bufbuild/protobuf";
import type { Contract } from "../contract/contract.js";

/** Under which an instrumented contract holds the one that it was made of, for other copies of this package too. */
const plain: unique symbol = Symbol.for("@concord/contracts/otel plain");

interface Marked<M extends Message> {
  readonly [plain]: Contract<M>;
}

/** Notes on an instrumented contract which contract it was made of. */
export function mark<M extends Message, J>(
  instrumented: Contract<M, J>,
  contract: Contract<M, J>,
): Contract<M, J> {
  return Object.defineProperty(instrumented, plain, { value: plainOf(contract) });
}

/** The contract that an instrumented one was made of; any other contract itself. */
export function plainOf<M extends Message, J>(contract: Contract<M, J>): Contract<M> {
  return isMarked(contract) ? contract[plain] : contract;
}

function isMarked<M extends Message>(contract: Contract<M>): contract is Contract<M> & Marked<M> {
  return typeof contract === "object" && contract !== null && plain in contract;
}
