import type { Message } from "@bufbuild/protobuf";
import { type Clock, monotonic, platformClock } from "../base/clock.js";
import type { Context } from "../base/context.js";
import { isObject } from "../base/plain-data.js";
import { attempt, attemptRead, type ReadResult, type Result, unwrap } from "../base/result.js";
import { readOptions, reportKind } from "../base/settings.js";
import type { Contract } from "../contract.js";
import type { DecodeOptions, EncodeOptions } from "../options.js";
import type { PartsOptions } from "../parts/parts.js";
import type { Breaker } from "./breaker.js";
import { type BreakerConfig, readBreakerConfig } from "./breaker-config.js";
import { type GuardConfig, type GuardSettings, readGuardConfig, sectionName } from "./config.js";
import { decodeMonitored } from "./decoding.js";
import { encodeInParts, encodeWhole } from "./encoding.js";
import type { GuardEvent } from "./events.js";
import { type GuardLogger, logLevels } from "./log.js";
import { Monitor } from "./monitor.js";
import type { GuardStats } from "./stats.js";

/** Options of {@link createGuard}. */
export interface GuardOptions {
  /** The logger. Default none: a guard is silent. Costs counting the fields of each encoded message. */
  readonly logger?: GuardLogger;
  /** Called with every event, e.g. to count it elsewhere. Default none. Costs the same. */
  readonly listener?: (event: GuardEvent) => void;
  /** The configuration of the breakers, of which each message type has one. Default `breakerDefaults`. */
  readonly breaker?: BreakerConfig;
  /** A monotonic clock in milliseconds, with fractions. Default `performance.now`. */
  readonly now?: Clock;
}

/** Options of a guard's `encodeParts`; the maximum size of a part is the guard's. */
export type GuardPartsOptions = Omit<PartsOptions, "maxBytes">;

/**
 * The binary methods of contracts under one configuration. They return and throw what the contract's own
 * methods do; in addition they count, time and log, and a circuit breaker denies encoding a message type
 * after consecutive failures. Methods do not use `this`.
 */
export interface Guard {
  /** The configuration with all defaults, frozen. */
  readonly config: GuardSettings;
  /**
   * `contract.encode` with the guard's size limit. Throws what that throws, `budget.size` included, and
   * `breaker.open` if the breaker of the message type denies the call.
   */
  encode<M extends Message>(contract: Contract<M>, message: M, options?: EncodeOptions): Uint8Array;
  /** Like `encode`, but returns the error. */
  safeEncode<M extends Message>(
    contract: Contract<M>,
    message: M,
    options?: EncodeOptions,
  ): Result<Uint8Array>;
  /**
   * `contract.encodeParts` with the guard's size limit for each part. Throws what that throws, and
   * `breaker.open` if the breaker of the message type denies the call.
   */
  encodeParts<M extends Message>(
    contract: Contract<M>,
    message: M,
    options?: GuardPartsOptions,
  ): Uint8Array[];
  /** Like `encodeParts`, but returns the error. */
  safeEncodeParts<M extends Message>(
    contract: Contract<M>,
    message: M,
    options?: GuardPartsOptions,
  ): Result<Uint8Array[]>;
  /**
   * `contract.decode`; throws what that throws. Counts and logs version mismatches and enum numbers without
   * a name, which are kept; costs a second pass over the message. There is no breaker for decoding.
   */
  decode<M extends Message>(contract: Contract<M>, bytes: Uint8Array, options?: DecodeOptions): M;
  /** Like `decode`, but returns the error; a success lists in `tolerated` what only a reader takes. */
  safeDecode<M extends Message>(
    contract: Contract<M>,
    bytes: Uint8Array,
    options?: DecodeOptions,
  ): ReadResult<M>;
  /**
   * Maximum size of an encoded message of this type in bytes: `max_message_size` where the budget is the
   * document's 280, otherwise the budget; undefined if there is none.
   */
  maxBytesOf(contract: Contract): number | undefined;
  /** The breaker of this message type, to inspect or to force. */
  breakerOf(contract: Contract): Breaker;
  /** The counts so far, by message type: a frozen copy. */
  stats(): GuardStats;
}

/** The version of the message contracts, in their `version` fields and their package names. */
const contractVersion = 1;

/**
 * Creates a guard from the section `message_contracts` of a configuration file. Throws ContractError
 * `config` with all issues of the configuration or the options. Document: the Leyline document,
 * "Configuration", "Error Handling" and "Logging".
 */
export function createGuard(config: GuardConfig = {}, options: GuardOptions = {}): Guard {
  const settings = readGuardConfig(config);
  const given = readOptions(sectionName, options, reportOptions);
  const { logger, listener } = given;
  const monitor = new Monitor({
    settings,
    breakerConfig: readBreakerConfig(given.breaker === undefined ? {} : given.breaker),
    clock: monotonic(sectionName, given.now ?? platformClock),
    logger,
    listener,
  });
  const guard: Guard = {
    config: settings,
    encode: (contract, message, own) => encodeWhole(monitor, contract, message, own),
    safeEncode: (...input) => attempt(() => guard.encode(...input)),
    encodeParts: (contract, message, own) => encodeInParts(monitor, contract, message, own),
    safeEncodeParts: (...input) => attempt(() => guard.encodeParts(...input)),
    decode: (contract, bytes, own) =>
      decodeMonitored(monitor, contract, bytes, () => ({ value: contract.decode(bytes, own) }))
        .value,
    safeDecode: (contract, bytes, own) =>
      attemptRead(() =>
        decodeMonitored(monitor, contract, bytes, () => unwrap(contract.safeDecode(bytes, own))),
      ),
    maxBytesOf: (contract) => monitor.typeOf("check", contract).maxBytes,
    breakerOf: (contract) => monitor.typeOf("check", contract).breaker,
    stats: () => monitor.stats(),
  };
  monitor.emit({ kind: "loaded", version: contractVersion });
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
