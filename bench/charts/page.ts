import { budgetMarkdown, budgetWords } from "../budgets.js";
import { foldedMarkdown } from "../markdown.js";
import type { Machine } from "../suite/figures.js";
import { leftOutLines, ours } from "../suite/standing.js";
import { leftOutOfTasks } from "../weight/tasks.js";
import { compare } from "./comparison.js";
import type { ReportData } from "./data.js";
import { escapeText, type Picture } from "./draw.js";
import { formatCount, formatShare } from "./format.js";
import { limitWords, standingTable } from "./headline.js";
import { gapSection, lossSection } from "./loss-tables.js";
import { againWords, methodWords, otherWork, ratioWords } from "./page-words.js";
import { caseTable, versionTable, weightTables } from "./tables.js";

/** The pictures of the page, in the parts where they stand. */
export interface PagePictures {
  readonly cases: readonly Picture[];
  readonly scale: readonly Picture[];
  readonly fields: readonly Picture[];
  readonly weight: readonly Picture[];
  readonly methods: readonly Picture[];
  readonly sizes: readonly Picture[];
}

/** The page of the report, for somebody who has never heard of it. */
export function reportPage(data: ReportData, pictures: PagePictures): string {
  const { suite, budgets, weight } = data;
  const comparison = compare(suite);
  const sections: readonly (readonly [title: string, parts: readonly string[]])[] = [
    ["Where it stands", [ratioWords(limitWords()), standingTable(data)]],
    ["Where we lose", [otherWork, lossSection(comparison), gapSection(comparison)]],
    ["Each message", pictures.cases.map(pictureMarkdown)],
    ["Cost against seeds", pictures.scale.map(pictureMarkdown)],
    ["JSON and rules", pictures.methods.map(pictureMarkdown)],
    ["Bytes", [...pictures.sizes, ...pictures.fields].map(pictureMarkdown)],
    ["The documents' budgets", budgets.length === 0 ? [] : [budgetMarkdown(budgets), budgetWords]],
    ["Weight", weightParts(pictures.weight, weightTables(weight))],
    [
      "All figures",
      [tableWords, ...suite.subjects.map((subject) => caseTable(comparison, subject))],
    ],
    ["What was left out, and why", [leftOutMarkdown(data)]],
    ["How it was measured", [methodWords.join("\n")]],
    ["Run it again", againWords],
  ];
  const body = sections
    .filter(([, parts]) => parts.length > 0)
    .map(([title, parts]) => [`## ${title}`, ...parts].join("\n\n"));
  return `${["# The benchmark", ...opening(data), ...body].join("\n\n")}\n`;
}

function opening({ suite }: ReportData): string[] {
  const { subjects, cases, versions } = suite;
  const peers = new Set(
    cases
      .filter(({ kind }) => kind !== "ours" && kind !== "variant" && kind !== "limit")
      .map(({ peer }) => peer),
  );
  return [
    `${formatCount(subjects.length)} kinds of message, each of them up to 64 distinct ones, written and read by ${ours} and ${formatCount(peers.size)} other ways of doing it, beside limits that no library can pass. ${machineWords(suite.machine)}${processWords(suite.processes)} What every library writes is proven equal in meaning before its time is taken.`,
    foldedMarkdown(
      `Versions of ${formatCount(Object.keys(versions).length)} packages`,
      versionTable(suite),
    ),
  ];
}

function machineWords(machine: Machine): string {
  const { node, processor, processors, memory_gib, load, disturbed } = machine;
  return `Measured with Node ${node} on ${processors} x ${processor} with ${memory_gib} GiB; load ${load[0].toFixed(2)} before and ${load[1].toFixed(2)} after; ${formatShare(disturbed)} of the batches ran while the machine was slower than at its best; of those, the least disturbed count.`;
}

function processWords(processes: number): string {
  if (processes === 1) return "";
  return ` Each figure is the median of ${processes} processes, because now and then a compiler leaves a library at half its speed for as long as a process lives.`;
}

const tableWords =
  "Median: of the batches, in a process that knows this message only. Spread: the middle half of the batches, as a share of the median. x ours: how many times as long as ours. Shared process: it runs all messages and libraries. Bytes: the mean of what is written. Allocated: for one operation, on the heap and beside it.";

function pictureMarkdown({ name, alt }: Picture): string {
  return `<picture><source media="(prefers-color-scheme: dark)" srcset="${name}.dark.svg"><img alt="${escapeText(alt)}" src="${name}.light.svg"></picture>`;
}

function weightParts(pictures: readonly Picture[], tables: readonly string[]): string[] {
  if (tables.length === 0) return [];
  const left = leftOutOfTasks.map(({ task, library, reason }) => {
    return { case: task, peer: library, reason };
  });
  return [
    ...pictures.map(pictureMarkdown),
    foldedMarkdown("All sizes and times", tables.join("\n\n")),
    foldedMarkdown("Who cannot do what", listOf(leftOutLines(left))),
  ];
}

/** A list of lines in which nothing means anything to Markdown. */
function listOf(lines: readonly string[]): string {
  return lines.map((line) => `- ${line.replace(/[\\`*_[\]<>]/g, "\\$&")}`).join("\n");
}

function leftOutMarkdown({ suite }: ReportData): string {
  const lines = leftOutLines(suite.leftOut);
  if (lines.length === 0)
    return "Nothing: every library takes part in every message that it is meant for.";
  return listOf(lines);
}
