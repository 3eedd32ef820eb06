import { markdownTable, type Side } from "../markdown.js";
import type { Subject } from "../suite/figures.js";
import { limitNames, type Operation, operationTitles } from "../suite/operations.js";
import { ours, type Standing } from "../suite/standing.js";
import { compare, countCompared, fastestProtobuf, headlineOf } from "./comparison.js";
import type { ReportData } from "./data.js";
import { formatCount, formatRange, formatRatio, formatTime } from "./format.js";

const directions: readonly Operation[] = ["encode", "decode"];

/** A cell where there is no figure. */
export const nothing = "-";

/** A block of the README: the headline cases, and how often another library is faster. */
export function headlineMarkdown(data: ReportData): string {
  const { main } = compare(data.suite);
  const head = [
    "message",
    "bytes",
    "encode",
    "decode",
    "x protobuf-es",
    "x fastest protobuf",
    "x JSON",
  ];
  const rows = headlineOf(data).map((subject) => {
    const { case: name, title, bytes } = subject;
    const both = (of: (operation: Operation) => string): string => directions.map(of).join(" / ");
    return [
      title,
      formatRange(bytes),
      ...directions.map((operation) => timeOf(main, name, operation)),
      both((operation) => ratioTo(main, name, operation, "protobuf-es")),
      both((operation) => ratioToFastest(main, name, operation)),
      both((operation) => ratioTo(main, name, operation, "JSON")),
    ];
  });
  const sides: Side[] = ["left", ...head.slice(1).map((): Side => "right")];
  const legend = `Medians, without rules. The ratios, encode / decode, are the time of each library divided by that of ${ours}: protobuf-es, the fastest other protobuf library, JSON.stringify / JSON.parse.`;
  return [markdownTable([head, ...rows], sides), `${legend} ${lossSentence(data)}`].join("\n\n");
}

/** How often another library is faster, with a link to the list. */
function lossSentence({ suite }: ReportData): string {
  const { main } = compare(suite);
  const losses = main.losses().length;
  const total = formatCount(countCompared(main));
  const [list, report] = ["bench/report/tables.md#where-we-lose", "bench/report/README.md"];
  if (losses === 0) {
    return `No other library is faster in any of ${total} comparisons: [the report](${report}).`;
  }
  return `Another library is faster in [${formatCount(losses)} of ${total} comparisons](${list}); [the report](${report}) has all figures.`;
}

/** The table "where it stands": two lines for each headline case. */
export function standingTable(data: ReportData): string {
  const { main } = compare(data.suite);
  const head = [
    "message",
    "bytes",
    "operation",
    ours,
    "x protobuf-es",
    "x fastest protobuf",
    "which",
    "x msgpackr records",
    "x JSON",
    "distance to limit",
    "allocated bytes",
    "allocations",
  ];
  const rows = headlineOf(data).flatMap((subject) =>
    directions.map((operation) => standingCells(main, subject, operation)),
  );
  const texts = new Set(["message", "operation", "which"]);
  const sides = head.map((title): Side => (texts.has(title) ? "left" : "right"));
  return markdownTable([head, ...rows], sides);
}

function standingCells(
  standing: Standing,
  { case: name, title, bytes }: Subject,
  operation: Operation,
): string[] {
  const mine = standing.find(name, operation, ours);
  const distance = standing.distance(name, operation);
  return [
    title,
    formatRange(bytes),
    operationTitles[operation],
    timeOf(standing, name, operation),
    ratioTo(standing, name, operation, "protobuf-es"),
    ratioToFastest(standing, name, operation),
    fastestProtobuf(standing, name, operation)?.peer ?? nothing,
    ratioTo(standing, name, operation, "msgpackr records"),
    ratioTo(standing, name, operation, "JSON"),
    distance === undefined ? nothing : formatRatio(distance),
    countOr(mine?.allocated_bytes),
    countOr(mine?.allocations),
  ];
}

/** The names of the limits in the table. */
export function limitTitles(): string {
  const of = (operation: Operation): string =>
    `${operationTitles[operation]}: ${limitNames[operation]}`;
  return directions.map(of).join(", ");
}

/** A count, or the sign for none. */
export function countOr(count: number | null | undefined): string {
  return count === null || count === undefined ? nothing : formatCount(count);
}

function timeOf(standing: Standing, name: string, operation: Operation): string {
  const row = standing.find(name, operation, ours);
  return row === undefined ? nothing : formatTime(row.ns);
}

function ratioTo(standing: Standing, name: string, operation: Operation, peer: string): string {
  const ratio = standing.ratio(name, operation, peer);
  return ratio === undefined ? nothing : formatRatio(ratio);
}

function ratioToFastest(standing: Standing, name: string, operation: Operation): string {
  const best = fastestProtobuf(standing, name, operation);
  return best === undefined ? nothing : ratioTo(standing, name, operation, best.peer);
}
