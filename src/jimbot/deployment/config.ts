import type { BreakerSettings } from "../../contract/guard/breaker-config.js";
import { components } from "./components.js";
import { deepFreeze } from "./deep-freeze.js";
import { memory } from "./memory.js";
import { maxMessageBytes } from "./message-limit.js";

const second = 1_000;
const hour = 3_600 * second;
const day = 24 * hour;

/**
 * Every number of JimBot's configuration, deeply frozen; each name contains the unit. Nothing here enforces
 * a number: the coordinator, the bus and the breakers do. Document: the JimBot specification, whose
 * sections and keys give the names.
 *
 *     const breaker = createBreaker(breakerSettingsOf("memgraph"), { name: "memgraph" });
 *     const mayAsk = openQueries < jimbotConfig.knowledgeGraph.maxConcurrentQueries; // 100
 */
export const jimbotConfig = deepFreeze({
  components,
  /** "Event Bus Interface", configuration. */
  eventBus: {
    /** 10 MB. */
    maxMessageBytes,
    retentionMillis: 7 * day,
    partitions: 8,
    /** One: a deployment on a single node. */
    replicationFactor: 1,
  },
  /** "Knowledge Graph Interface", performance. */
  knowledgeGraph: {
    queryTimeoutMillis: 50,
    mutationTimeoutMillis: 200,
    maxConcurrentQueries: 100,
  },
  /** "Learning Orchestration Interface", sla and resource_limits. */
  learning: {
    /** The percentage of decisions that take less than `belowMillis`. */
    decisionLatency: { percent: 95, belowMillis: 100 },
    maxConcurrentDecisions: 1_000,
    /** 6 GB. */
    maxMemoryPerJobMegabytes: 6 * 1_024,
    gpuTimeSliceMillis: 100,
  },
  /** "LLM Integration Interface", timeout and rate_limiting; the keys of RateLimits. */
  claudeAdvisor: {
    strategyTimeoutMillis: 5 * second,
    rateLimiting: {
      strategy: "token_bucket",
      capacity: 100,
      refillPerHour: 100,
      burstCapacity: 10,
    },
  },
  /** "Analytics Interface", topics and storage. Topics are without the prefix. */
  analytics: {
    topics: ["metrics.*", "game.state", "learning.decision"],
    questdb: { retentionMillis: 30 * day, partitionMillis: day },
    eventstore: { retentionMillis: 90 * day, snapshotMillis: hour },
  },
  /**
   * "Circuit Breaker Configuration", with the names of `createBreaker`: timeout is `recovery_timeout_ms`.
   * The common values apply to every setting that a component does not have.
   */
  circuitBreaker: {
    common: { failure_threshold: 5, recovery_timeout_ms: 30 * second, half_open_requests: 3 },
    perComponent: {
      /** Opens sooner, because its calls cost money. */
      claude_advisor: { failure_threshold: 3, recovery_timeout_ms: 60 * second },
      memgraph: { failure_threshold: 10, recovery_timeout_ms: 15 * second },
    },
  },
  memory,
  /** "Success Criteria". */
  successCriteria: {
    /** For calls between components. */
    latency: { percent: 95, belowMillis: 100 },
    gamesPerHour: 1_000,
    /** Percentage of a training session. */
    uptimePercent: 99.9,
    sessionMillis: 8 * hour,
  },
  /** "Security Considerations": all services bind to this host only. */
  bindHost: "localhost",
} as const);

/** The components that have breaker settings of their own. */
export type BreakerComponent = keyof typeof jimbotConfig.circuitBreaker.perComponent;

/** The settings of a component's circuit breaker: the common ones, replaced by the component's own. */
export function breakerSettingsOf(component: BreakerComponent | (string & {})): BreakerSettings {
  const { common, perComponent } = jimbotConfig.circuitBreaker;
  return { ...common, ...(hasBreaker(component) ? perComponent[component] : {}) };
}

function hasBreaker(component: unknown): component is BreakerComponent {
  if (typeof component !== "string") return false;
  return Object.hasOwn(jimbotConfig.circuitBreaker.perComponent, component);
}
