import { foldedMarkdown, markdownTable, type Side } from "../markdown.js";
import type { FigureRow, Figures, Subject } from "../suite/figures.js";
import { operations, operationTitles } from "../suite/operations.js";
import type { WeightFigures } from "../weight/figures.js";
import type { Comparison } from "./comparison.js";
import { type CaseFields, totalOf } from "./data.js";
import { formatCount, formatRange, formatRatio, formatShare, formatTime } from "./format.js";
import { countOr, nothing } from "./headline.js";

const caseHead = [
  "operation",
  "library",
  "median",
  "spread",
  "x ours",
  "shared process",
  "x ours there",
  "bytes",
  "allocated bytes",
  "allocations",
];

/** All figures of a case, folded. */
export function caseTable(comparison: Comparison, subject: Subject): string {
  const rows = operations.flatMap((operation) =>
    comparison.main.figures.cases.filter(
      (row) =>
        row.case === subject.case &&
        row.operation === operation &&
        (row.process === comparison.main.process ||
          comparison.main.find(row.case, operation, row.peer) === undefined),
    ),
  );
  const sides = caseHead.map((_, column): Side => (column < 2 ? "left" : "right"));
  const cells = rows.map((row) => caseCells(comparison, row));
  const summary = `${subject.case}: ${subject.title}, ${formatRange(subject.bytes)} bytes`;
  return foldedMarkdown(summary, markdownTable([caseHead, ...cells], sides));
}

function caseCells({ own, shared }: Comparison, row: FigureRow): string[] {
  const { case: name, operation, peer, quartiles_ns, ns } = row;
  const alone = own.find(name, operation, peer);
  const together = shared.find(name, operation, peer);
  const ratio = (value: number | undefined): string =>
    value === undefined ? nothing : formatRatio(value);
  const spread = (quartiles_ns[1] - quartiles_ns[0]) / ns;
  return [
    operationTitles[operation],
    peer,
    alone === undefined ? nothing : formatTime(alone.ns),
    formatShare(spread),
    ratio(own.ratio(name, operation, peer)),
    together === undefined ? nothing : formatTime(together.ns),
    ratio(shared.ratio(name, operation, peer)),
    countOr(row.bytes),
    countOr(row.allocated_bytes),
    countOr(row.allocations),
  ];
}

/** The sizes of all bundles, and the times of all imports. */
export function weightTables({ bundles, imports }: WeightFigures): string[] {
  const bundleCells = bundles.map(({ task, library, minified, gzip, ceiling }) => [
    task,
    library,
    formatCount(minified),
    formatCount(gzip),
    countOr(ceiling),
  ]);
  const importCells = imports.map(({ entry, ms, min_ms }) => [
    entry,
    formatTime(ms * 1e6),
    formatTime(min_ms * 1e6),
  ]);
  const bundleHead = ["task", "library", "minified bytes", "gzip bytes", "ceiling"];
  const tables = [
    { head: bundleHead, cells: bundleCells, sides: ["left", "left", "right", "right", "right"] },
    {
      head: ["import", "median", "best"],
      cells: importCells,
      sides: ["left", "right", "right"],
    },
  ] as const;
  return tables
    .filter(({ cells }) => cells.length > 0)
    .map(({ head, cells, sides }) => markdownTable([head, ...cells], sides));
}

/** The bytes of each field of a message, folded. */
export function fieldTable({ case: name, title, bytes, fields }: CaseFields): string {
  const cells = fields.map((share) => [
    share.path,
    ...[share.values, share.keys, share.framing, totalOf(share)].map(formatCount),
    formatShare(totalOf(share) / bytes),
  ]);
  const head = ["field", "values", "map keys", "tags and lengths", "bytes", "share"];
  const sides = head.map((_, column): Side => (column === 0 ? "left" : "right"));
  const summary = `${name}: ${title}, ${formatCount(bytes)} bytes`;
  return foldedMarkdown(summary, markdownTable([head, ...cells], sides));
}

/** The versions of all libraries. */
export function versionTable({ versions }: Figures): string {
  return markdownTable([["package", "version"], ...Object.entries(versions)]);
}
