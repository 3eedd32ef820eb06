import type { Message } from "@bufbuild/protobuf";
import { ContractError, isContractError, mismatch, type Operation } from "../../wire/error.js";
import type { Clock } from "../base/clock.js";
import { createListener } from "../base/listener.js";
import { isObject } from "../base/plain-data.js";
import { guarded } from "../base/result.js";
import type { Contract } from "../contract.js";
import { type Breaker, type BreakerCall, createBreaker } from "./breaker.js";
import type { BreakerConfig } from "./breaker-config.js";
import { type GuardSettings, guardDefaults } from "./config.js";
import type { GuardEvent } from "./events.js";
import { type GuardLogger, log } from "./log.js";
import { count, type GuardStats, noCounts, type Tally } from "./stats.js";

/** What a guard keeps for one message type. */
export interface GuardedType {
  readonly typeName: string;
  readonly maxBytes: number | undefined;
  readonly breaker: Breaker;
  readonly counts: Tally;
}

/** One encoding, as {@link Monitor.serialize} runs it. */
export interface Serialization<T> {
  /** The limit of the message or of each part, in bytes. */
  readonly maxBytes: number | undefined;
  /** Number of top-level fields that are set; only called if there is a logger or listener. */
  readonly fieldCount: () => number;
  readonly work: () => T;
  /** The size of the result or of each part, in bytes. */
  readonly sizesOf: (result: T) => readonly number[];
}

interface MonitorOptions {
  readonly settings: GuardSettings;
  readonly breakerConfig: BreakerConfig;
  readonly clock: Clock;
  readonly logger: GuardLogger | undefined;
  readonly listener: ((event: GuardEvent) => void) | undefined;
}

/** The state of a guard: counts, breakers, logger and listener. */
export class Monitor {
  readonly #options: MonitorOptions;
  readonly #hasSubscriber: boolean;
  readonly #logging = createListener<GuardEvent>((event) => {
    const { logger } = this.#options;
    if (logger !== undefined) log(logger, event);
  });
  readonly #listening = createListener<GuardEvent>((event) => this.#options.listener?.(event));
  readonly #types = new Map<string, GuardedType>();

  constructor(options: MonitorOptions) {
    this.#options = options;
    this.#hasSubscriber = options.logger !== undefined || options.listener !== undefined;
  }

  /** Counts an event and passes it to the logger and the listener, frozen. */
  emit(event: GuardEvent, type?: GuardedType): void {
    if (type !== undefined) count(type.counts, event);
    if (!this.#hasSubscriber) return;
    if (event.kind === "encoded") Object.freeze(event.sizes);
    if (event.kind === "decoded") Object.freeze(event.invalidEnums);
    Object.freeze(event);
    this.#logging.emit(event);
    this.#listening.emit(event);
  }

  /** The state of a contract's message type. Throws ContractError `input.type` for what is not a contract. */
  typeOf<M extends Message>(operation: Operation, contract: Contract<M>): GuardedType {
    if (!isContract(contract)) {
      const issue = mismatch("contract", "input.type", "a contract", contract);
      throw new ContractError(operation, "a message", issue);
    }
    const { typeName, budget } = contract;
    const known = this.#types.get(typeName);
    if (known !== undefined) return known;
    const { settings, breakerConfig, clock } = this.#options;
    const hasDocumentedBudget = budget.maxBytes === guardDefaults.max_message_size;
    const type: GuardedType = {
      typeName,
      maxBytes: hasDocumentedBudget ? settings.max_message_size : budget.maxBytes,
      breaker: createBreaker(breakerConfig, {
        name: typeName,
        now: clock,
        listener: (change) => this.emit({ kind: "breaker", typeName, ...change }),
      }),
      counts: { ...noCounts },
    };
    this.#types.set(typeName, type);
    return type;
  }

  now(): number {
    return this.#options.clock();
  }

  /** Microseconds since a time of {@link now}. */
  microsSince(start: number): number {
    return (this.now() - start) * 1000;
  }

  /** Runs an encoding as one call of the type's breaker, and emits its outcome. */
  serialize<T>(type: GuardedType, { fieldCount, maxBytes, work, sizesOf }: Serialization<T>): T {
    const { typeName } = type;
    const call = this.#begin(type);
    if (this.#hasSubscriber) {
      this.emit({ kind: "started", typeName, fieldCount: fieldCount() }, type);
    }
    const start = this.now();
    let result: T;
    try {
      result = guarded("encode", typeName, work);
    } catch (error) {
      const durationMicros = this.microsSince(start);
      const isOversize = isContractError(error) && error.code === "budget.size";
      const kind = isOversize ? "oversize" : "failed";
      if (isContractError(error)) this.emit({ kind, typeName, durationMicros, error }, type);
      if (isOversize) call.succeed();
      else call.fail();
      throw error;
    }
    const durationMicros = this.microsSince(start);
    call.succeed();
    const maxMicros = this.#options.settings.serialization_timeout_us;
    const slow = durationMicros > maxMicros;
    const limit = maxBytes === undefined ? {} : { maxBytes };
    const sizes = sizesOf(result);
    const event: GuardEvent = {
      kind: "encoded",
      typeName,
      durationMicros,
      sizes,
      ...limit,
      maxMicros,
      slow,
    };
    this.emit(event, type);
    return result;
  }

  stats(): GuardStats {
    const messages = [...this.#types].map(([typeName, { counts, breaker }]) => {
      return [typeName, Object.freeze({ ...counts, breaker: breaker.state })] as const;
    });
    return Object.freeze({
      messages: Object.freeze(Object.fromEntries(messages)),
      loggerFaults: this.#logging.faults,
      listenerFaults: this.#listening.faults,
    });
  }

  #begin(type: GuardedType): BreakerCall {
    try {
      return type.breaker.begin();
    } catch (error) {
      if (isContractError(error) && error.code === "breaker.open") {
        this.emit({ kind: "denied", typeName: type.typeName, error }, type);
      }
      throw error;
    }
  }
}

function isContract(value: Pick<Contract, "budget" | "encode">): boolean {
  return isObject(value) && typeof value.encode === "function" && isObject(value.budget);
}
