import { styleText } from "node:util";
import { alignColumns, ruleOf } from "../table.js";
import type { FigureRow, Figures } from "./figures.js";
import { limitNames, type Operation, operations, operationTitles } from "./operations.js";
import { type Loss, leftOutLines, ours, Standing } from "./standing.js";

/** A time for a table: nanoseconds as a whole number. */
function nanoseconds(time: number): string {
  return Math.round(time).toLocaleString("en-US");
}

/** A line of cells, and whether another library is faster in it. */
interface Line {
  readonly cells: readonly string[];
  readonly lost: boolean;
}

/** One table for each operation: a line for each message, and for each library its time and ours' ratio. */
export function renderOperations(figures: Figures, color: boolean): string {
  const standing = new Standing(figures, "shared");
  return operations.flatMap((operation) => operationTable(standing, operation, color)).join("\n\n");
}

function operationTable(standing: Standing, operation: Operation, color: boolean): string[] {
  const { subjects } = standing.figures;
  const measured = (peer: string): boolean =>
    subjects.some((subject) => standing.find(subject.case, operation, peer) !== undefined);
  if (!measured(ours)) return [];
  const limit = limitNames[operation];
  const peers = standing
    .peers()
    .filter((peer) => peer !== ours && !peer.startsWith("limit") && measured(peer));
  const lines = subjects.map(({ case: name, title, bytes }): Line => {
    const mine = standing.find(name, operation, ours);
    const cells = peers.map((peer) => comparison(standing, name, operation, peer));
    return {
      cells: [
        title,
        bytes[1].toLocaleString("en-US"),
        mine === undefined ? "" : nanoseconds(mine.ns),
        standing.distance(name, operation)?.toFixed(1) ?? "",
        ...cells,
      ],
      lost: isLost(standing, name, operation),
    };
  });
  const head = [operationTitles[operation], "bytes", ours, `x ${limit}`, ...peers];
  return [table(head, lines, color)];
}

/** A library's time, and in brackets how many times ours' it is. */
function comparison(standing: Standing, name: string, operation: Operation, peer: string): string {
  const row = standing.find(name, operation, peer);
  const ratio = standing.ratio(name, operation, peer);
  if (row === undefined) return "";
  return ratio === undefined ? nanoseconds(row.ns) : `${nanoseconds(row.ns)} (${ratio.toFixed(1)})`;
}

function isLost(standing: Standing, name: string, operation: Operation): boolean {
  return standing.losses().some(({ row }) => row.case === name && row.operation === operation);
}

function table(head: readonly string[], lines: readonly Line[], color: boolean): string {
  const all = [head, ...lines.map(({ cells }) => cells)];
  const [first = "", ...body] = alignColumns(all);
  const marked = body.map((line, index) =>
    color && lines[index]?.lost === true ? yellow(line) : line,
  );
  return [first, ruleOf(all), ...marked].join("\n");
}

/** One table for each message: a line for each library, and for each operation its time and ours' ratio. */
export function renderCases(figures: Figures, process: FigureRow["process"]): string {
  const standing = new Standing(figures, process);
  const done = operations.filter((operation) =>
    figures.cases.some((row) => row.operation === operation),
  );
  const head = ["library", "bytes", ...done.map((operation) => operationTitles[operation])];
  const tables = figures.subjects.map(({ case: name, title, bytes }) => {
    const lines = standing.peers().flatMap((peer): Line[] => {
      const rows = done.map((operation) => standing.find(name, operation, peer));
      const first = rows.find((row) => row !== undefined);
      if (first === undefined) return [];
      const cells = done.map((operation) => comparison(standing, name, operation, peer));
      return [{ cells: [peer, first.bytes?.toLocaleString("en-US") ?? "", ...cells], lost: false }];
    });
    const size = bytes[0] === bytes[1] ? `${bytes[0]}` : `${bytes[0]}-${bytes[1]}`;
    return `${name}: ${title} (${size} bytes)\n${table(head, lines, false)}`;
  });
  return tables.join("\n\n");
}

/** Where another library is faster, and who takes no part. */
export function renderHonesty(figures: Figures, process: FigureRow["process"]): string {
  const losses = new Standing(figures, process).losses();
  const compared = figures.cases.filter(
    ({ kind, process: of }) => of === process && ["protobuf", "format", "checker"].includes(kind),
  ).length;
  const head =
    losses.length === 0
      ? `No other library was faster in any of ${compared} comparisons.`
      : `Another library was faster in ${losses.length} of ${compared} comparisons:`;
  const notes = leftOutLines(figures.leftOut).map((line) => `  ${line}`);
  return [
    head,
    ...losses.map((loss) => `  ${describeLoss(loss)}`),
    ...(notes.length === 0 ? [] : ["Left out:", ...notes]),
  ].join("\n");
}

function describeLoss({ row, factor }: Loss): string {
  return `${row.case}, ${operationTitles[row.operation]}: ${row.peer} is ${factor.toFixed(2)} x as fast`;
}

/** What the figures were measured on, in one line. */
export function renderMachine({ machine }: Figures): string {
  const { node, processor, processors, memory_gib, load, disturbed } = machine;
  const share = Math.round(disturbed * 100);
  return `Node ${node}, ${processors} x ${processor}, ${memory_gib} GiB, load ${load.join(" to ")}; ${share} % of the batches ran while it was slower than at its best`;
}

/** Yellow, whatever the stream: who asks for colour has looked at it. */
function yellow(line: string): string {
  return styleText("yellow", line, { validateStream: false });
}
