import { foldedMarkdown } from "../markdown.js";
import { ours } from "../suite/standing.js";
import type { ReportData } from "./data.js";
import { formatCount, formatShare } from "./format.js";
import { againText, methodText } from "./page-text.js";
import { altOf, type Picture } from "./pictures/picture.js";
import { escapeText } from "./svg.js";
import { verdictMarkdown } from "./verdict.js";

/** The first page of the report: the verdict, then the pictures. */
export function reportPage(data: ReportData, pictures: readonly Picture[]): string {
  const sections = pictures.map(
    (picture) => `## ${picture.question}\n\n${pictureMarkdown(picture)}`,
  );
  return `${[
    "# Report of the benchmark",
    verdictMarkdown(data),
    `${measuredText(data)} All figures are in [tables.md](tables.md).`,
    ...sections,
    "## How it was measured",
    foldedMarkdown("The method", methodText.join("\n")),
    ...againText,
  ].join("\n\n")}\n`;
}

function measuredText({ suite }: ReportData): string {
  const { subjects, cases, machine, processes } = suite;
  const peers = new Set(
    cases
      .filter(({ kind }) => kind !== "ours" && kind !== "variant" && kind !== "limit")
      .map(({ peer }) => peer),
  );
  const { node, processor, processors, memory_gib, load, disturbed } = machine;
  return [
    `${formatCount(subjects.length)} kinds of message, ${ours} beside ${formatCount(peers.size)} other libraries and formats. Node ${node} on ${processors} x ${processor} with ${memory_gib} GiB; load ${load[0].toFixed(2)} before and ${load[1].toFixed(2)} after; ${formatShare(disturbed)} of the batches ran while the machine was slower than at its best; of those, the least disturbed count.`,
    ...(processes === 1 ? [] : [`Each figure is the median of ${processes} processes.`]),
  ].join(" ");
}

function pictureMarkdown(picture: Picture): string {
  const { name } = picture;
  return `<picture><source media="(prefers-color-scheme: dark)" srcset="${name}.dark.svg"><img alt="${escapeText(altOf(picture))}" src="${name}.light.svg"></picture>`;
}
