import { PartCodec } from "../../../gen/concord/parts/v1/part_codec.js";
import { ContractError, type ContractIssue } from "../../wire/error.js";
import { RecentEntries } from "../base/recent.js";
import type { DecodeOptions } from "../options.js";
import { type Abandoned, AbandonedReports } from "./abandoned.js";
import { checksumFault, contradictionOf, faultOf } from "./part-check.js";
import { type Incomplete, joinParts, type PendingLimits, PendingMessages } from "./pending.js";

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
export interface AssemblyLimits extends PendingLimits {
  readonly strict: boolean;
  readonly maxParts: number;
  readonly maxRemembered: number;
  readonly maxReports: number;
}

/** The state of an assembler. Times are milliseconds of its caller's clock, which never goes back. */
export class Assembly<M> {
  readonly pending: PendingMessages;
  readonly reports: AbandonedReports;
  /** The ids of the last complete messages, whose duplicates are ignored. */
  readonly #complete: RecentEntries<bigint, true>;

  constructor(
    readonly contract: AssembledContract<M>,
    readonly limits: AssemblyLimits,
  ) {
    this.pending = new PendingMessages(limits);
    this.reports = new AbandonedReports(limits.maxReports);
    this.#complete = new RecentEntries({ maxEntries: limits.maxRemembered });
  }

  /** Adds a part that is not larger than `maxBytes`; returns the message if it was the last missing one. */
  add(bytes: Uint8Array, now: number): Assembled<M> | undefined {
    // A view of the caller's bytes, copied below only where it is kept.
    const part = PartCodec.decode(bytes, { alias: true });
    const { id, index, count, records } = part;
    const fault = faultOf(part, this.limits.maxParts);
    if (fault !== undefined) throw this.error(fault);
    if (this.#complete.has(id)) return undefined;
    const message = this.pending.get(id) ?? this.#begin(id, count, now);
    const contradiction = contradictionOf(message, part);
    if (contradiction !== undefined) throw this.#abandon(message, "contradiction", contradiction);
    if (message.parts.has(index)) return undefined;
    this.pending.add(message, index, records.slice());
    if (message.parts.size === count) return this.#finish(message);
    for (const lost of this.pending.removeBeyondMemory()) this.reports.add(lost, "memory");
    return undefined;
  }

  /** Abandons the messages that are too old. */
  abandonOld(now: number): void {
    for (const lost of this.pending.removeOld(now)) this.reports.add(lost, "age");
  }

  /** An error in a part. */
  error(issue: ContractIssue): ContractError {
    return new ContractError("assemble from parts", this.contract.typeName, issue);
  }

  #begin(id: bigint, count: number, now: number): Incomplete {
    const message = { id, count, parts: new Map(), bytes: 0 };
    // A message of one part takes no place from others.
    if (count === 1) return message;
    const lost = this.pending.begin(message, now);
    if (lost !== undefined) this.reports.add(lost, "count");
    return message;
  }

  #abandon(message: Incomplete, reason: Abandoned["reason"], issue: ContractIssue): ContractError {
    this.pending.end(message);
    this.reports.add(message, reason);
    return this.error(issue);
  }

  #finish(message: Incomplete): Assembled<M> {
    const { id } = message;
    const bytes = joinParts(message);
    const fault = checksumFault(id, bytes);
    if (fault !== undefined) throw this.#abandon(message, "checksum", fault);
    this.pending.end(message);
    // Before decoding, which may call back and add the same parts again.
    this.#complete.set(id, true);
    const { strict, maxBytes } = this.limits;
    try {
      return { id, message: this.contract.decode(bytes, { strict, maxBytes }), bytes };
    } catch (error) {
      this.reports.add(message, "refused");
      throw error;
    }
  }
}
