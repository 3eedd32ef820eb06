import { type Budget, budgetKinds, budgetsOf, isMet } from "../budget-list.js";
import { markdownTable, type Side } from "../markdown.js";
import type { Subject } from "../suite/figures.js";
import { type Operation, operationTitles } from "../suite/operations.js";
import { ours, type Standing } from "../suite/standing.js";
import { type Comparison, compare, fastestProtobuf, headlineOf, lossRows } from "./comparison.js";
import type { ReportData } from "./data.js";
import { formatCount, formatRatio, formatShare, formatWeight } from "./format.js";
import { nothing } from "./headline.js";
import { lossCounts, lossGroups } from "./loss-tables.js";

const operations: readonly Operation[] = ["encode", "decode", "jsonIn", "jsonOut", "check"];
const namedLosses = 3;

/** The first screen of the report: what came out, in sentences and one small table. */
export function verdictMarkdown(data: ReportData): string {
  const comparison = compare(data.suite);
  const subjects = headlineOf(data);
  const lines = [
    ...budgetLine(data),
    ...(subjects.length === 0 ? [] : [speedLine(comparison.main, subjects)]),
    lossLine(comparison),
    ...weightLine(data),
  ].map((line) => `- ${line}`);
  const table = subjects.length === 0 ? [] : [ratioTable(comparison.main, subjects)];
  return [lines.join("\n"), ...table].join("\n\n");
}

function budgetLine({ budgets }: ReportData): string[] {
  const all = budgets.flatMap(budgetsOf);
  if (all.length === 0) return [];
  const timed = all.filter(({ budget }) => budget === "encode" || budget === "check");
  const missed = all.filter((budget) => !isMet(budget));
  const largest = Math.max(...timed.map(({ measured, max }) => measured / max));
  const times = timed.every(isMet)
    ? `Every time is within its budget and takes at most ${formatShare(largest)} of it.`
    : "";
  const rest = missed.length === 0 ? "" : `Missed: ${missedCounts(all)}.`;
  const parts = all.filter(({ budget }) => budget === "largest part").every(isMet)
    ? "Cut into parts, every message fits its size budget."
    : "";
  return [
    `**Budgets:** ${all.length - missed.length} of the documents' ${all.length} budgets are met. ${times} ${rest} ${parts}`
      .replace(/ {2,}/g, " ")
      .trim(),
  ];
}

function missedCounts(all: readonly Budget[]): string {
  return budgetKinds
    .flatMap((kind) => {
      const ofKind = all.filter(({ budget }) => budget === kind);
      const missed = ofKind.filter((budget) => !isMet(budget)).length;
      return missed === 0 ? [] : [`${kind} by ${missed} of ${ofKind.length} messages`];
    })
    .join(", ");
}

function speedLine(standing: Standing, subjects: readonly Subject[]): string {
  const [encode, decode] = (["encode", "decode"] as const).map((operation) => ({
    reference: rangeOf(ratiosOf(standing, subjects, operation, () => "protobuf-es")),
    fastest: rangeOf(ratiosOf(standing, subjects, operation, fastestPeer(standing, operation))),
  }));
  return `**Speed** (headline messages: ${subjects.length}): ${ours} encodes ${encode?.reference} as fast as protobuf-es and ${encode?.fastest} as fast as the fastest other protobuf library; it decodes ${decode?.reference} and ${decode?.fastest} as fast.`;
}

function lossLine(comparison: Comparison): string {
  const losses = lossRows(comparison);
  if (losses.length === 0) return "**Where we lose:** nowhere.";
  const worst = lossGroups(losses)
    .slice(0, namedLosses)
    .flatMap((group) => {
      const [first] = group;
      if (first === undefined) return [];
      const title = operationTitles[first.operation];
      return [`to ${first.peer} at ${title} (${formatCount(group.length)} messages)`];
    });
  return `**[Where we lose](tables.md#where-we-lose):** another library is faster ${lossCounts(comparison)}; most often ${worst.join(", ")}.`;
}

function weightLine({ weight: { bundles } }: ReportData): string[] {
  const parts = ["one message's codec", "one system with rules"].flatMap((task) => {
    const own = bundles.find((row) => row.task === task && row.library === ours);
    const [lightest] = bundles
      .filter((row) => row.task === task && row.library !== ours)
      .sort((one, other) => one.gzip - other.gzip);
    if (own === undefined || lightest === undefined) return [];
    return [
      `${task} takes ${formatWeight(own.gzip)}, with ${lightest.library}, the lightest of the others, ${formatWeight(lightest.gzip)}`,
    ];
  });
  return parts.length === 0 ? [] : [`**Weight**, compressed: ${parts.join("; ")}.`];
}

/** The smallest and the largest ratio of the headline messages, for each operation and library. */
function ratioTable(standing: Standing, subjects: readonly Subject[]): string {
  const peers: readonly (readonly [title: string, (operation: Operation) => PeerOf])[] = [
    ["protobuf-es", () => () => "protobuf-es"],
    ["fastest protobuf", (operation) => fastestPeer(standing, operation)],
    ["msgpackr records", () => () => "msgpackr records"],
    ["JSON alone", () => () => "JSON"],
    ["protovalidate", () => () => "protovalidate"],
    ["ajv", () => () => "ajv"],
  ];
  const rows = operations.flatMap((operation) => {
    const cells = peers.map(([, peerOf]) =>
      rangeOf(ratiosOf(standing, subjects, operation, peerOf(operation))),
    );
    return cells.every((cell) => cell === nothing) ? [] : [[operationTitles[operation], ...cells]];
  });
  const head = [`time divided by ${ours}'s`, ...peers.map(([title]) => title)];
  const sides = head.map((_, column): Side => (column === 0 ? "left" : "right"));
  const explanation = `The smallest and the largest ratio of the headline messages. Above 1 ${ours} is faster. JSON alone is JSON.stringify or JSON.parse, which check nothing.`;
  return `${markdownTable([head, ...rows], sides)}\n\n${explanation}`;
}

/** The library that a message is compared with. */
type PeerOf = (name: string) => string | undefined;

function fastestPeer(standing: Standing, operation: Operation): PeerOf {
  return (name) => fastestProtobuf(standing, name, operation)?.peer;
}

function ratiosOf(
  standing: Standing,
  subjects: readonly Subject[],
  operation: Operation,
  peerOf: PeerOf,
): number[] {
  return subjects.flatMap(({ case: name }) => {
    const peer = peerOf(name);
    return (peer === undefined ? undefined : standing.ratio(name, operation, peer)) ?? [];
  });
}

/** `1.22 to 2.5 x`. */
function rangeOf(ratios: readonly number[]): string {
  if (ratios.length === 0) return nothing;
  const [least, most] = [Math.min(...ratios), Math.max(...ratios)].map(formatRatio);
  return least === most ? `${most}` : `${least?.replace(" x", "")} to ${most}`;
}
