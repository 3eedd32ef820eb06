import type { Message } from "@bufbuild/protobuf";
import { ContractError, mismatch, type Operation } from "../../wire/error.js";
import type { Clock } from "../base/clock.js";
import { createListener } from "../base/listener.js";
import { isObject } from "../base/plain-data.js";
import { guardedRead } from "../base/result.js";
import type { Contract } from "../contract.js";
import { type Breaker, createBreaker } from "./breaker.js";
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

interface MonitorOptions {
  readonly settings: GuardSettings;
  readonly breakerConfig: BreakerConfig;
  readonly clock: Clock;
  readonly logger: GuardLogger | undefined;
  readonly listener: ((event: GuardEvent) => void) | undefined;
}

/** The state of a guard: counts, breakers, logger and listener. */
export class Monitor {
  readonly settings: GuardSettings;
  /** Whether there is a logger or a listener. */
  readonly hasSubscriber: boolean;
  readonly #options: MonitorOptions;
  readonly #types = new Map<string, GuardedType>();
  readonly #logging = createListener<GuardEvent>((event) => {
    const { logger } = this.#options;
    if (logger !== undefined) log(logger, event);
  });
  readonly #listening = createListener<GuardEvent>((event) => this.#options.listener?.(event));

  constructor(options: MonitorOptions) {
    this.settings = options.settings;
    this.hasSubscriber = options.logger !== undefined || options.listener !== undefined;
    this.#options = options;
  }

  now(): number {
    return this.#options.clock();
  }

  /** Microseconds since a time of {@link now}. */
  microsSince(start: number): number {
    return (this.now() - start) * 1000;
  }

  /** Counts an event and passes it to the logger and the listener, frozen. */
  emit(event: GuardEvent, type?: GuardedType): void {
    if (type !== undefined) count(type.counts, event);
    if (!this.hasSubscriber) return;
    if (event.kind === "encoded") Object.freeze(event.sizes);
    if (event.kind === "decoded") Object.freeze(event.invalidEnums);
    Object.freeze(event);
    this.#logging.emit(event);
    this.#listening.emit(event);
  }

  /** The state of a contract's message type. Throws ContractError `input.type` for what is not a contract. */
  typeOf<M extends Message>(operation: Operation, contract: Contract<M>): GuardedType {
    const type = guardedRead(operation, "a message", () => this.#find(contract));
    if (type !== undefined) return type;
    const issue = mismatch("contract", "input.type", "a contract", contract);
    throw new ContractError(operation, "a message", issue);
  }

  /** Undefined for what is not a contract. */
  #find<M extends Message>(contract: Contract<M>): GuardedType | undefined {
    if (!isContract(contract)) return undefined;
    const { typeName, budget } = contract;
    const known = this.#types.get(typeName);
    if (known !== undefined) return known;
    const type = this.#createType(typeName, budget.maxBytes);
    this.#types.set(typeName, type);
    return type;
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

  #createType(typeName: string, budget: number | undefined): GuardedType {
    const { breakerConfig, clock: now } = this.#options;
    const hasDocumentedBudget = budget === guardDefaults.max_message_size;
    return {
      typeName,
      maxBytes: hasDocumentedBudget ? this.settings.max_message_size : budget,
      breaker: createBreaker(breakerConfig, {
        name: typeName,
        now,
        listener: (change) => this.emit({ kind: "breaker", typeName, ...change }),
      }),
      counts: { ...noCounts },
    };
  }
}

function isContract(value: Pick<Contract, "budget" | "encode">): boolean {
  return isObject(value) && typeof value.encode === "function" && isObject(value.budget);
}
