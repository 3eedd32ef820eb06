import {
  type Assembler,
  type AssemblerOptions,
  createAssembler,
} from "../../src/contract/parts/assembler.js";
import { partIdOf } from "../../src/contract/parts/part-id.js";
import { examples } from "../../src/leyline/examples.js";
import { SystemStatePacket } from "../../src/leyline/index.js";

/** A packet larger than its budget. */
export const ten = SystemStatePacket.fromJson(
  examples.find(({ name }) => name === "SystemStatePacket, 10 seeds, 5 metrics")?.json,
);
export const bytesOfTen = SystemStatePacket.encode(ten, { budget: false });

/** The id of the parts of the packet of ten seeds. */
export const idOfTen = partIdOf(bytesOfTen, 7);

/** The three parts of the packet of ten seeds. */
export function partsOfTen(id = 7): [Uint8Array, Uint8Array, Uint8Array] {
  const [first, second, third] = SystemStatePacket.encodeParts(ten, { id });
  if (first === undefined || second === undefined || third === undefined) throw new Error("parts");
  return [first, second, third];
}

/** An assembler with a controlled clock. */
export function assembling(options: AssemblerOptions = {}): {
  assembler: Assembler<SystemStatePacket>;
  clock: { now: number };
} {
  const clock = { now: 1000 };
  const assembler = createAssembler(SystemStatePacket, { now: () => clock.now, ...options });
  return { assembler, clock };
}
