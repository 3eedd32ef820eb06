import { PartCodec } from "../../../gen/concord/parts/v1/part_codec.js";
import type { Part } from "../../../gen/concord/parts/v1/part_pb.js";
import { lengthOf } from "../../wire/buffers.js";
import { ContractError, type ContractIssue, mismatch } from "../../wire/error.js";
import { RecentEntries } from "../base/recent.js";
import type { DecodeOptions } from "../options.js";
import { type Abandoned, AbandonedReports } from "./abandoned.js";
import { type Incomplete, joinParts, PendingMessages } from "./pending.js";

/** What an assembler needs of a contract; every `Contract` has it. */
export interface AssembledContract<out M> {
  readonly typeName: string;
  decode(bytes: Uint8Array, options?: DecodeOptions): M;
}

/** A message whose parts have all been received. */
export interface Assembled<M> {
  /** The id that its parts share. */
  readonly id: bigint;
  readonly message: M;
  /** The encoded message; the caller may change it. */
  readonly bytes: Uint8Array;
}

/** The bounds of an {@link Assembly}; `AssemblerOptions` describes each. */
export interface AssemblyLimits {
  readonly strict: boolean;
  readonly maxBytes: number;
  readonly maxMessages: number;
  readonly maxAgeMillis: number;
  readonly maxParts: number;
  readonly maxRemembered: number;
  readonly maxReports: number;
}

type Outcome = "done" | "contradicted";

/** The state of an assembler. Times are milliseconds of its caller's clock, which never goes back. */
export class Assembly<M> {
  readonly pending: PendingMessages;
  readonly reports: AbandonedReports;
  /** How the last messages ended. */
  readonly #ended: RecentEntries<bigint, Outcome>;

  constructor(
    readonly contract: AssembledContract<M>,
    readonly limits: AssemblyLimits,
  ) {
    this.reports = new AbandonedReports(limits.maxReports);
    this.pending = new PendingMessages(limits);
    this.#ended = new RecentEntries({ maxEntries: limits.maxRemembered });
  }

  /** Refuses bytes that are larger than all messages together may be. */
  assertLength(bytes: Uint8Array): void {
    const length = lengthOf(bytes);
    if (length <= this.limits.maxBytes) return;
    const message = `${length} bytes are more than the ${this.limits.maxBytes} that are accepted`;
    throw this.#malformed({ path: "", rule: "input.bytes", message });
  }

  /** Adds a part; returns the message if it was the last missing one. */
  add(bytes: Uint8Array, now: number): Assembled<M> | undefined {
    // A view of the caller's bytes, copied below only where it is kept.
    const part = PartCodec.decode(bytes, { alias: true });
    this.#assertPart(part);
    const { id, index, count, records } = part;
    const outcome = this.#ended.get(id);
    if (outcome === "done") return undefined;
    if (outcome === "contradicted") {
      throw this.#malformed(fault("id", "parts of this message contradicted each other before"));
    }
    const message = this.pending.get(id) ?? this.#begin(id, count, now);
    if (message.count !== count) {
      const expected = `${message.count} as in the parts before`;
      throw this.#contradicted(message, mismatch("count", "part.malformed", expected, count));
    }
    const before = message.parts.get(index);
    if (before !== undefined) {
      if (isSame(before, records)) return undefined;
      const other = `part ${index} of ${count} came before with other records`;
      throw this.#contradicted(message, fault("records", other));
    }
    this.pending.add(message, index, records.slice());
    if (message.parts.size === count) return this.#finish(message);
    for (const lost of this.pending.removeBeyondMemory()) this.reports.add(lost, "memory");
    return undefined;
  }

  /** Abandons the messages that are too old. */
  abandonOld(now: number): void {
    for (const lost of this.pending.removeOld(now)) this.reports.add(lost, "age");
  }

  #begin(id: bigint, count: number, now: number): Incomplete {
    const message = { id, count, parts: new Map(), bytes: 0 };
    // A message of one part takes no place from others.
    if (count === 1) return message;
    const lost = this.pending.begin(message, now);
    if (lost !== undefined) this.reports.add(lost, "count");
    return message;
  }

  #abandon(message: Incomplete, reason: Abandoned["reason"]): void {
    this.pending.end(message);
    this.reports.add(message, reason);
  }

  /** Throws for a part that is wrong whatever the others are. */
  #assertPart({ index, count, records }: Part): void {
    const { maxParts } = this.limits;
    if (count < 1 || count > maxParts) {
      const expected = `a count from 1 to ${maxParts}`;
      throw this.#malformed(mismatch("count", "part.malformed", expected, count));
    }
    if (index >= count) {
      const expected = `an index below the count of ${count}`;
      throw this.#malformed(mismatch("index", "part.malformed", expected, index));
    }
    if (count > 1 && records.length === 0) {
      throw this.#malformed(fault("records", `part ${index} of ${count} has no records`));
    }
  }

  #contradicted(message: Incomplete, issue: ContractIssue): ContractError {
    this.#abandon(message, "contradiction");
    // Its other parts may be those of two messages; together they would be a third.
    this.#ended.set(message.id, "contradicted");
    return this.#malformed(issue);
  }

  #finish(message: Incomplete): Assembled<M> {
    const { id } = message;
    this.pending.end(message);
    this.#ended.set(id, "done");
    const bytes = joinParts(message);
    try {
      const { strict, maxBytes } = this.limits;
      return { id, message: this.contract.decode(bytes, { strict, maxBytes }), bytes };
    } catch (error) {
      this.reports.add(message, "refused");
      throw error;
    }
  }

  #malformed(issue: ContractIssue): ContractError {
    return new ContractError("assemble from parts", this.contract.typeName, issue);
  }
}

function fault(path: string, message: string): ContractIssue {
  return { path, rule: "part.malformed", message };
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  for (let index = 0; index < one.length; index++) {
    if (one[index] !== other[index]) return false;
  }
  return true;
}
