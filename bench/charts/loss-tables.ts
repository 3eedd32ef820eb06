import { foldedMarkdown, markdownTable } from "../markdown.js";
import { operationTitles } from "../suite/operations.js";
import { ours } from "../suite/standing.js";
import {
  type Comparison,
  countCompared,
  type LossRow,
  lossRows,
  maxFactor,
  maxGap,
  type ProcessGap,
  processGaps,
} from "./comparison.js";
import { formatCount, formatRatio, formatShare, formatTime } from "./format.js";
import { nothing } from "./headline.js";

/** The section that lists every place where another library is faster than ours. */
export function lossSection(comparison: Comparison): string {
  const losses = lossRows(comparison);
  if (losses.length === 0) {
    const total = formatCount(countCompared(comparison.main));
    return `Nowhere: no other library is faster than ${ours} in any of ${total} comparisons of a message and an operation, in a process of its own or in the shared one.`;
  }
  const explanation = `The factor is the time of ${ours} divided by that of the other library; below 1 ${ours} is faster in that kind of process. The times are of the process with the larger factor.`;
  return [
    `One comparison is one library on one message and operation. Another library is faster ${lossCounts(comparison)}. By library and operation:`,
    summaryTable(losses),
    foldedMarkdown(
      `All of them (${formatCount(losses.length)}), the worst first`,
      `${explanation}\n\n${lossTable(comparison, losses)}`,
    ),
  ].join("\n\n");
}

/** How many comparisons are lost, in each kind of process that there is. */
export function lossCounts({ own, shared }: Comparison): string {
  const parts = [
    { standing: own, where: "comparisons in a process of its own" },
    { standing: shared, where: "comparisons in the shared process, which runs all messages" },
  ].flatMap(({ standing, where }) => {
    const total = countCompared(standing);
    if (total === 0) return [];
    return [`in ${formatCount(standing.losses().length)} of ${formatCount(total)} ${where}`];
  });
  return parts.join(" and ");
}

/** The losses to each library at each operation, most losses first. */
export function lossGroups(losses: readonly LossRow[]): LossRow[][] {
  const groups = new Map<string, LossRow[]>();
  for (const loss of losses) {
    const key = [loss.peer, loss.operation].join("\n");
    groups.set(key, [...(groups.get(key) ?? []), loss]);
  }
  return [...groups.values()].sort((one, other) => other.length - one.length);
}

function summaryTable(losses: readonly LossRow[]): string {
  const cells = lossGroups(losses).flatMap((group): string[][] => {
    const [first] = group;
    if (first === undefined) return [];
    const largest = formatRatio(maxFactor(first));
    const title = operationTitles[first.operation];
    return [[first.peer, title, formatCount(group.length), `${largest} (${first.case})`]];
  });
  const head = ["faster library", "operation", "messages", "at worst"];
  return markdownTable([head, ...cells], ["left", "left", "right", "right"]);
}

function lossTable(comparison: Comparison, losses: readonly LossRow[]): string {
  const head = [
    "message",
    "operation",
    "faster library",
    "its time",
    ours,
    "own process",
    "shared process",
  ];
  const sides = ["left", "left", "left", "right", "right", "right", "right"] as const;
  return markdownTable([head, ...losses.map((loss) => lossCells(comparison, loss))], sides);
}

function lossCells({ own, shared }: Comparison, loss: LossRow): string[] {
  const { case: name, operation, peer } = loss;
  const standing = loss.own === maxFactor(loss) ? own : shared;
  const time = (who: string): string => {
    const row = standing.find(name, operation, who);
    return row === undefined ? nothing : formatTime(row.ns);
  };
  const factor = (value: number | undefined): string =>
    value === undefined ? nothing : formatRatio(value);
  const factors = [factor(loss.own), factor(loss.shared)];
  return [name, operationTitles[operation], peer, time(peer), time(ours), ...factors];
}

/** The section that says where a process of its own and the shared one differ. */
export function gapSection(comparison: Comparison): string {
  if (countCompared(comparison.own) === 0 || countCompared(comparison.shared) === 0) {
    return "All figures are of one kind of process, so nothing is known of the other.";
  }
  const gaps = processGaps(comparison);
  const limit = formatShare(maxGap - 1);
  if (gaps.length === 0) {
    return `Nothing differs by more than ${limit} between a process of its own and the shared one, which runs all messages.`;
  }
  const mine = gaps.filter(({ row }) => row.kind === "ours");
  const others = gaps.filter(({ row }) => row.kind !== "ours");
  const opening = `The shared process runs all messages. Places where it differs by more than ${limit} from a process of its own: ${ours} ${formatCount(mine.length)}, the other libraries ${formatCount(others.length)}.`;
  const tables = [
    [ours, mine],
    ["The other libraries", others],
  ] as const;
  return [
    opening,
    ...tables
      .filter(([, rows]) => rows.length > 0)
      .map(([title, rows]) =>
        foldedMarkdown(`${title} (${formatCount(rows.length)})`, gapTable(rows)),
      ),
  ].join("\n\n");
}

function gapTable(gaps: readonly ProcessGap[]): string {
  const head = ["message", "operation", "library", "own process", "shared process", "factor"];
  const cells = gaps.map(({ row, sharedNs, factor }) => [
    row.case,
    operationTitles[row.operation],
    row.peer,
    formatTime(row.ns),
    formatTime(sharedNs),
    formatRatio(factor),
  ]);
  return markdownTable([head, ...cells], ["left", "left", "left", "right", "right", "right"]);
}
