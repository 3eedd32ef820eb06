import type { Subject } from "../../suite/figures.js";
import type { Operation } from "../../suite/operations.js";
import { ours, type Standing } from "../../suite/standing.js";
import type { Block, Cell, Column } from "../bar-grid.js";
import { formatRatio, formatTick, formatTime } from "../format.js";
import { hasFigures, onOneAxis, type Picture } from "./picture.js";

/** A part of a picture: one operation, and the libraries that are compared with ours. */
interface Comparison {
  readonly title: string;
  readonly operation: Operation;
  /** The name of each library in the figures, and in the picture where that is another one. */
  readonly peers: readonly (readonly [peer: string, title?: string])[];
}

interface Plan extends Pick<Picture, "name" | "question"> {
  readonly title: string;
  readonly parts: readonly Comparison[];
}

const plans: readonly Plan[] = [
  {
    name: "encode",
    question: "How fast does it encode?",
    title: "Encode: time of other libraries, as multiples of concord's",
    parts: [
      {
        title: "",
        operation: "encode",
        peers: [["protobuf-es"], ["protobufjs"], ["msgpackr records"], ["JSON", "JSON.stringify"]],
      },
    ],
  },
  {
    name: "decode",
    question: "How fast does it decode?",
    title: "Decode: time of other libraries, as multiples of concord's",
    parts: [
      {
        title: "",
        operation: "decode",
        peers: [["protobuf-es"], ["protobufjs"], ["msgpackr records"], ["JSON", "JSON.parse"]],
      },
    ],
  },
  {
    name: "json",
    question: "What does JSON cost?",
    title: "JSON: time of other libraries, as multiples of concord's",
    parts: [
      {
        title: "JSON in: text to checked message",
        operation: "jsonIn",
        peers: [["protobuf-es"], ["protobufjs"], ["ts-proto"], ["JSON", "JSON.parse alone"]],
      },
      {
        title: "JSON out: checked message to text",
        operation: "jsonOut",
        peers: [["protobuf-es"], ["protobufjs"], ["ts-proto"], ["JSON", "JSON.stringify alone"]],
      },
    ],
  },
  {
    name: "rules",
    question: "What do the rules cost?",
    title: "Rules: time of other checkers, as multiples of concord's",
    parts: [
      { title: "Check", operation: "check", peers: [["protovalidate"], ["ajv"]] },
      {
        title: "Decode, then check",
        operation: "validatedDecode",
        peers: [
          ["protovalidate", "protobuf-es + protovalidate"],
          ["ajv", "JSON.parse + ajv"],
        ],
      },
    ],
  },
];

const legend = {
  explanation: "The time of the library divided by that of concord: at 2 x it takes twice as long.",
  keys: [
    { title: "slower than concord", color: "good" },
    { title: "faster than concord", color: "bad" },
    { title: "concord", color: "mark" },
  ],
} as const;

/** Encode, decode, JSON and rules beside other libraries. Without what was not measured. */
export function speedPictures(standing: Standing, subjects: readonly Subject[]): Picture[] {
  return plans.flatMap(({ name, question, title, parts }): Picture[] => {
    const blocks = parts.flatMap((part) => blockOf(standing, subjects, part));
    if (blocks.length === 0) return [];
    return [{ name, question, grid: { title, ...legend, blocks } }];
  });
}

function blockOf(
  standing: Standing,
  subjects: readonly Subject[],
  { title, operation, peers }: Comparison,
): Block[] {
  const measured = subjects.filter(
    ({ case: name }) => standing.find(name, operation, ours) !== undefined,
  );
  const columns = peers
    .map(
      ([peer, shown = peer]): Omit<Column, "max"> => ({
        title: shown,
        cells: measured.map(({ case: name }) => cellOf(standing.ratio(name, operation, peer))),
        mark: 1,
        format: (value) => formatTick(`${value.toFixed(1)} x`),
      }),
    )
    .filter((column) => hasFigures([column]));
  if (columns.length === 0) return [];
  const rows = measured.map(({ case: name, title: message }) => {
    const time = standing.find(name, operation, ours)?.ns;
    return { name: message, ...(time === undefined ? {} : { note: formatTime(time) }) };
  });
  return [{ title, noteTitle: ours, rows, columns: onOneAxis(columns) }];
}

function cellOf(ratio: number | undefined): Cell | undefined {
  if (ratio === undefined) return undefined;
  return { value: ratio, label: formatRatio(ratio), color: ratio < 1 ? "bad" : "good" };
}
