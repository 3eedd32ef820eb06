import type { Message } from "@bufbuild/protobuf";
import { lengthOf } from "../../wire/buffers.js";
import { ContractError, mismatch } from "../../wire/error.js";
import { type Clock, monotonic, platformClock } from "../base/clock.js";
import { reportLimit } from "../base/limits.js";
import { isObject } from "../base/plain-data.js";
import { attempt, guardedRead, type Result } from "../base/result.js";
import { readOptions, reportKind } from "../base/settings.js";
import type { CheckOptions } from "../options.js";
import type { Abandoned } from "./abandoned.js";
import { type Assembled, type AssembledContract, Assembly } from "./assembly.js";

/** Options of {@link createAssembler}: its bounds. Each is a number of at least 1; Infinity is no bound. */
export interface AssemblerOptions extends CheckOptions {
  /**
   * Maximum memory of all incomplete messages together, in bytes: their records, and 256 bytes for each
   * part. A larger single part is refused unread. Default 16,777,216 (16 MiB). A message that becomes
   * complete needs twice its size in addition while it is decoded.
   */
  readonly maxBytes?: number;
  /** Maximum number of incomplete messages. Default 256; each takes less than 1 KB besides its parts. */
  readonly maxMessages?: number;
  /** Maximum time from the first part of a message to the last, in milliseconds. Default 30,000. */
  readonly maxAgeMillis?: number;
  /** Maximum number of parts of one message; more are refused at the first part. Default 4,096. */
  readonly maxParts?: number;
  /**
   * Number of finished messages whose ids are remembered, so that a late duplicate does not begin a message
   * again; the one that ended first is forgotten first. Default 4,096; each takes about 200 bytes.
   */
  readonly maxRemembered?: number;
  /**
   * Maximum number of reports kept for `takeAbandoned`; beyond it the oldest is lost. Default 1,024; each
   * takes 100 bytes.
   */
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

/** Joins the parts of messages. Each message that begins ends once: it is returned or reported as abandoned. */
export interface Assembler<M extends Message = Message> {
  /** Number of incomplete messages. */
  readonly messages: number;
  /** Memory of the incomplete messages in bytes: their records, and 256 bytes for each part. */
  readonly bytes: number;
  /** Number of messages abandoned so far. */
  readonly abandonedCount: number;
  /**
   * Adds the bytes of one part, which are copied, and returns the message if this was the last missing part.
   * Duplicates are ignored. The assembler can be used on after an error.
   *
   * Throws ContractError `part.malformed` for a part that contradicts itself or the bounds; the same, and
   * abandons the message, for a part that contradicts the others and for the last part of a message that is not
   * what was sent; `input.bytes` for a part that is too large; what decoding a `concord.parts.v1.Part` throws;
   * and what the contract's `decode` throws for a complete message, which is then reported as abandoned.
   */
  add(part: Uint8Array): Assembled<M> | undefined;
  /** Like `add`, but returns the error. */
  safeAdd(part: Uint8Array): Result<Assembled<M> | undefined>;
  /**
   * Returns the messages abandoned since the last call. Abandons those that are too old first, as `add`
   * does: call it from a timer, or the last messages stay incomplete when no more parts arrive.
   */
  takeAbandoned(): Abandoned[];
}

/**
 * Creates an assembler for the parts that one contract's `encodeParts` returns: in any order, repeated, of
 * any number of messages at a time. Throws ContractError `config` for wrong options or what is no contract.
 */
export function createAssembler<M extends Message>(
  contract: AssembledContract<M>,
  options: AssemblerOptions = assemblerDefaults,
): Assembler<M> {
  assertContract(contract);
  const { typeName } = contract;
  const { now, ...limits } = readAssemblerOptions(typeName, options);
  const clock = monotonic(typeName, now);
  const assembly = new Assembly(contract, limits);
  const assembler: Assembler<M> = {
    get messages() {
      return assembly.pending.size;
    },
    get bytes() {
      return assembly.pending.bytes;
    },
    get abandonedCount() {
      return assembly.reports.count;
    },
    add(bytes) {
      const time = clock();
      assembly.abandonOld(time);
      assertLength(assembly, bytes);
      return assembly.add(bytes, time);
    },
    safeAdd: (bytes) => attempt(() => assembler.add(bytes)),
    takeAbandoned() {
      assembly.abandonOld(clock());
      return assembly.reports.take();
    },
  };
  return assembler;
}

function assertContract(contract: AssembledContract<Message>): void {
  const isContract = guardedRead("configure", "an assembler", () => {
    return (
      isObject(contract) &&
      typeof contract.typeName === "string" &&
      typeof contract.decode === "function"
    );
  });
  if (isContract) return;
  const issue = mismatch("contract", "config", "a contract", contract);
  throw new ContractError("configure", "an assembler", issue);
}

/** Refuses bytes that are larger than all messages together may be. */
function assertLength(assembly: Assembly<Message>, bytes: Uint8Array): void {
  const { maxBytes } = assembly.limits;
  const length = lengthOf(bytes);
  if (length <= maxBytes) return;
  const message = `${length} bytes are more than the ${maxBytes} that are accepted`;
  throw assembly.error({ path: "", rule: "input.bytes", message });
}

function readAssemblerOptions(
  typeName: string,
  options: AssemblerOptions,
): Required<AssemblerOptions> {
  const given = readOptions(typeName, options, (own, context) => {
    for (const key of limitKeys) reportLimit(context, key, own[key]);
    reportKind(context, "strict", own.strict, "boolean");
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
