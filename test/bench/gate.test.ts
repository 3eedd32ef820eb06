import { describe, expect, it } from "vitest";
import { toGates } from "../../bench/gate/calibrate.js";
import {
  type Gates,
  gateName,
  gatesText,
  minRatio,
  type RatioGate,
} from "../../bench/gate/gates.js";
import { describeFailure, judgeRatios, judgeSizes, ratiosOf } from "../../bench/gate/judge.js";
import { handicapped } from "../../bench/suite/handicap.js";
import type { Peer } from "../../bench/suite/peer.js";
import { EventEnvelope } from "../../src/leyline/index.js";
import { rowOf } from "./suite-figures.js";

const gate: RatioGate = {
  case: "state-1",
  operation: "encode",
  peer: "protobuf-es",
  ratio: 8,
  margin: 0.25,
};
const rows = (ours: number) => [
  rowOf("state-1", "encode", "concord", "ours", ours),
  rowOf("state-1", "encode", "protobuf-es", "protobuf", 7000),
  rowOf("state-1", "encode", "limit: write", "limit", 100),
];

describe("the gate of ratios", () => {
  it("is open at the least ratio and shut below it", () => {
    const found = (ratio: number) => judgeRatios([gate], new Map([[gateName(gate), ratio]]), 0);
    expect(minRatio(gate, 0)).toBe(6);
    expect(found(6)).toEqual([]);
    expect(found(5.99)).toEqual([{ gate, min: 6, ratio: 5.99 }]);
  });

  it("allows for another machine beside the noise", () => {
    expect(minRatio(gate, 0.25)).toBe(4);
    expect(judgeRatios([gate], new Map([[gateName(gate), 4]]), 0.25)).toEqual([]);
  });

  it("is shut when nothing was measured", () => {
    const [failure] = judgeRatios([gate], new Map(), 0);
    expect(failure && describeFailure(failure)).toBe(
      "state-1, encode, beside protobuf-es: not measured, at least 6.00 x needed, 8.00 x when it was set",
    );
  });

  it("compares with other libraries only", () => {
    expect([...ratiosOf(rows(1000))]).toEqual([["state-1, encode, beside protobuf-es", 7]]);
  });

  it("shuts for a codec that has become slower", () => {
    expect(judgeRatios([gate], ratiosOf(rows(1000)), 0)).toEqual([]);
    expect(judgeRatios([gate], ratiosOf(rows(1500)), 0).map(describeFailure)).toEqual([
      "state-1, encode, beside protobuf-es: 4.67 x, at least 6.00 x needed, 8.00 x when it was set",
    ]);
  });
});

describe("a handicap", () => {
  it("makes a library do its work more often", () => {
    const counts: number[] = [];
    const peer: Peer = {
      name: "concord",
      kind: "ours",
      packages: [],
      open: () => ({
        bytes: 1,
        prove: () => undefined,
        tasks: { encode: { repeat: (count) => counts.push(count) } },
      }),
    };
    const subject = { id: "x", title: "x", encoded: [], keepsRules: true, headline: false };
    const open = handicapped(peer, 1.5).open({ ...subject, contract: EventEnvelope });
    if (open === undefined || typeof open === "string") throw new Error("it was not opened");
    open.tasks.encode?.repeat(10);
    expect(counts).toEqual([15]);
    expect(open.prove()).toBeUndefined();
    expect(handicapped(peer, 1)).toBe(peer);
  });
});

describe("the margins of the gate", () => {
  const name = { case: "state-1", operation: "encode", peer: "protobuf-es" } as const;
  const other = { ...name, peer: "protobufjs" };
  const names = new Map([
    ["a", name],
    ["b", other],
  ]);
  const ratios: readonly (readonly [number, number])[] = [
    [8, 3],
    [9, 3.3],
    [4, 3],
    [6, 3],
    [9, 3.1],
    [8, 3],
  ];
  const runs = ratios.map(
    ([a, b]) =>
      new Map([
        ["a", a],
        ["b", b],
      ]),
  );

  it("are twice what the lower third fell below the median, and at least twice what is usual", () => {
    expect(
      toGates(names, [
        ...runs,
        new Map([
          ["a", 6],
          ["b", 3],
        ]),
      ]),
    ).toEqual([
      { ...name, ratio: 8, margin: 0.5 },
      { ...other, ratio: 3, margin: 0.5 },
    ]);
  });

  it("leave out what was not measured in every run", () => {
    const gates = toGates(names, [...runs, new Map([["a", 8]])]);
    expect(gates.map(({ peer }) => peer)).toEqual(["protobuf-es"]);
  });
});

describe("the file of gates", () => {
  it("has one line for each size, budget and ratio", () => {
    const gates: Gates = {
      measured: "3 runs",
      sizes: { "state-1": [277, 277] },
      budgets: [{ message: "a packet", budget: "size", max: 280, met: true }],
      ratios: [gate, { ...gate, peer: "pbf" }],
    };
    const text = gatesText(gates);
    expect(JSON.parse(text)).toEqual(gates);
    expect(text.split("\n")).toHaveLength(14);
  });
});

describe("the gate of sizes", () => {
  const subject = { case: "state-1", title: "SystemStatePacket, 1 seed" };

  it("is exact", () => {
    const sizes = { "state-1": [277, 277] } as const;
    expect(judgeSizes(sizes, [{ ...subject, bytes: [277, 277] }])).toEqual([]);
    expect(judgeSizes(sizes, [{ ...subject, bytes: [277, 278] }])).toEqual([
      "state-1 has 277 to 278 bytes, expected 277 to 277",
    ]);
    expect(judgeSizes({}, [{ ...subject, bytes: [277, 277] }])).toEqual([
      "state-1 has no size in the gates",
    ]);
  });
});
