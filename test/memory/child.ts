import { contracts } from "../../src/all.js";
import { attempt } from "../../src/contract/base/result.js";
import type { AnyContract } from "../../src/contract/contract.js";
import { type Filling, fillingsOf } from "./fillings.js";

/** The heap that one input took: what its message holds, in MB. */
export interface Held {
  readonly type: string;
  readonly filling: string;
  readonly bytes: number;
  readonly megabytes: number;
}

const megabyte = 1_000_000;
/** The part of the default limits at which all fillings are compared. */
const scale = 64;
const maxElements = 1_000_000;

declare const gc: () => void;

function used(): number {
  gc();
  gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** What the message of an input holds while it is in use. */
function measure({ codec, typeName }: AnyContract, filling: Filling, bytes: Uint8Array): Held {
  const before = used();
  const message: unknown = codec.decode(bytes);
  const megabytes = (used() - before) / megabyte;
  if (message === undefined) throw new Error("nothing was decoded");
  return { type: typeName, filling: filling.name, bytes: bytes.length, megabytes };
}

/** The filling of a contract that holds most at a part of the default limits. */
function worstOf(contract: AnyContract): Filling | undefined {
  const small = fillingsOf(contract.schema).map((filling) => {
    const bytes = filling.fill(contract.maxBytes / scale, maxElements / scale);
    return { filling, held: measure(contract, filling, bytes).megabytes };
  });
  small.sort((one, other) => other.held - one.held);
  return small[0]?.filling;
}

/** Reads the whole input of default size as a receiver would, then as the codec does, and prints what it holds. */
function run(contract: AnyContract, filling: Filling): void {
  const bytes = filling.fill(contract.maxBytes, maxElements);
  attempt(() => contract.decode(bytes));
  console.log(JSON.stringify(measure(contract, filling, bytes)));
}

const names = (process.argv[2] ?? "").split(",");
for (const contract of contracts) {
  const filling = names.includes(contract.typeName) ? worstOf(contract) : undefined;
  if (filling !== undefined) run(contract, filling);
}
