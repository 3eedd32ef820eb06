import type { AnyContract } from "../src/contract/contract.js";
import { createFrameWriter } from "../src/leyline/compact/index.js";
import { PerformanceBudgets, SystemLimits, SystemStatePacket } from "../src/leyline/index.js";
import { countAllocations } from "./allocations.js";
import type { Case } from "./cases.js";
import { type Effort, forEach, measure, type Task } from "./measure.js";
import { vary } from "./vary.js";

/** What one message costs, beside the budgets that the documents set for it. */
export interface BudgetRow {
  readonly name: string;
  /** The size of the canonical encoding, and its budget, in bytes. */
  readonly bytes: number;
  readonly maxBytes: number;
  /** The sizes of the parts that it is cut into, in bytes. */
  readonly parts: readonly number[];
  /** The sizes of its compact frames, in bytes, without the shared dictionary. Empty for other messages. */
  readonly frames: readonly number[];
  /** The time to check and encode it, and its budget, in microseconds. */
  readonly encodeMicros: number;
  readonly maxEncodeMicros: number | undefined;
  /** The time to check it, and its budget, in microseconds. */
  readonly checkMicros: number;
  readonly maxCheckMicros: number;
  /** The time to check it and write its frames, in microseconds. */
  readonly frameMicros: number | undefined;
  /** How many objects the codec allocates to encode it, and their budget. */
  readonly allocations: number;
  readonly maxAllocations: number;
}

const variants = 64;

/** Measures every message of the Leyline document that has a size budget. */
export function measureBudgets(
  cases: readonly Case[],
  effort: Effort,
  progress: (share: number) => void,
): BudgetRow[] {
  const subjects = cases
    .filter(({ contract }) => contract.budget.maxBytes !== undefined)
    .map(subjectOf);
  const tasks = subjects.flatMap(({ encode, check, frame }) => [encode, check, frame]);
  const times = measure(tasks, effort, progress).map(({ median }) => median);
  const limits = SystemLimits.create();
  const performance = PerformanceBudgets.create();
  return subjects.map((subject, index): BudgetRow => {
    const [encode = 0, check = 0, frame = 0] = times.slice(index * 3, index * 3 + 3);
    return {
      name: subject.name,
      bytes: subject.bytes,
      maxBytes: subject.maxBytes,
      parts: subject.parts,
      frames: subject.frames,
      encodeMicros: encode / 1000,
      maxEncodeMicros: subject.contract.budget.encodeMicros,
      checkMicros: check / 1000,
      maxCheckMicros: performance.messageValidationUs,
      frameMicros: subject.frames.length === 0 ? undefined : frame / 1000,
      allocations: subject.allocations,
      maxAllocations: limits.maxGcAllocationsPerMsg,
    };
  });
}

interface Subject {
  readonly name: string;
  readonly contract: AnyContract;
  readonly bytes: number;
  readonly maxBytes: number;
  readonly parts: readonly number[];
  readonly frames: readonly number[];
  readonly allocations: number;
  readonly encode: Task;
  readonly check: Task;
  readonly frame: Task;
}

function subjectOf({ name, contract, json }: Case): Subject {
  const messages = Array.from({ length: variants }, (_, index) =>
    contract.fromJson(vary(json, index)),
  );
  const original = contract.fromJson(json);
  const writer = createFrameWriter({ dictionaryEvery: Number.MAX_SAFE_INTEGER });
  const packets = SystemStatePacket.is(original) ? ofOneRun(original) : [];
  for (const packet of packets) writer.write(packet);
  // Decoded, as a service has them: messages made by JSON.parse box every number and cost more objects.
  const decoded = messages.map((message) => contract.codec.decode(contract.codec.encode(message)));
  const codecTask = forEach(decoded, (message) => contract.codec.encode(message));
  codecTask.repeat(20_000);
  return {
    name,
    contract,
    bytes: contract.codec.size(original),
    maxBytes: contract.budget.maxBytes ?? Number.POSITIVE_INFINITY,
    parts: sizesOf(contract.encodeParts(original)),
    frames: packets.slice(0, 1).flatMap((packet) => sizesOf(writer.write(packet))),
    allocations: countAllocations(codecTask).objects,
    encode: forEach(messages, (message) => contract.encode(message, { budget: false })),
    check: forEach(messages, (message) => contract.check(message)),
    frame: forEach(packets.length === 0 ? [undefined] : packets, (packet) =>
      packet === undefined ? undefined : writer.write(packet),
    ),
  };
}

function sizesOf(arrays: readonly Uint8Array[]): number[] {
  return arrays.map(({ length }) => length);
}

/** Packets of one run: names stay the same, numbers change. */
function ofOneRun(packet: SystemStatePacket): SystemStatePacket[] {
  return Array.from({ length: variants }, (_, index) => {
    const next = SystemStatePacket.clone(packet);
    next.packetId = `${index.toString(16).padStart(8, "0")}${packet.packetId.slice(8)}`;
    next.globalStep += BigInt(index);
    next.trainingLoss = Math.fround(packet.trainingLoss * (1 + index / 100));
    for (const seed of next.seedStates) {
      seed.gradientNorm = Math.fround(seed.gradientNorm * (1 + index / 100));
    }
    return next;
  });
}
