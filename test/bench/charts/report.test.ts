import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { type CaseFields, totalOf } from "../../../bench/charts/data.js";
import { describeCases, type ReportData, writeReport } from "../../../bench/charts/index.js";
import { createSuiteCases } from "../../../bench/suite/cases.js";
import { report } from "./chart-data.js";

const committed = new URL("../../../bench/report/", import.meta.url);

/** The files of a report, by name. */
function written(data: ReportData): Map<string, string> {
  const folder = pathToFileURL(`${mkdtempSync(join(tmpdir(), "report-"))}/`);
  try {
    writeFileSync(new URL("old.light.svg", folder), "of an earlier report");
    writeReport(data, folder);
    return filesOf(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function filesOf(folder: URL): Map<string, string> {
  const names = readdirSync(folder).sort();
  return new Map(names.map((name) => [name, readFileSync(new URL(name, folder), "utf8")]));
}

const files = written(report);
const page = files.get("README.md") ?? "";
const tables = files.get("tables.md") ?? "";

describe("the files of the report", () => {
  it("are two pages, and every picture in a light and a dark version", () => {
    const names = ["budgets", "decode", "encode", "formats", "json", "rules", "seeds", "weight"];
    const versions = names.flatMap((name) => [`${name}.dark.svg`, `${name}.light.svg`]);
    expect([...files.keys()]).toEqual(["README.md", ...versions, "tables.md"].sort());
  });

  it("are the same for the same data", () => {
    expect(written(JSON.parse(JSON.stringify(report)))).toEqual(files);
  });

  it("are only those of what was measured", () => {
    const weight = { imports: [], bundles: [] };
    const suite = { ...report.suite, cases: [], subjects: [] };
    const bare = written({ suite, budgets: [], weight, fields: [], headline: [] });
    expect([...bare.keys()]).toEqual(["README.md", "tables.md"]);
    expect(bare.get("tables.md")).not.toMatch(/^## (?:The documents|Weight|Bytes)/m);
  });
});

describe("the first page", () => {
  it("begins with the verdict", () => {
    expect(page.slice(0, page.indexOf("\n## "))).toMatchInlineSnapshot(`
      "# Report of the benchmark

      - **Budgets:** 6 of the documents' 6 budgets are met. Every time is within its budget and takes at most 3 % of it. Cut into parts, every message fits its size budget.
      - **Speed** (headline messages: 1): concord encodes 7.0 x as fast as protobuf-es and 3.5 x as fast as the fastest other protobuf library; it decodes 5.0 x and 2.0 x as fast.
      - **Where we lose:** nowhere.
      - **Weight**, compressed: one message's codec takes 30.2 kB, with ts-proto, the lightest of the others, 40.0 kB.

      | time divided by concord's | protobuf-es | fastest protobuf | msgpackr records | JSON alone | protovalidate |    ajv |
      | ------------------------- | ----------: | ---------------: | ---------------: | ---------: | ------------: | -----: |
      | encode                    |       7.0 x |            3.5 x |                - |      6.0 x |             - |      - |
      | decode                    |       5.0 x |            2.0 x |                - |      4.8 x |             - |      - |
      | JSON in                   |           - |                - |                - |     0.50 x |             - |      - |
      | check                     |           - |                - |                - |          - |             - | 1.10 x |

      The smallest and the largest ratio of the headline messages. Above 1 concord is faster. JSON alone is JSON.stringify or JSON.parse, which check nothing.

      4 kinds of message, concord beside 4 other libraries and formats. Node v20.20.2 on 2 x Some Processor with 24 GiB; load 0.25 before and 1.50 after; 12 % of the batches ran while the machine was slower than at its best; of those, the least disturbed count. All figures are in [tables.md](tables.md).
      "
    `);
  });

  it("then has the pictures, each below its question", () => {
    expect(page.match(/^## .*$/gm)).toEqual([
      "## Does it keep the documents' budgets?",
      "## How fast does it encode?",
      "## How fast does it decode?",
      "## What does JSON cost?",
      "## What do the rules cost?",
      "## How many bytes does each format take?",
      "## What does a browser load?",
      "## Does the cost grow faster than the packet?",
      "## How it was measured",
    ]);
    const shown = [...page.matchAll(/(?:src|srcset)="([^"]+)"/g)].map(([, name]) => name);
    const drawn = [...files.keys()].filter((name) => name.endsWith(".svg"));
    expect(shown.sort()).toEqual(drawn);
  });

  it("says in words what a picture shows", () => {
    expect(page).toContain(
      `alt="Decode: time of other libraries, as multiples of concord's. The time of the library divided by that of concord: at 2 x it takes twice as long. A packet, 1 seed (1.2 µs): protobuf-es 5.0 x, protobufjs 2.0 x, JSON.parse 4.8 x." src="decode.light.svg"`,
    );
  });
});

describe("the page of tables", () => {
  it("has its parts in their order", () => {
    expect(tables.match(/^## .*$/gm)).toEqual([
      "## Where it stands",
      "## Where we lose",
      "## Own process and shared process",
      "## The documents' budgets",
      "## Weight",
      "## Bytes by field",
      "## All figures",
      "## What was left out, and why",
      "## Versions",
    ]);
  });

  it("says who was left out, in plain text", () => {
    expect(tables).toContain("- pbf: loses the last digits of \\<numbers\\> (small)");
  });

  it("leaves no table of more than 30 lines open", () => {
    const pages = filesOf(committed);
    for (const name of ["README.md", "tables.md"]) {
      const open = pages.get(name)?.replace(/<details>[\s\S]*?<\/details>/g, "") ?? "";
      const runs = open.match(/(?:^\|.*\n)+/gm) ?? [];
      expect(Math.max(0, ...runs.map((run) => run.split("\n").length))).toBeLessThan(32);
    }
  });
});

describe("the bytes by field", () => {
  it("are all bytes of the message", () => {
    const fixtures = new URL("../../../bench/fixtures/", import.meta.url);
    const wanted = ["state-10", "pruning", "envelope"];
    const cases = createSuiteCases(fixtures, ({ id }) => wanted.includes(id));
    const { headline, fields } = describeCases(cases);
    expect(headline).toEqual(["state-10", "envelope"]);
    expect(fields.map(({ case: name }) => name)).toEqual(["state-10", "pruning"]);
    for (const { bytes, fields: shares } of fields) {
      expect(shares.reduce((sum, share) => sum + totalOf(share), 0)).toBe(bytes);
    }
    const [first]: readonly CaseFields[] = fields;
    expect(first?.fields.slice(0, 3)).toEqual([
      { path: "seed_states.metrics", values: 200, keys: 410, framing: 250 },
      { path: "seed_states.seed_id", values: 130, keys: 0, framing: 20 },
      { path: "training_metrics", values: 20, keys: 37, framing: 25 },
    ]);
  });
});

describe("the committed report", () => {
  const { "figures.json": figures = "", ...others } = Object.fromEntries(filesOf(committed));

  it("is what is written of its figures", () => {
    const expected = written(JSON.parse(figures));
    const stale = [...new Set([...expected.keys(), ...Object.keys(others)])].filter(
      (name) => expected.get(name) !== others[name],
    );
    expect(stale, "run pnpm bench:report --draw").toEqual([]);
  });

  it("has at most eight pictures", () => {
    const pictures = Object.keys(others).filter((name) => name.endsWith(".svg"));
    expect(pictures.length).toBeLessThanOrEqual(16);
  });
});
