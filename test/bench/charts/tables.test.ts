import { describe, expect, it } from "vitest";
import { compare, lossRows } from "../../../bench/charts/comparison.js";
import { headlineMarkdown, standingTable } from "../../../bench/charts/headline.js";
import { gapSection, lossSection } from "../../../bench/charts/loss-tables.js";
import { caseTable, weightTables } from "../../../bench/charts/tables.js";
import { figureRow, report, reportWith, small } from "./chart-data.js";

const rival = { kind: "format", peer: "msgpackr records" } as const;
const faster = [
  figureRow({ ...rival, operation: "decode", ns: 1_000 }),
  figureRow({ ...rival, operation: "decode", ns: 1_000, process: "shared" }),
  figureRow({ operation: "decode", ns: 1_500, process: "shared" }),
  figureRow({ peer: "ajv", kind: "checker", operation: "check", ns: 500, process: "shared" }),
  figureRow({ operation: "check", ns: 1_000, process: "shared" }),
  figureRow({ peer: "ts-proto", kind: "protobuf", ns: 900 }),
];

describe("the block of the README", () => {
  it("has one line for each headline case", () => {
    expect(headlineMarkdown(report)).toMatchInlineSnapshot(`
      "| message          |   bytes | encode | decode | x protobuf-es | x fastest protobuf |        x JSON |
      | ---------------- | ------: | -----: | -----: | ------------: | -----------------: | ------------: |
      | A packet, 1 seed | 273-279 | 1.0 µs | 1.2 µs | 7.0 x / 5.0 x |      3.5 x / 2.0 x | 6.0 x / 4.8 x |

      Medians, without rules. The ratios, encode / decode, are the time of each library divided by that of concord: protobuf-es, the fastest other protobuf library, JSON.stringify / JSON.parse. No other library is faster in any of 10 comparisons: [the report](bench/report/README.md)."
    `);
  });

  it("says how often another library is faster", () => {
    expect(headlineMarkdown(reportWith(faster))).toContain(
      "Another library is faster in [2 of 12 comparisons](bench/report/tables.md#where-we-lose); [the report](bench/report/README.md) has all figures.",
    );
  });
});

describe("the table of where it stands", () => {
  it("has ratios, the distance to the limit and allocations", () => {
    expect(standingTable(reportWith(faster.slice(0, 1)))).toMatchInlineSnapshot(`
      "| message          |   bytes | operation | concord | x protobuf-es | x fastest protobuf | which      | x msgpackr records | x JSON | distance to limit | allocated bytes | allocations |
      | ---------------- | ------: | --------- | ------: | ------------: | -----------------: | ---------- | -----------------: | -----: | ----------------: | --------------: | ----------: |
      | A packet, 1 seed | 273-279 | encode    |  1.0 µs |         7.0 x |              3.5 x | protobufjs |                  - |  6.0 x |            1.56 x |             300 |           3 |
      | A packet, 1 seed | 273-279 | decode    |  1.2 µs |         5.0 x |              2.0 x | protobufjs |             0.81 x |  4.8 x |             4.0 x |             300 |           3 |"
    `);
  });
});

describe("where another library is faster", () => {
  it("is said in full, the worst first", () => {
    expect(lossSection(compare(reportWith(faster).suite))).toMatchInlineSnapshot(`
      "One comparison is one library on one message and operation. Another library is faster in 2 of 12 comparisons in a process of its own and in 2 of 2 comparisons in the shared process, which runs all messages. By library and operation:

      | faster library   | operation | messages |       at worst |
      | ---------------- | --------- | -------: | -------------: |
      | ajv              | check     |        1 |  2.0 x (small) |
      | msgpackr records | decode    |        1 | 1.50 x (small) |
      | ts-proto         | encode    |        1 | 1.11 x (small) |

      <details>
      <summary>All of them (3), the worst first</summary>

      The factor is the time of concord divided by that of the other library; below 1 concord is faster in that kind of process. The times are of the process with the larger factor.

      | message | operation | faster library   | its time | concord | own process | shared process |
      | ------- | --------- | ---------------- | -------: | ------: | ----------: | -------------: |
      | small   | check     | ajv              |   500 ns |  1.0 µs |      0.91 x |          2.0 x |
      | small   | decode    | msgpackr records |   1.0 µs |  1.5 µs |      1.24 x |         1.50 x |
      | small   | encode    | ts-proto         |   900 ns |  1.0 µs |      1.11 x |              - |

      </details>"
    `);
  });

  it("leaves out limits, variants of ours and the floor of JSON", () => {
    expect(lossRows(compare(report.suite))).toEqual([]);
    const variant = figureRow({ peer: "concord, shared memory", kind: "variant", ns: 1 });
    expect(lossRows(compare(reportWith([variant]).suite))).toEqual([]);
  });

  it("reads well when it is nowhere", () => {
    expect(lossSection(compare(report.suite))).toBe(
      "Nowhere: no other library is faster than concord in any of 10 comparisons of a message and an operation, in a process of its own or in the shared one.",
    );
  });
});

describe("where both kinds of process differ", () => {
  const shared = (ns: number) => figureRow({ ns, process: "shared" });
  const other = figureRow({
    peer: "protobufjs",
    kind: "protobuf",
    ns: 3_600,
    process: "shared",
  });

  it("is a table for ours and one for the others", () => {
    const rows = [
      shared(1_260),
      figureRow({ peer: "protobuf-es", kind: "protobuf", ns: 3_500, process: "shared" }),
      figureRow({ peer: "limit: write", kind: "limit", ns: 9_000, process: "shared" }),
    ];
    expect(gapSection(compare(reportWith(rows).suite))).toMatchInlineSnapshot(`
      "The shared process runs all messages. Places where it differs by more than 25 % from a process of its own: concord 1, the other libraries 1.

      <details>
      <summary>concord (1)</summary>

      | message | operation | library | own process | shared process | factor |
      | ------- | --------- | ------- | ----------: | -------------: | -----: |
      | small   | encode    | concord |      1.0 µs |         1.3 µs | 1.26 x |

      </details>

      <details>
      <summary>The other libraries (1)</summary>

      | message | operation | library     | own process | shared process | factor |
      | ------- | --------- | ----------- | ----------: | -------------: | -----: |
      | small   | encode    | protobuf-es |      7.0 µs |         3.5 µs | 0.50 x |

      </details>"
    `);
  });

  it("is not known of one kind of process", () => {
    expect(gapSection(compare(report.suite))).toBe(
      "All figures are of one kind of process, so nothing is known of the other.",
    );
  });

  it("is no more than a sentence when it is nowhere", () => {
    expect(gapSection(compare(reportWith([shared(1_240), other]).suite))).toBe(
      "Nothing differs by more than 25 % between a process of its own and the shared one, which runs all messages.",
    );
  });
});

describe("the figures of a case", () => {
  it("are all there, of both kinds of process", () => {
    const { suite } = reportWith(faster.slice(0, 3));
    expect(caseTable(compare(suite), small)).toMatchInlineSnapshot(`
      "<details>
      <summary>small: A packet, 1 seed, 273-279 bytes</summary>

      | operation | library          | median | spread | x ours | shared process | x ours there | bytes | allocated bytes | allocations |
      | --------- | ---------------- | -----: | -----: | -----: | -------------: | -----------: | ----: | --------------: | ----------: |
      | encode    | concord          | 1.0 µs |    8 % | 1.00 x |              - |            - |   277 |             300 |           3 |
      | encode    | protobuf-es      | 7.0 µs |    8 % |  7.0 x |              - |            - |   277 |             300 |           3 |
      | encode    | protobufjs       | 3.5 µs |    8 % |  3.5 x |              - |            - |   277 |             300 |           - |
      | encode    | JSON             | 6.0 µs |    8 % |  6.0 x |              - |            - |   900 |             300 |           3 |
      | encode    | limit: write     | 640 ns |    8 % | 0.64 x |              - |            - |     - |             300 |           3 |
      | decode    | concord          | 1.2 µs |    8 % | 1.00 x |         1.5 µs |       1.00 x |   277 |             300 |           3 |
      | decode    | protobuf-es      | 6.2 µs |    8 % |  5.0 x |              - |            - |   277 |             300 |           3 |
      | decode    | protobufjs       | 2.5 µs |    8 % |  2.0 x |              - |            - |   277 |             300 |           3 |
      | decode    | JSON             | 6.0 µs |    8 % |  4.8 x |              - |            - |   900 |             300 |           3 |
      | decode    | limit: objects   | 310 ns |    8 % | 0.25 x |              - |            - |     - |             300 |           3 |
      | decode    | msgpackr records | 1.0 µs |    8 % | 0.81 x |         1.0 µs |       0.67 x |   277 |             300 |           3 |
      | check     | concord          | 700 ns |    8 % | 1.00 x |              - |            - |   277 |             300 |           3 |
      | check     | ajv              | 770 ns |    8 % | 1.10 x |              - |            - |   277 |             300 |           3 |
      | JSON in   | concord          | 4.0 µs |    8 % | 1.00 x |              - |            - |   277 |             300 |           3 |
      | JSON in   | JSON             | 2.0 µs |    8 % | 0.50 x |              - |            - |   900 |             300 |           3 |

      </details>"
    `);
  });
});

describe("the figures of weight", () => {
  it("are two tables", () => {
    expect(weightTables(report.weight).join("\n\n")).toMatchInlineSnapshot(`
      "| task                | library   | minified bytes | gzip bytes | ceiling |
      | ------------------- | --------- | -------------: | ---------: | ------: |
      | one message's codec | concord   |         90,100 |     30,200 |  31,000 |
      | one message's codec | ts-proto  |        200,000 |     40,000 |       - |
      | an entry            | ./leyline |         60,000 |     20,000 |  21,000 |

      | import    |  median |    best |
      | --------- | ------: | ------: |
      | ./leyline | 21.4 ms | 20.0 ms |"
    `);
    expect(weightTables({ imports: [], bundles: [] })).toEqual([]);
  });
});
