import type { FigureRow, Figures } from "../../bench/suite/figures.js";
import type { Operation } from "../../bench/suite/operations.js";
import type { PeerKind } from "../../bench/suite/peer.js";

/** A row of made-up figures. */
export function rowOf(
  name: string,
  operation: Operation,
  peer: string,
  kind: PeerKind,
  ns: number,
  process: FigureRow["process"] = "shared",
): FigureRow {
  return {
    ...{ case: name, operation, peer, kind, process, ns },
    min_ns: ns * 0.9,
    quartiles_ns: [ns * 0.95, ns * 1.1],
    bytes: kind === "limit" ? null : 277,
    allocated_bytes: 320,
    allocations: null,
  };
}

/** Made-up figures of one message. */
export function figuresOf(cases: readonly FigureRow[]): Figures {
  return {
    processes: 1,
    machine: {
      node: "v20.20.2",
      processor: "AMD EPYC",
      processors: 2,
      memory_gib: 24,
      load: [0.1, 0.9],
      disturbed: 0.034,
    },
    versions: { protobufjs: "8.8.1" },
    subjects: [{ case: "state-1", title: "SystemStatePacket, 1 seed", bytes: [277, 277] }],
    cases,
    leftOut: [
      { case: "state-1", peer: "pbf", reason: "loses digits" },
      { case: "state-10", peer: "pbf", reason: "loses digits" },
      {
        case: "state-10",
        peer: "@protobuf-ts",
        operation: "encode",
        reason: "takes 240 ms a message",
      },
    ],
  };
}
