import { forEach, type Task } from "../measure.js";
import type { SuiteCase } from "../suite/cases.js";
import { type Operation, operations, operationTitles } from "../suite/operations.js";
import type { Contender, Peer } from "../suite/peer.js";

/** A library that is ready for one case, and what it cannot do right there. */
export interface PeerContender extends Contender {
  /** The operations that it has but that are not measured, and why. */
  readonly leftOut: Readonly<Partial<Record<Operation, string>>>;
}

/** A library of the comparison that writes bytes or texts. */
export interface EncodingPeer extends Peer {
  open(suiteCase: SuiteCase): PeerContender | string | undefined;
}

/** One operation of a library: what is measured, and what its results mean, in a form that can be compared. */
export interface Work<M> {
  readonly task: Task;
  /** What the result for the message at this place means. */
  meaning(index: number): M;
}

/** An operation on inputs in turn, and how its results are turned into what is compared. */
export function work<T, R, M>(
  inputs: readonly T[],
  operate: (input: T) => R,
  toMeaning: (result: R) => M,
): Work<M> {
  return {
    task: forEach(inputs, operate),
    meaning(index) {
      const input = inputs[index];
      if (input === undefined) throw new Error(`there is no message ${index}`);
      return toMeaning(operate(input));
    },
  };
}

/** Operations of a library. */
export type Works<M> = Readonly<Partial<Record<Operation, Work<M>>>>;

/** What a contender is made of. */
export interface ContenderParts<M> {
  readonly works: Works<M>;
  /** Operations that the library may not do right for every case: each is tried on the first message. */
  readonly trials?: Works<M>;
  /** Operations that it cannot do for this case, and why. */
  readonly leftOut?: Readonly<Partial<Record<Operation, string>>>;
  /** How many messages there are. */
  readonly count: number;
  /** The mean size of what it writes, in bytes. */
  readonly bytes: number;
  /** What each operation's result for the message at this place has to mean. */
  expected(index: number): M;
  /** Says how the meaning is another one. Undefined where it is not. */
  difference(expected: M, actual: M, index: number): string | undefined;
}

/** Makes the contender: operations on trial that go wrong for the first message are left out of it. */
export function toContender<M>(parts: ContenderParts<M>): PeerContender {
  const works = { ...parts.works };
  const leftOut = { ...parts.leftOut };
  for (const operation of operations) {
    const trial = parts.trials?.[operation];
    if (trial === undefined) continue;
    const fault = faultOf(parts, trial, 1);
    if (fault === undefined) works[operation] = trial;
    else leftOut[operation] = fault;
  }
  const tasks: Partial<Record<Operation, Task>> = {};
  for (const operation of operations) {
    const done = works[operation];
    if (done !== undefined) tasks[operation] = done.task;
  }
  return {
    tasks,
    leftOut,
    bytes: parts.bytes,
    prove() {
      for (const operation of operations) {
        const done = works[operation];
        const fault = done === undefined ? undefined : faultOf(parts, done, parts.count);
        if (fault !== undefined) return `${labelOf(operation)}${fault}`;
      }
      return undefined;
    },
  };
}

/** The text before a fault. What writing or reading does wrong is wrong with the library as a whole. */
function labelOf(operation: Operation): string {
  const isBasic = operation === "encode" || operation === "decode";
  return isBasic ? "" : `${operationTitles[operation]}: `;
}

/** What the operation does wrong with the first of so many messages that it does wrong. */
function faultOf<M>(
  { expected, difference }: ContenderParts<M>,
  { meaning }: Work<M>,
  count: number,
): string | undefined {
  for (let index = 0; index < count; index++) {
    try {
      const fault = difference(expected(index), meaning(index), index);
      if (fault !== undefined) return fault;
    } catch (error) {
      return reasonOf(error);
    }
  }
  return undefined;
}

const longestReason = 160;

/** The first line of what an error says, without its end where it is long: some list whole messages. */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const [line = ""] = text.split("\n", 1);
  return line.length > longestReason ? `${line.slice(0, longestReason - 3)}...` : line;
}

/** The peer with errors of opening it turned into reasons why it cannot take part. */
export function guarded(peer: EncodingPeer): EncodingPeer {
  return {
    ...peer,
    open(suiteCase) {
      try {
        return peer.open(suiteCase);
      } catch (error) {
        return reasonOf(error);
      }
    },
  };
}

/** The mean length of what is written for each of these. */
export function meanLength<T>(
  inputs: readonly T[],
  write: (input: T) => { readonly length: number },
): number {
  return inputs.reduce((sum, input) => sum + write(input).length, 0) / inputs.length;
}

/** An array with more than enough room for the largest of these. */
export function roomFor(encoded: readonly Uint8Array[]): Buffer {
  const largest = Math.max(...encoded.map(({ length }) => length));
  return Buffer.alloc(8_192 + 4 * largest);
}
