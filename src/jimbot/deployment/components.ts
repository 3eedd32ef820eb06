import { deepFreeze } from "./deep-freeze.js";

/** One component of JimBot, as the document describes it. */
export interface Component {
  readonly name: string;
  readonly language: "Lua" | "Rust" | "Python/Cypher" | "Python";
  /** The interface that other components use. */
  readonly primaryInterface: string;
  /** Its second interface; undefined if the document says N/A. */
  readonly secondaryInterface: string | undefined;
  readonly status: "Implemented" | "Planned";
}

/** Every component. Document: the JimBot specification, "Component Registry". */
export const components = deepFreeze([
  {
    name: "BalatroMCP",
    language: "Lua",
    primaryInterface: "REST Event Producer",
    secondaryInterface: "File I/O for Actions",
    status: "Implemented",
  },
  {
    name: "Event Bus",
    language: "Rust",
    primaryInterface: "REST API (for BalatroMCP)",
    secondaryInterface: "gRPC Streaming",
    status: "Planned",
  },
  {
    name: "Memgraph",
    language: "Python/Cypher",
    primaryInterface: "GraphQL Query",
    secondaryInterface: "gRPC Mutations",
    status: "Planned",
  },
  {
    name: "Ray RLlib",
    language: "Python",
    primaryInterface: "gRPC Model Serving",
    secondaryInterface: "REST Job Management",
    status: "Planned",
  },
  {
    name: "Claude/LangChain",
    language: "Python",
    primaryInterface: "Async Queue",
    secondaryInterface: "REST Cache Management",
    status: "Planned",
  },
  {
    name: "Analytics",
    language: "Rust",
    primaryInterface: "Event Consumer",
    secondaryInterface: "SQL Query Interface",
    status: "Planned",
  },
  {
    name: "Resource Coordinator",
    language: "Rust",
    primaryInterface: "gRPC Service",
    secondaryInterface: "Prometheus Metrics",
    status: "Planned",
  },
  {
    name: "MAGE Modules",
    language: "Rust",
    primaryInterface: "Cypher Procedures",
    secondaryInterface: undefined,
    status: "Planned",
  },
] as const satisfies readonly Component[]);
