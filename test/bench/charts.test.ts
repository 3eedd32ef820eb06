import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { compare } from "../../bench/charts/comparison.js";
import { fieldPicture } from "../../bench/charts/field-picture.js";
import { totalOf } from "../../bench/charts/fields.js";
import { describeCases, drawReport, type ReportData } from "../../bench/charts/index.js";
import { scaleLines } from "../../bench/charts/scale-picture.js";
import { createSuiteCases } from "../../bench/suite/cases.js";
import { figureRow, report, reportWith } from "./chart-data.js";

const committed = new URL("../../bench/report/", import.meta.url);

/** What is drawn of the data, by the name of the file. */
function drawn(data: ReportData): Map<string, string> {
  const folder = pathToFileURL(`${mkdtempSync(join(tmpdir(), "report-"))}/`);
  try {
    writeFileSync(new URL("old.light.svg", folder), "of an earlier report");
    drawReport(data, folder);
    return filesOf(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function filesOf(folder: URL): Map<string, string> {
  const names = existsSync(folder) ? readdirSync(folder).sort() : [];
  return new Map(names.map((name) => [name, readFileSync(new URL(name, folder), "utf8")]));
}

const files = drawn(report);
const svgs = [...files].filter(([name]) => name.endsWith(".svg"));
const page = files.get("README.md") ?? "";

/** The tags that are open at the end of a text; nothing else than tags and text may be in it. */
function openTags(svg: string): string[] {
  const open: string[] = [];
  for (const [, close, name = "", rest = ""] of svg.matchAll(/<(\/?)([\w:]+)([^<>]*)>/g)) {
    if (close === "/") expect(open.pop()).toBe(name);
    else if (!rest.endsWith("/")) open.push(name);
    expect(rest).toMatch(/^(?: [\w:-]+="[^"<>]*")*\/?$/);
  }
  expect(svg.replace(/<\/?[\w:]+[^<>]*>/g, "")).not.toMatch(/[<>]|&(?!\w+;)/);
  return open;
}

describe("the pictures", () => {
  it("are there in a light and a dark version, and no others", () => {
    const names = ["bundles", "bytes-small", "case-small", "case-state-10", "case-state-100"];
    names.push("case-state-1000", "entries", "formats", "imports", "json-and-rules", "scale");
    const versions = names.flatMap((name) => [`${name}.dark.svg`, `${name}.light.svg`]);
    expect([...files.keys()]).toEqual(["README.md", ...versions].sort());
  });

  it("are the same for the same data", () => {
    expect(drawn(JSON.parse(JSON.stringify(report)))).toEqual(files);
  });

  it.each(svgs)("%s is an SVG with a title and without what only a page needs", (_, svg) => {
    expect(openTags(svg)).toEqual([]);
    expect(svg).toMatch(/^<svg width="880" [^>]*role="img"[^>]*>\n<title>.+<\/title>\n/);
    expect(svg).not.toMatch(/NaN|undefined|Infinity|class=|<style|zr\d|\d\.\d\d+[^<]*"/);
    expect(svg.match(/font-size:(\d+)px/g)?.map((size) => Number(/\d+/.exec(size)))).toSatisfy(
      (sizes: number[]) => sizes.length > 0 && sizes.every((size) => size >= 12),
    );
  });

  it("name every library with its time", () => {
    const svg = files.get("case-small.light.svg") ?? "";
    const texts = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
    const peers = ["concord", "protobuf-es", "protobufjs", "JSON", "limit: write"];
    expect(texts).toEqual(expect.arrayContaining([...peers, "limit: objects"]));
    expect(texts).toEqual(expect.arrayContaining(["640 ns", "1.0 µs", "7.0 µs", "1.2 µs"]));
  });

  it("say that a scale is logarithmic where bars are too different", () => {
    const slow = report.suite.cases.map((row) =>
      row.peer === "protobuf-es" ? { ...row, ns: 1e6 } : row,
    );
    const svg = drawn({ ...report, suite: { ...report.suite, cases: slow } });
    expect(svg.get("case-small.light.svg")).toContain(">encode (logarithmic scale)<");
    expect(files.get("case-small.light.svg")).not.toContain("logarithmic");
  });

  it("have the fitted slopes", () => {
    const lines = scaleLines(compare(report.suite).main);
    expect(lines.map(({ peer, slope }) => `${peer} ${slope?.toFixed(2)}`)).toEqual([
      "concord 1.00",
      "protobuf-es 1.10",
    ]);
    expect(files.get("scale.dark.svg")).toContain(">protobuf-es, slope 1.10<");
  });

  it("have the packet of one seed as a point that bends no slope", () => {
    const one = figureRow({ case: "state-1", ns: 1_000 });
    const [line] = scaleLines(compare(reportWith([one]).suite).main);
    expect(line?.points.slice(0, 2)).toEqual([
      [1, 1_000],
      [10, 4_000],
    ]);
    expect(line?.slope).toBeCloseTo(1, 10);
  });

  it("have the main figure in words", () => {
    expect(page).toContain(
      `<picture><source media="(prefers-color-scheme: dark)" srcset="case-small.dark.svg"><img alt="Bars of the time that each library takes for A packet, 1 seed. concord, encode: 1.0 µs; the fastest other library, protobufjs: 3.5 µs (3.5 x as long). concord, decode: 1.2 µs; the fastest other library, protobufjs: 2.5 µs (2.0 x as long)." src="case-small.light.svg"></picture>`,
    );
    expect(report.fields.map((fields) => fieldPicture(fields).alt)).toEqual([
      "Bars of the bytes of each field of A packet, 1 seed, 277 bytes in all: values 138, map keys 80, tags and lengths 59. The largest is metrics with 237 bytes.",
    ]);
  });
});

describe("the bytes by field", () => {
  it("are all bytes of the message", () => {
    const fixtures = new URL("../../bench/fixtures/", import.meta.url);
    const wanted = ["state-10", "pruning", "envelope"];
    const cases = createSuiteCases(fixtures, ({ id }) => wanted.includes(id));
    const { headline, fields } = describeCases(cases);
    expect(headline).toEqual(["state-10", "envelope"]);
    expect(fields.map(({ case: name }) => name)).toEqual(["state-10", "pruning"]);
    for (const { bytes, fields: shares } of fields) {
      expect(shares.reduce((sum, share) => sum + totalOf(share), 0)).toBe(bytes);
    }
    expect(fields[0]?.fields.slice(0, 3)).toEqual([
      { path: "seed_states.metrics", values: 200, keys: 410, framing: 250 },
      { path: "seed_states.seed_id", values: 130, keys: 0, framing: 20 },
      { path: "training_metrics", values: 20, keys: 37, framing: 25 },
    ]);
  });
});

describe("the page", () => {
  it("has its parts in their order", () => {
    expect(page.match(/^#.*$/gm)).toEqual([
      "# The benchmark",
      "## Where it stands",
      "## Where we lose",
      "## Each message",
      "## Cost against seeds",
      "## JSON and rules",
      "## Bytes",
      "## The documents' budgets",
      "## Weight",
      "## All figures",
      "## What was left out, and why",
      "## How it was measured",
      "## Run it again",
    ]);
  });

  it("says what was measured on what", () => {
    expect(page).toContain(
      "4 kinds of message, each of them up to 64 distinct ones, written and read by concord and 4 other ways of doing it, beside limits that no library can pass. Measured with Node v20.20.2 on 2 x Some Processor with 24 GiB; load 0.25 before and 1.50 after; 12 % of the batches ran while the machine was slower than at its best; of those, the least disturbed count.",
    );
    expect(page).toContain("- pbf: loses the last digits of \\<numbers\\> (small)");
  });

  it("shows every picture that was drawn, and nothing else", () => {
    const shown = [...page.matchAll(/(?:src|srcset)="([^"]+)"/g)].map(([, name]) => name);
    expect(shown.sort()).toEqual(svgs.map(([name]) => name).sort());
  });

  it("has no parts for what was not measured", () => {
    const nothing = { imports: [], bundles: [] };
    const bare = drawn({ ...report, budgets: [], weight: nothing, fields: [], headline: [] });
    expect(bare.get("README.md")).not.toMatch(/^## (?:The documents|Weight|JSON|Bytes)/m);
  });
});

describe("the committed report", () => {
  it("is what is drawn of its figures", () => {
    const { "figures.json": figures, ...others } = Object.fromEntries(filesOf(committed));
    const expected = figures === undefined ? new Map() : drawn(JSON.parse(figures));
    const stale = [...new Set([...expected.keys(), ...Object.keys(others)])].filter(
      (name) => expected.get(name) !== others[name],
    );
    expect(stale, "run pnpm bench:report --draw").toEqual([]);
  });
});
