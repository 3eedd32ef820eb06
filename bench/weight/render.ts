import { alignColumns, ruleOf } from "../table.js";
import { ownTasks } from "./bundles.js";
import { importFloor } from "./ceilings.js";
import type { BundleFigure, WeightFigures } from "./figures.js";
import { leftOutOfTasks } from "./tasks.js";

/** The figures as text for a terminal: bundles by task, our entries with their ceilings, imports, notes. */
export function renderWeight({ bundles, imports }: WeightFigures): string {
  const tasks = [...new Set(bundles.map(({ task }) => task))];
  const tables = tasks.map((task) => {
    const rows = bundles.filter((row) => row.task === task);
    const isOwn = task === ownTasks.all || task === ownTasks.one;
    return `${task}\n${isOwn ? ceilingTable(rows) : comparison(rows)}`;
  });
  const parts = [
    "Bytes of a bundle for a browser",
    ...tables,
    `Milliseconds of processor time for an import in a fresh process\n${importTable(imports)}`,
    notes(tasks),
  ];
  return `${parts.join("\n\n")}\n`;
}

function comparison(rows: readonly BundleFigure[]): string {
  const own = rows.find(({ library }) => library === "concord")?.gzip;
  const cells = rows.map(({ library, gzip, minified }) => [
    library,
    bytes(gzip),
    bytes(minified),
    own === undefined ? "" : (gzip / own).toFixed(2),
  ]);
  return table([["library", "gzip", "minified", "x concord"], ...cells]);
}

function ceilingTable(rows: readonly BundleFigure[]): string {
  const cells = rows.map(({ library, gzip, minified, ceiling }) => [
    library,
    bytes(gzip),
    bytes(minified),
    ceiling === null ? "none" : bytes(ceiling),
  ]);
  return table([["import", "gzip", "minified", "gzip at most"], ...cells]);
}

function importTable(imports: WeightFigures["imports"]): string {
  const floor = imports.find(({ entry }) => entry === importFloor)?.min_ms;
  const cells = imports.map(({ entry, ms, min_ms }) => [
    entry,
    ms.toFixed(1),
    min_ms.toFixed(1),
    floor === undefined ? "" : (min_ms / floor).toFixed(2),
  ]);
  return table([["import", "median", "best", "best x floor"], ...cells]);
}

/** What the tables leave out, one line for each library and reason. */
function notes(tasks: readonly string[]): string {
  const lines = new Map<string, string[]>();
  for (const { task, library, reason } of leftOutOfTasks) {
    if (!tasks.includes(task)) continue;
    const key = `${library}: ${reason}`;
    lines.set(key, [...(lines.get(key) ?? []), task]);
  }
  const left = [...lines].map(([key, of]) => `  ${key} (${of.join(", ")})`);
  return [
    "One system is Leyline, one message its SystemStatePacket.",
    "The rows with protovalidate and zod have no rules in them yet: only what runs them.",
    "Concord's JSON comes with its rules, so both tasks have the same bundle of it.",
    "pbf has no 64-bit integers, and reads them as doubles.",
    `The floor of imports is ${importFloor}.`,
    "Left out:",
    ...left,
  ].join("\n");
}

function table(lines: readonly (readonly string[])[]): string {
  const [head = "", ...body] = alignColumns(lines);
  return [head, ruleOf(lines), ...body].join("\n");
}

function bytes(value: number): string {
  return value.toLocaleString("en-US");
}
