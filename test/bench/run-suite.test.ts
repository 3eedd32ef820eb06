import { describe, expect, it } from "vitest";
import type { Effort } from "../../bench/measure.js";
import type { SuiteCase } from "../../bench/suite/cases.js";
import type { Contender, Peer, PeerKind } from "../../bench/suite/peer.js";
import { type Assignment, runSuite } from "../../bench/suite/run.js";
import { EventEnvelope } from "../../src/leyline/index.js";

const effort: Effort = { rounds: 3, batch: 0.1, warmUp: 0.1 };
const suiteCase: SuiteCase = {
  id: "envelope",
  title: "EventEnvelope",
  contract: EventEnvelope,
  encoded: [new Uint8Array(2)],
  keepsRules: true,
  headline: true,
};
const work = { repeat: (count: number) => Math.sqrt(count) };
const wait = {
  repeat() {
    const end = performance.now() + 3;
    while (performance.now() < end);
  },
};

function peerOf(name: string, kind: PeerKind, contender: Partial<Contender> | string): Peer {
  return {
    name,
    kind,
    packages: [],
    open: () =>
      typeof contender === "string"
        ? contender
        : { tasks: { encode: work }, bytes: 2, prove: () => undefined, ...contender },
  };
}

const ours = peerOf("concord", "ours", {});

function run(peers: readonly Peer[], more: Partial<Assignment> = {}) {
  const { rows, leftOut } = runSuite(
    {
      cases: [suiteCase],
      peers: [ours, ...peers],
      operations: ["encode", "decode"],
      effort: { effort, patience: 1 },
      process: "own",
      ...more,
    },
    () => undefined,
  );
  return { measured: rows.map(({ peer, operation }) => `${peer} ${operation}`), leftOut };
}

describe("a run of the suite", () => {
  it("measures what each library has of the wanted operations", () => {
    const both = peerOf("pbf", "protobuf", { tasks: { decode: work, encode: work, check: work } });
    expect(run([both])).toEqual({
      measured: ["concord encode", "pbf encode", "pbf decode"],
      leftOut: [],
    });
  });

  it("leaves out who cannot, who means something else and who fails, with the reason", () => {
    const failing = {
      ...peerOf("avsc", "format", {}),
      open() {
        throw new TypeError("no schema\nat line 3");
      },
    };
    const peers = [
      peerOf("pbf", "protobuf", "has no oneofs"),
      peerOf("cbor-x", "format", { prove: () => "loses a field" }),
      failing,
      peerOf("ajv", "checker", { leftOut: { encode: "has no bytes" } }),
    ];
    expect(run(peers)).toEqual({
      measured: ["concord encode"],
      leftOut: [
        { case: "envelope", peer: "pbf", reason: "has no oneofs" },
        { case: "envelope", peer: "cbor-x", reason: "loses a field" },
        { case: "envelope", peer: "avsc", reason: "fails: no schema" },
        { case: "envelope", peer: "ajv", operation: "encode", reason: "has no bytes" },
      ],
    });
  });

  it("passes over who is not meant to take part", () => {
    const absent: Peer = { ...peerOf("gzip", "format", {}), open: () => undefined };
    expect(run([absent]).leftOut).toEqual([]);
  });

  it("marks who is too slow to wait for", () => {
    expect(run([peerOf("slow", "protobuf", { tasks: { encode: wait } })]).leftOut).toEqual([
      {
        case: "envelope",
        peer: "slow",
        operation: "encode",
        reason: expect.stringMatching(/^takes \d+ ms a message$/),
      },
    ]);
  });

  it("does not prove again what another process has proved", () => {
    const wrong = peerOf("cbor-x", "format", { prove: () => "loses a field" });
    const proved = [{ case: "envelope", peer: "pbf", reason: "has no oneofs" }];
    expect(run([wrong, peerOf("pbf", "protobuf", {})], { proved })).toEqual({
      measured: ["concord encode", "cbor-x encode"],
      leftOut: [],
    });
  });

  it("does not go on without ours", () => {
    const wrong = peerOf("concord", "ours", { prove: () => "loses a field" });
    expect(() => run([], { peers: [wrong] })).toThrow("envelope: concord loses a field");
  });
});
