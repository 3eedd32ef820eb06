import { type Operation, operationTitles } from "../../suite/operations.js";
import { ours, type Standing } from "../../suite/standing.js";
import type { Block, Column } from "../bar-grid.js";
import { formatCount, formatTick, formatTime } from "../format.js";
import { hasFigures, onOneAxis, type Picture } from "./picture.js";

const shown: readonly Operation[] = ["encode", "decode"];
const peers: readonly string[] = [
  ours,
  "protobuf-es",
  "protobufjs",
  "ts-proto",
  "JSON",
  "msgpackr records",
];

/** What one seed costs in packets of more and more seeds. */
export function seedsPicture(standing: Standing): Picture[] {
  const blocks = shown.flatMap((operation) => blockOf(standing, operation));
  if (blocks.length === 0) return [];
  return [
    {
      name: "seeds",
      question: "Does the cost grow faster than the packet?",
      grid: {
        title: "Time for one seed of a SystemStatePacket, by the number of its seeds",
        explanation:
          "Bars that stay as long from row to row: time grows as the seeds do. Each seed has five metrics.",
        keys: [
          { title: "concord", color: "good" },
          { title: "other libraries", color: "other" },
        ],
        blocks,
      },
    },
  ];
}

function blockOf(standing: Standing, operation: Operation): Block[] {
  const packets = standing.figures.subjects.flatMap(({ case: name, seeds }) =>
    seeds === undefined || standing.find(name, operation, ours) === undefined
      ? []
      : [{ name, seeds }],
  );
  const columns = peers
    .map(
      (peer): Omit<Column, "max"> => ({
        title: peer,
        cells: packets.map(({ name, seeds }) => {
          const row = standing.find(name, operation, peer);
          if (row === undefined) return undefined;
          const value = row.ns / seeds;
          return { value, label: formatTime(value), color: peer === ours ? "good" : "other" };
        }),
        format: (value) => formatTick(formatTime(value)),
      }),
    )
    .filter((column) => hasFigures([column]));
  if (columns.length === 0) return [];
  const rows = packets.map(({ seeds }) => ({ name: `${formatCount(seeds)} seeds` }));
  return [{ title: operationTitles[operation], rows, columns: onOneAxis(columns) }];
}
