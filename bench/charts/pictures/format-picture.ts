import { framesCase } from "../../suite/cases.js";
import type { Subject } from "../../suite/figures.js";
import { ours, type Standing } from "../../suite/standing.js";
import type { Block, Column } from "../bar-grid.js";
import { formatCount, formatRatio, formatTick } from "../format.js";
import { hasFigures, onOneAxis, type Picture } from "./picture.js";

const formats: readonly string[] = ["JSON", "msgpackr", "msgpackr records", "avsc"];
/** Formats of a run of packets: the name of the library and of the format. */
const runFormats: readonly (readonly [peer: string, title: string])[] = [
  ["JSON", "JSON"],
  ["cbor-x", "cbor-x"],
  ["msgpackr", "msgpackr"],
  ["msgpackr records", "msgpackr records"],
  ["avsc", "avsc"],
  ["gzip of protobuf", "gzip of protobuf"],
  ["frames", "compact frames"],
];

/** How many bytes each message takes in each format. */
export function formatPicture(standing: Standing, subjects: readonly Subject[]): Picture[] {
  const run = standing.figures.subjects.filter(({ case: name }) => name === framesCase);
  const blocks = [
    ...messageBlock(standing, subjects),
    ...run.flatMap((one) => runBlock(standing, one)),
  ];
  if (blocks.length === 0) return [];
  return [
    {
      name: "formats",
      question: "How many bytes does each format take?",
      grid: {
        title: "Bytes of other formats, as multiples of those of protobuf",
        explanation: "Records and compact frames send names once for many messages.",
        keys: [
          { title: "larger than protobuf", color: "good" },
          { title: "smaller than protobuf", color: "bad" },
          { title: "protobuf", color: "mark" },
        ],
        blocks,
      },
    },
  ];
}

function messageBlock(standing: Standing, subjects: readonly Subject[]): Block[] {
  const known = subjects.flatMap(({ case: name, title }) => {
    const own = bytesOf(standing, name, ours);
    return own === undefined ? [] : [{ name, title, own }];
  });
  const columns = formats
    .map(
      (format): Omit<Column, "max"> => ({
        title: format,
        cells: known.map(({ name, own }) => {
          const bytes = bytesOf(standing, name, format);
          return bytes === undefined ? undefined : cellOf(bytes / own);
        }),
        mark: 1,
        format: (value) => formatTick(`${value.toFixed(1)} x`),
      }),
    )
    .filter((column) => hasFigures([column]));
  if (columns.length === 0) return [];
  const rows = known.map(({ title, own }) => ({ name: title, note: formatCount(own) }));
  return [{ title: "", noteTitle: "protobuf", rows, columns: onOneAxis(columns) }];
}

/** The formats of one run as rows, because most of them have no figure for other messages. */
function runBlock(standing: Standing, { case: name, title }: Subject): Block[] {
  const own = bytesOf(standing, name, ours);
  if (own === undefined) return [];
  const sizes = runFormats.flatMap(([peer, format]) => {
    const bytes = bytesOf(standing, name, peer);
    return bytes === undefined ? [] : [{ format, bytes }];
  });
  const column = {
    title: "",
    cells: sizes.map(({ bytes }) => cellOf(bytes / own)),
    mark: 1,
    format: (value: number) => formatTick(`${value.toFixed(1)} x`),
  };
  if (sizes.length === 0) return [];
  const rows = sizes.map(({ format, bytes }) => ({ name: format, note: formatCount(bytes) }));
  return [
    {
      title: `${title}: ${formatCount(own)} bytes of protobuf`,
      noteTitle: "bytes",
      rows,
      columns: onOneAxis([column]),
    },
  ];
}

function cellOf(ratio: number) {
  return { value: ratio, label: formatRatio(ratio), color: ratio < 1 ? "bad" : "good" } as const;
}

/** The mean bytes of a message. */
function bytesOf(standing: Standing, name: string, peer: string): number | undefined {
  return standing.find(name, "encode", peer)?.bytes ?? undefined;
}
