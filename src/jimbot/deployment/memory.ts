import { deepFreeze } from "./deep-freeze.js";

const gigabyte = 1_024;

/** The memory of one component, in megabytes. */
interface MemoryShare {
  readonly name: string;
  readonly megabytes: number;
}

/**
 * How much memory each component may use. The shares of a group add up to the group's megabytes, the groups
 * to the total of 32 GB. Document: the JimBot specification, "Memory Allocation (Revised)".
 */
export const memory = deepFreeze({
  totalMegabytes: 32 * gigabyte,
  infrastructure: {
    megabytes: 5 * gigabyte,
    shares: [
      { name: "Event Bus", megabytes: 2 * gigabyte },
      { name: "Resource Coordinator", megabytes: 1 * gigabyte },
      { name: "Redis Cache", megabytes: 2 * gigabyte },
    ],
  },
  components: {
    megabytes: 26 * gigabyte,
    shares: [
      { name: "Memgraph", megabytes: 10 * gigabyte },
      { name: "Ray RLlib", megabytes: 8 * gigabyte },
      { name: "Analytics (QuestDB + EventStore)", megabytes: 5 * gigabyte },
      { name: "MCP + Headless", megabytes: 2 * gigabyte },
      { name: "Claude/LangChain", megabytes: 1 * gigabyte },
    ],
  },
  buffer: {
    megabytes: 1 * gigabyte,
    shares: [{ name: "OS and burst capacity", megabytes: 1 * gigabyte }],
  },
} as const satisfies MemoryTable);

interface MemoryGroup {
  readonly megabytes: number;
  readonly shares: readonly MemoryShare[];
}

interface MemoryTable {
  readonly totalMegabytes: number;
  readonly infrastructure: MemoryGroup;
  readonly components: MemoryGroup;
  readonly buffer: MemoryGroup;
}
