import type { Message } from "@bufbuild/protobuf";
import { PartCodec } from "../../../gen/concord/parts/v1/part_codec.js";
import type { Part } from "../../../gen/concord/parts/v1/part_pb.js";
import { lengthOf } from "../../wire/buffers.js";
import { ContractError, type ContractIssue, mismatch } from "../../wire/error.js";
import { type Clock, monotonic, platformClock } from "../base/clock.js";
import { reportLimit } from "../base/limits.js";
import { RecentIds } from "../base/recent.js";
import { attempt, type Result } from "../base/result.js";
import { readOptions, reportKind } from "../base/settings.js";
import type { Contract } from "../contract.js";
import type { CheckOptions } from "../options.js";
import { type Incomplete, PendingMessages } from "./pending.js";

/** Options of {@link createAssembler}: its bounds. No bound is ever passed by more than one part. */
export interface AssemblerOptions extends CheckOptions {
  /**
   * The most bytes that all messages under way hold together, 256 for each part besides its records;
   * longer single parts are refused unread. Default 16,777,216 (16 MiB), which is what it may cost. The
   * message that becomes whole needs its size twice besides, for as long as it is decoded.
   */
  readonly maxBytes?: number;
  /** The most messages under way. Default 256; costs under 1 KB for each. */
  readonly maxMessages?: number;
  /** The longest time from the first part to the last, in milliseconds. Default 30,000. */
  readonly maxAgeMillis?: number;
  /** The most parts of one message; others are refused at their first part. Default 4,096. */
  readonly maxParts?: number;
  /**
   * How many messages that are done with are known again, so that a late duplicate begins nothing.
   * Default 4,096; costs up to 128 bytes for each, twice as many being kept at times.
   */
  readonly maxRemembered?: number;
  /** The most reports that wait for `takeGivenUp`; then the oldest are lost. Default 1,024; costs 100 bytes each. */
  readonly maxReports?: number;
  /** The clock, in milliseconds. Default `performance.now`; read once for each part. */
  readonly now?: Clock;
}

/** The defaults of an assembler's options. */
export const assemblerDefaults: Readonly<Required<AssemblerOptions>> = Object.freeze({
  strict: false,
  maxBytes: 16 * 1024 * 1024,
  maxMessages: 256,
  maxAgeMillis: 30_000,
  maxParts: 4096,
  maxRemembered: 4096,
  maxReports: 1024,
  now: platformClock,
});

/** A message whose parts have all come. */
export interface Assembled<M> {
  /** What its parts shared. */
  readonly id: bigint;
  readonly message: M;
  /** Its bytes as they were encoded; the caller's own. */
  readonly bytes: Uint8Array;
}

/** A message that was given up, and its parts with it. */
export interface Abandoned {
  readonly id: bigint;
  /** How many parts had come. */
  readonly arrived: number;
  /** How many parts it has. */
  readonly count: number;
  /** How many bytes of records had come. */
  readonly bytes: number;
  /**
   * Why: too old; the oldest of too many; the oldest where memory was short; parts that contradict each
   * other; or whole, but refused by the contract.
   */
  readonly why: "age" | "count" | "memory" | "contradiction" | "refused";
}

/** Puts messages together from their parts. Each that begins ends once: given back, or given up. */
export interface Assembler<M extends Message = Message> {
  /** How many messages are under way. */
  readonly messages: number;
  /** How many bytes they hold, 256 for each part besides its records. */
  readonly bytes: number;
  /** How many messages were given up so far. */
  readonly abandoned: number;
  /**
   * Takes the bytes of one part, which may be used again afterwards, and gives the message when it was the
   * last one missing. Duplicates are passed over. Throws ContractError `part.malformed` for a part that
   * contradicts itself, its bounds, or the others of its message, which is given up then; `input.bytes`
   * for one that is too large; what decoding a `concord.parts.v1.Part` throws; and what the contract's
   * `decode` throws once the message is whole, which counts as given up. The assembler can be used on.
   */
  add(part: Uint8Array): Assembled<M> | undefined;
  safeAdd(part: Uint8Array): Result<Assembled<M> | undefined>;
  /**
   * What was given up since the last call. Gives up what has become too old first, as `add` does: call it
   * from a timer where parts may cease to come.
   */
  takeAbandoned(): Abandoned[];
}

type Outcome = "done" | "contradicted";

/**
 * Makes an assembler of one contract's messages, from what `encodeParts` gives: in any order, repeated,
 * any number of messages at a time. Throws ContractError `config` for an option of the wrong kind.
 */
export function createAssembler<M extends Message>(
  contract: Contract<M>,
  options: AssemblerOptions = assemblerDefaults,
): Assembler<M> {
  const { typeName } = contract;
  const limits = readLimits(typeName, options);
  const clock = monotonic(typeName, limits.now);
  const pending = new PendingMessages();
  const recent = new RecentIds<Outcome>(limits.maxRemembered);
  let reports: Abandoned[] = [];
  let abandoned = 0;

  const malformed = (issue: ContractIssue): ContractError =>
    new ContractError("assemble from parts", typeName, issue);

  const report = (message: Incomplete, why: Abandoned["why"]): void => {
    const { id, count, parts } = message;
    const bytes = lengthOfAll(parts.values());
    if (reports.length >= limits.maxReports) reports.shift();
    reports.push(Object.freeze({ id, arrived: parts.size, count, bytes, why }));
    abandoned++;
  };
  const giveUp = (message: Incomplete, why: Abandoned["why"]): void => {
    pending.end(message);
    report(message, why);
  };
  const giveUpOld = (now: number): void => {
    for (let { oldest } = pending; oldest !== undefined; { oldest } = pending) {
      if (now - oldest.since <= limits.maxAgeMillis) return;
      giveUp(oldest, "age");
    }
  };
  const giveUpOldest = (why: Abandoned["why"]): void => {
    const { oldest } = pending;
    if (oldest !== undefined) giveUp(oldest, why);
  };
  const contradicted = (message: Incomplete, issue: ContractIssue): ContractError => {
    giveUp(message, "contradiction");
    // Its other parts may be those of two messages; together they would be a third.
    recent.set(message.id, "contradicted");
    return malformed(issue);
  };

  /** Throws for a part that is wrong whatever the others are. */
  const assertAlone = ({ index, count, records }: Part): void => {
    if (count < 1 || count > limits.maxParts) {
      const expected = `a count from 1 to ${limits.maxParts}`;
      throw malformed(mismatch("count", "part.malformed", expected, count));
    }
    if (index >= count) {
      const expected = `an index below the count of ${count}`;
      throw malformed(mismatch("index", "part.malformed", expected, index));
    }
    if (count > 1 && records.length === 0) {
      throw malformed(fault("records", `part ${index} of ${count} has no records`));
    }
  };

  const finish = (message: Incomplete): Assembled<M> => {
    const { id } = message;
    pending.end(message);
    recent.set(id, "done");
    const bytes = join(message);
    try {
      const { strict } = limits;
      const maxBytes = Number.POSITIVE_INFINITY;
      return { id, message: contract.decode(bytes, { strict, maxBytes }), bytes };
    } catch (error) {
      report(message, "refused");
      throw error;
    }
  };

  const assembler: Assembler<M> = {
    get messages() {
      return pending.size;
    },
    get bytes() {
      return pending.bytes;
    },
    get abandoned() {
      return abandoned;
    },
    add(bytes) {
      const length = lengthOf(bytes);
      if (length > limits.maxBytes) {
        const message = `${length} bytes are more than the ${limits.maxBytes} that are accepted`;
        throw malformed({ path: "", rule: "input.bytes", message });
      }
      const now = clock();
      giveUpOld(now);
      // A view of the caller's bytes, copied below only where it is kept.
      const part = PartCodec.decode(bytes, { alias: true });
      assertAlone(part);
      const { id, index, count, records } = part;
      const outcome = recent.get(id);
      if (outcome === "done") return undefined;
      if (outcome === "contradicted") {
        throw malformed(fault("id", "parts of this message contradicted each other before"));
      }
      const message = pending.get(id) ?? pending.begin(id, count, now);
      if (message.count !== count) {
        const expected = `${message.count} as in the parts before`;
        throw contradicted(message, mismatch("count", "part.malformed", expected, count));
      }
      const before = message.parts.get(index);
      if (before !== undefined) {
        if (isSame(before, records)) return undefined;
        const other = `part ${index} of ${count} came before with other records`;
        throw contradicted(message, fault("records", other));
      }
      pending.hold(message, index, records.slice());
      if (message.parts.size === count) return finish(message);
      while (pending.size > limits.maxMessages) giveUpOldest("count");
      while (pending.bytes > limits.maxBytes) giveUpOldest("memory");
      return undefined;
    },
    safeAdd: (bytes) => attempt(() => assembler.add(bytes)),
    takeAbandoned() {
      giveUpOld(clock());
      const taken = reports;
      reports = [];
      return taken;
    },
  };
  return assembler;
}

function readLimits(typeName: string, options: AssemblerOptions): Required<AssemblerOptions> {
  const given = readOptions(typeName, options, (own, context) => {
    for (const key of limitKeys) reportLimit(context, key, own[key]);
    reportKind(context, "now", own.now, "function");
  });
  const entries = Object.entries(given).filter(([, value]) => value !== undefined);
  return { ...assemblerDefaults, ...Object.fromEntries(entries) };
}

const limitKeys = [
  "maxBytes",
  "maxMessages",
  "maxAgeMillis",
  "maxParts",
  "maxRemembered",
  "maxReports",
] as const;

function fault(path: string, message: string): ContractIssue {
  return { path, rule: "part.malformed", message };
}

function lengthOfAll(parts: Iterable<Uint8Array>): number {
  let length = 0;
  for (const part of parts) length += part.length;
  return length;
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  for (let index = 0; index < one.length; index++) {
    if (one[index] !== other[index]) return false;
  }
  return true;
}

/** The records of all parts, in the order of their index. */
function join({ parts, count }: Incomplete): Uint8Array {
  const bytes = new Uint8Array(lengthOfAll(parts.values()));
  let end = 0;
  for (let index = 0; index < count; index++) {
    const records = parts.get(index);
    if (records === undefined) continue;
    bytes.set(records, end);
    end += records.length;
  }
  return bytes;
}
