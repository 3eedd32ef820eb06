import { isFieldSet, type Message } from "@bufbuild/protobuf";
import {
  ContractError,
  type ContractIssue,
  isContractError,
  mismatch,
  type Operation,
} from "../../wire/error.js";
import { type Clock, monotonic, platformClock } from "../base/clock.js";
import { Context } from "../base/context.js";
import { createListener } from "../base/listener.js";
import { isObject } from "../base/plain-data.js";
import { attempt, guarded, type Result } from "../base/result.js";
import { readOptions, reportKind } from "../base/settings.js";
import type { Contract } from "../contract.js";
import { contractDefaults, type DecodeOptions, type EncodeOptions } from "../options.js";
import { assertSize } from "../parts/budget.js";
import type { PartsOptions } from "../parts/parts.js";
import {
  type Breaker,
  type BreakerCall,
  type BreakerConfig,
  createBreaker,
  readBreakerConfig,
} from "./breaker.js";
import {
  type GuardConfig,
  type GuardSettings,
  guardDefaults,
  readGuardConfig,
  sectionName,
} from "./config.js";
import type { GuardEvent } from "./events.js";
import { type GuardLogger, log, logLevels } from "./log.js";
import { count, type GuardStats, noCounts, type Tally } from "./stats.js";

/** What {@link createGuard} takes besides the configuration. */
export interface GuardOptions {
  /** Hears the log lines. Default none: a guard is silent. Costs a count of fields for each message. */
  readonly logger?: GuardLogger;
  /** Hears every event as data, e.g. to count it elsewhere. Default none. Costs the same count. */
  readonly listener?: (event: GuardEvent) => void;
  /** The configuration of the breakers, one for each message type. Default `breakerDefaults`. */
  readonly breaker?: BreakerConfig;
  /** A monotonic clock in milliseconds, with fractions. Default `performance.now`. */
  readonly now?: Clock;
}

/** Options of a guard's `encodeParts`; the size of a part is the guard's to say. */
export type GuardPartsOptions = Omit<PartsOptions, "maxBytes">;

/**
 * The binary doors of contracts under one configuration: they do what the contract's own do, and
 * count, time, log and stop what fails again and again. Made by {@link createGuard}.
 */
export interface Guard {
  /** The configuration with all defaults, frozen. */
  readonly config: GuardSettings;
  /**
   * `contract.encode` with the guard's limit for this message type. Throws what that throws
   * (`budget.size` among it), and `breaker.open` without trying when encoding failed too often of late.
   */
  encode<M extends Message>(contract: Contract<M>, message: M, options?: EncodeOptions): Uint8Array;
  safeEncode<M extends Message>(
    contract: Contract<M>,
    message: M,
    options?: EncodeOptions,
  ): Result<Uint8Array>;
  /** `contract.encodeParts` with the guard's limit for each part. Throws what `encode` throws. */
  encodeParts<M extends Message>(
    contract: Contract<M>,
    message: M,
    options?: GuardPartsOptions,
  ): Uint8Array[];
  safeEncodeParts<M extends Message>(
    contract: Contract<M>,
    message: M,
    options?: GuardPartsOptions,
  ): Result<Uint8Array[]>;
  /**
   * `contract.decode`. Counts and logs versions that do not match, and enum numbers without a name,
   * which are kept; costs a second pass over the message. No breaker: what arrives is the peer's doing.
   */
  decode<M extends Message>(contract: Contract<M>, bytes: Uint8Array, options?: DecodeOptions): M;
  safeDecode<M extends Message>(
    contract: Contract<M>,
    bytes: Uint8Array,
    options?: DecodeOptions,
  ): Result<M>;
  /**
   * The most bytes that an encoded message of this type may take: `max_message_size` where the budget
   * is the document's 280, any other budget as it stands, and undefined where there is none.
   */
  maxBytesOf(contract: Contract): number | undefined;
  /** The breaker of this message type, to look at or to force. */
  breakerOf(contract: Contract): Breaker;
  /** What happened so far, by message type: a frozen copy. */
  stats(): GuardStats;
}

/** What a guard keeps of one message type. */
interface Kept {
  readonly typeName: string;
  readonly maxBytes: number | undefined;
  readonly breaker: Breaker;
  readonly counts: Tally;
}

/** The version of the message contracts, which their `version` fields and their package names carry. */
const contractVersion = 1;

/**
 * Makes a guard from the section `message_contracts` of a configuration file. Throws ContractError
 * `config` with every fault. Document: the Leyline document, "Configuration", "Error Handling" and
 * "Logging".
 */
export function createGuard(config: GuardConfig = {}, options: GuardOptions = {}): Guard {
  const settings = readGuardConfig(config);
  const given = readOptions(sectionName, options, reportOptions);
  const breakerConfig = readBreakerConfig(given.breaker ?? {});
  const clock = monotonic(sectionName, given.now ?? platformClock);
  const { logger, listener } = given;
  const hasSubscriber = logger !== undefined || listener !== undefined;
  const logging = createListener<GuardEvent>((event) => {
    if (logger !== undefined) log(logger, event);
  });
  const listening = createListener<GuardEvent>((event) => listener?.(event));
  const types = new Map<string, Kept>();

  const emit = (event: GuardEvent, kept?: Kept): void => {
    if (kept !== undefined) count(kept.counts, event);
    if (!hasSubscriber) return;
    if (event.kind === "encoded") Object.freeze(event.sizes);
    if (event.kind === "decoded") Object.freeze(event.invalidEnums);
    Object.freeze(event);
    logging.emit(event);
    listening.emit(event);
  };

  const keep = (operation: Operation, contract: Contract): Kept => {
    if (!isContract(contract)) {
      const issue = mismatch("contract", "input.type", "a contract", contract);
      throw new ContractError(operation, "a message", issue);
    }
    const { typeName } = contract;
    const known = types.get(typeName);
    if (known !== undefined) return known;
    const own = contract.budget.maxBytes;
    const isDocuments = own === guardDefaults.max_message_size;
    const kept: Kept = {
      typeName,
      maxBytes: isDocuments ? settings.max_message_size : own,
      breaker: createBreaker(breakerConfig, {
        name: typeName,
        now: clock,
        listener: (change) => emit({ kind: "breaker", typeName, ...change }),
      }),
      counts: { ...noCounts },
    };
    types.set(typeName, kept);
    return kept;
  };

  const micros = (start: number): number => (clock() - start) * 1000;

  const begin = (kept: Kept): BreakerCall => {
    try {
      return kept.breaker.begin();
    } catch (error) {
      if (isContractError(error) && error.code === "breaker.open") {
        emit({ kind: "denied", typeName: kept.typeName, error }, kept);
      }
      throw error;
    }
  };

  /** Does the work of encoding as one call of the breaker, and tells how it went. */
  const serialize = <T>(
    kept: Kept,
    fieldCount: () => number,
    maxBytes: number | undefined,
    work: () => T,
    sizesOf: (result: T) => readonly number[],
  ): T => {
    const { typeName } = kept;
    const call = begin(kept);
    if (hasSubscriber) emit({ kind: "started", typeName, fieldCount: fieldCount() }, kept);
    const start = clock();
    let result: T;
    try {
      result = guarded("encode", typeName, work);
    } catch (error) {
      const durationMicros = micros(start);
      const isOversize = isContractError(error) && error.code === "budget.size";
      const kind = isOversize ? "oversize" : "failed";
      if (isContractError(error)) emit({ kind, typeName, durationMicros, error }, kept);
      if (isOversize) call.succeed();
      else call.fail();
      throw error;
    }
    const durationMicros = micros(start);
    call.succeed();
    const maxMicros = settings.serialization_timeout_us;
    const event: GuardEvent = {
      kind: "encoded",
      typeName,
      durationMicros,
      sizes: sizesOf(result),
      ...(maxBytes === undefined ? {} : { maxBytes }),
      maxMicros,
      slow: durationMicros > maxMicros,
    };
    emit(event, kept);
    return result;
  };

  const guard: Guard = {
    config: settings,
    encode(contract, message, options) {
      const kept = keep("encode", contract);
      const budget = options?.budget ?? contractDefaults.budget;
      const strict = options?.strict ?? contractDefaults.strict;
      const maxBytes = budget ? kept.maxBytes : undefined;
      const isOwn = maxBytes === contract.budget.maxBytes;
      const work = (): Uint8Array => {
        const bytes = contract.encode(message, { budget: isOwn, strict });
        if (!isOwn && maxBytes !== undefined) {
          const { alternative, definition, schema } = contract;
          const { keys } = definition.dialect;
          assertSize(schema, bytes, maxBytes, { keys, alternative });
        }
        return bytes;
      };
      const fieldCount = (): number => countFields(contract, message);
      return serialize(kept, fieldCount, maxBytes, work, (bytes) => [bytes.length]);
    },
    safeEncode: (contract, message, options) =>
      attempt(() => guard.encode(contract, message, options)),
    encodeParts(contract, message, options) {
      const kept = keep("encode", contract);
      const { maxBytes } = kept;
      const limit = maxBytes === undefined ? {} : { maxBytes };
      const work = (): Uint8Array[] => contract.encodeParts(message, { ...options, ...limit });
      const fieldCount = (): number => countFields(contract, message);
      return serialize(kept, fieldCount, maxBytes, work, (parts) => parts.map(lengthOf));
    },
    safeEncodeParts: (contract, message, options) =>
      attempt(() => guard.encodeParts(contract, message, options)),
    decode<M extends Message>(
      contract: Contract<M>,
      bytes: Uint8Array,
      options?: DecodeOptions,
    ): M {
      const kept = keep("decode", contract);
      const { typeName } = kept;
      const start = clock();
      let message: M;
      try {
        message = guarded("decode", typeName, () => contract.decode(bytes, options));
      } catch (error) {
        if (isContractError(error)) {
          const versionMismatch = isVersionMismatch(contract, error);
          emit({ kind: "refused", typeName, versionMismatch, error }, kept);
        }
        throw error;
      }
      const durationMicros = micros(start);
      const context = new EnumContext();
      guarded("decode", typeName, () => contract.definition.strict(message, context));
      const { issues: invalidEnums } = context;
      const sizeBytes = bytes.length;
      emit({ kind: "decoded", typeName, sizeBytes, durationMicros, invalidEnums }, kept);
      return message;
    },
    safeDecode: (contract, bytes, options) => attempt(() => guard.decode(contract, bytes, options)),
    maxBytesOf: (contract) => keep("check", contract).maxBytes,
    breakerOf: (contract) => keep("check", contract).breaker,
    stats() {
      const messages = [...types].map(([typeName, { counts, breaker }]) => {
        return [typeName, Object.freeze({ ...counts, breaker: breaker.state })] as const;
      });
      return Object.freeze({
        messages: Object.freeze(Object.fromEntries(messages)),
        loggerFaults: logging.faults,
        listenerFaults: listening.faults,
      });
    },
  };
  emit({ kind: "loaded", version: contractVersion });
  return Object.freeze(guard);
}

function reportOptions({ now, listener, logger }: GuardOptions, context: Context): void {
  reportKind(context, "now", now, "function");
  reportKind(context, "listener", listener, "function");
  if (logger === undefined) return;
  context.enter("logger");
  if (!isObject(logger)) context.mismatch("config", "an object", logger);
  else {
    for (const level of logLevels) {
      context.enter(level);
      const method: unknown = logger[level];
      if (typeof method !== "function") context.mismatch("config", "a function", method);
      context.leave();
    }
  }
  context.leave();
}

function isContract(value: Contract): boolean {
  return isObject(value) && typeof value.encode === "function" && isObject(value.budget);
}

/** How many fields of the message itself are set; none when it cannot be read, which encoding then refuses. */
function countFields(contract: Contract, message: unknown): number {
  try {
    if (!contract.is(message)) return 0;
    return contract.schema.fields.filter((field) => isFieldSet(message, field)).length;
  } catch {
    return 0;
  }
}

/** Keeps, of all that `strict` reports, the enum numbers without a name. */
class EnumContext extends Context {
  override add(issue: ContractIssue): void {
    if (issue.rule === "enum.unknown") super.add(issue);
  }
}

/** True when bytes were refused because of the version that the contract fixes. */
function isVersionMismatch({ definition }: Contract, error: ContractError): boolean {
  return (
    Object.hasOwn(definition.constants, "version") &&
    // The decoder's faults have an offset: bytes that end within the version are no version.
    error.issues.some(({ path, offset }) => path === "version" && offset === undefined)
  );
}

function lengthOf(bytes: Uint8Array): number {
  return bytes.length;
}
