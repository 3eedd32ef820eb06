import type { ReportData } from "../../../bench/charts/data.js";
import type { FigureRow, Subject } from "../../../bench/suite/figures.js";

/** A row of a figure table with only what the test says. */
export function figureRow(row: Partial<FigureRow>): FigureRow {
  const ns = row.ns ?? 1_000;
  return {
    case: "small",
    operation: "encode",
    peer: "concord",
    kind: "ours",
    process: "own",
    ns,
    min_ns: ns * 0.9,
    quartiles_ns: [ns * 0.98, ns * 1.06],
    bytes: 277,
    allocated_bytes: 300,
    allocations: 3,
    ...row,
  };
}

export const small: Subject = { case: "small", title: "A packet, 1 seed", bytes: [273, 279] };
const packets: readonly Subject[] = [10, 100, 1_000].map((seeds) => ({
  case: `state-${seeds}`,
  title: `A packet, ${seeds} seeds`,
  bytes: [seeds * 100, seeds * 100],
  seeds,
}));

const protobuf = { kind: "protobuf" } as const;
const json = { peer: "JSON", kind: "format", bytes: 900 } as const;

/** Two operations of one message in processes of their own, with the limits. */
const smallRows: readonly FigureRow[] = [
  figureRow({ ns: 1_000 }),
  figureRow({ peer: "protobuf-es", ...protobuf, ns: 7_000 }),
  figureRow({ peer: "protobufjs", ...protobuf, ns: 3_500, allocations: null }),
  figureRow({ ...json, ns: 6_000 }),
  figureRow({ peer: "limit: write", kind: "limit", ns: 640, bytes: null }),
  figureRow({ operation: "decode", ns: 1_240 }),
  figureRow({ operation: "decode", peer: "protobuf-es", ...protobuf, ns: 6_200 }),
  figureRow({ operation: "decode", peer: "protobufjs", ...protobuf, ns: 2_480 }),
  figureRow({ operation: "decode", ...json, ns: 5_952 }),
  figureRow({ operation: "decode", peer: "limit: objects", kind: "limit", ns: 310, bytes: null }),
  figureRow({ operation: "jsonIn", ns: 4_000 }),
  figureRow({ operation: "jsonIn", ...json, ns: 2_000 }),
  figureRow({ operation: "check", ns: 700 }),
  figureRow({ operation: "check", peer: "ajv", kind: "checker", ns: 770 }),
];

/** Packets of more and more seeds, for each of which encoding takes as long. */
const packetRows = packets.flatMap(({ case: name, seeds = 1 }) => [
  figureRow({ case: name, ns: seeds * 400 }),
  figureRow({ case: name, peer: "protobuf-es", ...protobuf, ns: seeds ** 1.1 * 2_000 }),
]);

const codec = "one message's codec";

/** A report in which no other library is faster. */
export const report: ReportData = {
  suite: {
    processes: 1,
    machine: {
      node: "v20.20.2",
      processor: "Some Processor",
      processors: 2,
      memory_gib: 24,
      load: [0.25, 1.5],
      disturbed: 0.123,
    },
    versions: { "@bufbuild/protobuf": "2.17.0", protobufjs: "8.8.1" },
    subjects: [small, ...packets],
    cases: [...smallRows, ...packetRows],
    leftOut: [{ case: "small", peer: "pbf", reason: "loses the last digits of <numbers>" }],
  },
  budgets: [
    {
      name: "a packet",
      bytes: 277,
      maxBytes: 280,
      parts: [274],
      frames: [123],
      encodeMicros: 1.8,
      maxEncodeMicros: 80,
      checkMicros: 0.7,
      maxCheckMicros: 20,
      frameMicros: 5.9,
      allocations: 3,
      maxAllocations: 4,
    },
  ],
  weight: {
    imports: [{ entry: "./leyline", ms: 21.4, min_ms: 20 }],
    bundles: [
      { task: codec, library: "concord", minified: 90_100, gzip: 30_200, ceiling: 31_000 },
      { task: codec, library: "ts-proto", minified: 200_000, gzip: 40_000, ceiling: null },
      { task: "an entry", library: "./leyline", minified: 60_000, gzip: 20_000, ceiling: 21_000 },
    ],
  },
  headline: ["small"],
  fields: [
    {
      case: "small",
      title: "A packet, 1 seed",
      bytes: 277,
      fields: [
        { path: "metrics", values: 100, keys: 80, framing: 57 },
        { path: "packet_id", values: 38, keys: 0, framing: 2 },
      ],
    },
  ],
};

/** The report with more rows. */
export function reportWith(rows: readonly FigureRow[]): ReportData {
  return { ...report, suite: { ...report.suite, cases: [...report.suite.cases, ...rows] } };
}
