import { describe, expect, it } from "vitest";
import { createBreaker } from "../../../src/contract/guard/breaker.js";
import { components } from "../../../src/jimbot/deployment/components.js";
import { breakerSettingsOf, jimbotConfig } from "../../../src/jimbot/deployment/config.js";
import { memory } from "../../../src/jimbot/deployment/memory.js";
import { matchTopic } from "../../../src/jimbot/events/topic-pattern.js";
import { RateLimits, TrainingJobSpec } from "../../../src/jimbot/index.js";
import { documentLines, missingFromDocument } from "../document.js";

const { eventBus, knowledgeGraph, learning, claudeAdvisor, analytics } = jimbotConfig;
const { common, perComponent } = jimbotConfig.circuitBreaker;
const { infrastructure, components: shares, buffer } = memory;
const days = 86_400_000;
const percentBelow = { percent: 95, belowMillis: 100 };

/** Every line of the document that has a number, in its order, with what stands for it. */
const numbers: readonly (readonly [line: string, actual: unknown, expected: unknown])[] = [
  ["max_message_size: 10MB", eventBus.maxMessageBytes, 10_485_760],
  ["retention_period: 7d", eventBus.retentionMillis, 604_800_000],
  ["partitions: 8", eventBus.partitions, 8],
  ["replication_factor: 1", eventBus.replicationFactor, 1],
  ["query_timeout: 50ms", knowledgeGraph.queryTimeoutMillis, 50],
  ["mutation_timeout: 200ms", knowledgeGraph.mutationTimeoutMillis, 200],
  ["max_concurrent_queries: 100", knowledgeGraph.maxConcurrentQueries, 100],
  ["sla: 95% < 100ms", learning.decisionLatency, percentBelow],
  ["max_concurrent_decisions: 1000", learning.maxConcurrentDecisions, 1000],
  ["max_memory_per_job: 6GB", learning.maxMemoryPerJobMegabytes, 6144],
  ["gpu_time_slice: 100ms", learning.gpuTimeSliceMillis, 100],
  ["timeout: 5s", claudeAdvisor.strategyTimeoutMillis, 5000],
  ["capacity: 100", claudeAdvisor.rateLimiting.capacity, 100],
  ["refill_rate: 100/hour", claudeAdvisor.rateLimiting.refillPerHour, 100],
  ["burst_capacity: 10", claudeAdvisor.rateLimiting.burstCapacity, 10],
  ["retention: 30d", analytics.questdb.retentionMillis, 30 * days],
  ["retention: 90d", analytics.eventstore.retentionMillis, 90 * days],
  ["failure_threshold: 5", common.failure_threshold, 5],
  ["timeout: 30s", common.recovery_timeout_ms, 30_000],
  ["half_open_requests: 3", common.half_open_requests, 3],
  ["failure_threshold: 3", perComponent.claude_advisor.failure_threshold, 3],
  ["timeout: 60s", perComponent.claude_advisor.recovery_timeout_ms, 60_000],
  ["failure_threshold: 10", perComponent.memgraph.failure_threshold, 10],
  ["timeout: 15s", perComponent.memgraph.recovery_timeout_ms, 15_000],
  ["Total: 32GB", memory.totalMegabytes, 32_768],
  ["### Infrastructure (5GB)", infrastructure.megabytes, 5_120],
  ["Event Bus: 2GB", infrastructure.shares[0], { name: "Event Bus", megabytes: 2_048 }],
  [
    "Resource Coordinator: 1GB",
    infrastructure.shares[1],
    { name: "Resource Coordinator", megabytes: 1_024 },
  ],
  ["Redis Cache: 2GB", infrastructure.shares[2], { name: "Redis Cache", megabytes: 2_048 }],
  ["### Components (26GB)", shares.megabytes, 26_624],
  ["Memgraph: 10GB (reduced from 12GB)", shares.shares[0], { name: "Memgraph", megabytes: 10_240 }],
  ["Ray RLlib: 8GB", shares.shares[1], { name: "Ray RLlib", megabytes: 8_192 }],
  [
    "Analytics (QuestDB + EventStore): 5GB",
    shares.shares[2],
    { name: "Analytics (QuestDB + EventStore)", megabytes: 5_120 },
  ],
  ["MCP + Headless: 2GB", shares.shares[3], { name: "MCP + Headless", megabytes: 2_048 }],
  ["Claude/LangChain: 1GB", shares.shares[4], { name: "Claude/LangChain", megabytes: 1_024 }],
  ["### Buffer (1GB)", buffer.megabytes, 1_024],
  [
    "**Latency**: 95% of cross-component calls < 100ms",
    jimbotConfig.successCriteria.latency,
    percentBelow,
  ],
  ["**Throughput**: Support 1000+ games/hour", jimbotConfig.successCriteria.gamesPerHour, 1000],
  [
    "**Reliability**: 99.9% uptime for 8-hour training sessions",
    [jimbotConfig.successCriteria.uptimePercent, jimbotConfig.successCriteria.sessionMillis],
    [99.9, 28_800_000],
  ],
];

describe("the configuration", () => {
  it.each(numbers)("has what the document says: %s", (_, actual, expected) => {
    expect(actual).toEqual(expected);
  });

  it("has every line of the document with a number, the variables and examples aside", () => {
    const lines = numbers.map(([line]) => line);
    const numbered = documentLines()
      ?.filter(({ code }) => code === "" || code === "yaml")
      .map(({ text }) => text)
      .filter((text) => /\d/.test(text) && !text.startsWith("path: "))
      .filter((text) => !text.startsWith("#") || text.includes("GB"));
    expect(numbered ?? lines).toEqual(lines);
  });

  it.each([
    ["strategy: token_bucket", claudeAdvisor.rateLimiting.strategy, "token_bucket"],
    [
      'topics: ["metrics.*", "game.state", "learning.decision"]',
      analytics.topics,
      ["metrics.*", "game.state", "learning.decision"],
    ],
    ["partition_by: day", analytics.questdb.partitionMillis, days],
    ["snapshots: hourly", analytics.eventstore.snapshotMillis, 3_600_000],
    ["OS and burst capacity", buffer.shares[0].name, "OS and burst capacity"],
    ["**Internal Only**: All services bind to localhost only", jimbotConfig.bindHost, "localhost"],
  ])("has what the document says without a number: %s", (line, actual, expected) => {
    expect(actual).toEqual(expected);
    expect(missingFromDocument([line])).toEqual([]);
  });

  it("is frozen throughout", () => {
    const thawed: unknown[] = [];
    const visit = (value: unknown): void => {
      if (typeof value !== "object" || value === null) return;
      if (!Object.isFrozen(value)) thawed.push(value);
      for (const child of Object.values(value)) visit(child);
    };
    visit(jimbotConfig);
    expect(thawed).toEqual([]);
    expect(Object.isFrozen(memory) && Object.isFrozen(components)).toBe(true);
  });

  it("is what the contracts and topics hold to", () => {
    const { rateLimiting } = claudeAdvisor;
    expect(RateLimits.toJson(RateLimits.create(rateLimiting))).toEqual({
      strategy: "token_bucket",
      capacity: 100,
      refill_per_hour: 100,
      burst_capacity: 10,
    });
    const most = learning.maxMemoryPerJobMegabytes;
    const job = { modelId: "m", algorithm: "PPO" };
    expect(
      TrainingJobSpec.safeCheck(TrainingJobSpec.create({ ...job, maxMemoryMb: most })).ok,
    ).toBe(true);
    expect(
      TrainingJobSpec.safeCheck(TrainingJobSpec.create({ ...job, maxMemoryMb: most + 1 })).ok,
    ).toBe(false);
    expect(analytics.topics.some((pattern) => matchTopic(pattern, "metrics.cpu"))).toBe(true);
    expect(analytics.topics.some((pattern) => matchTopic(pattern, "error"))).toBe(false);
  });
});

describe("the memory", () => {
  it("sums to 32 GB, group by group", () => {
    const groups = [infrastructure, shares, buffer];
    for (const { megabytes, shares } of groups) {
      expect(shares.reduce((sum, share) => sum + share.megabytes, 0)).toBe(megabytes);
    }
    expect(groups.reduce((sum, { megabytes }) => sum + megabytes, 0)).toBe(memory.totalMegabytes);
  });
});

describe("the components", () => {
  it("are those of the document's table", () => {
    const rows = components.map(
      ({ name, language, primaryInterface, secondaryInterface, status }) => {
        const cells = [name, language, primaryInterface, secondaryInterface ?? "N/A", status];
        return `| ${cells.join(" | ")} |`;
      },
    );
    const table = documentLines()
      ?.map(({ text }) => text.replaceAll("**", ""))
      .filter((text) => /\| (?:Implemented|Planned) \|$/.test(text));
    expect(table ?? rows).toEqual(rows);
    expect(rows).toEqual([
      "| BalatroMCP | Lua | REST Event Producer | File I/O for Actions | Implemented |",
      "| Event Bus | Rust | REST API (for BalatroMCP) | gRPC Streaming | Planned |",
      "| Memgraph | Python/Cypher | GraphQL Query | gRPC Mutations | Planned |",
      "| Ray RLlib | Python | gRPC Model Serving | REST Job Management | Planned |",
      "| Claude/LangChain | Python | Async Queue | REST Cache Management | Planned |",
      "| Analytics | Rust | Event Consumer | SQL Query Interface | Planned |",
      "| Resource Coordinator | Rust | gRPC Service | Prometheus Metrics | Planned |",
      "| MAGE Modules | Rust | Cypher Procedures | N/A | Planned |",
    ]);
  });
});

describe("the settings of a breaker", () => {
  it.each([
    ["claude_advisor", 3, 60_000],
    ["memgraph", 10, 15_000],
    ["event_bus", 5, 30_000],
    ["__proto__", 5, 30_000],
    ["toString", 5, 30_000],
  ])(
    "of %s are its own, or the common ones",
    (component, failure_threshold, recovery_timeout_ms) => {
      const settings = { failure_threshold, recovery_timeout_ms, half_open_requests: 3 };
      expect(breakerSettingsOf(component)).toEqual(settings);
      expect(createBreaker(breakerSettingsOf(component)).config).toEqual(settings);
    },
  );
});
