import type { Subject } from "../suite/figures.js";
import { ours, type Standing } from "../suite/standing.js";
import { type DotPicture, type DotRow, dotsHeight, dotsOption } from "./dots.js";
import type { Picture } from "./draw.js";
import { formatCount, formatRatio } from "./format.js";

/** What each format is called, and the library whose bytes stand for it, ours first. */
const formats: readonly (readonly [title: string, peer: string])[] = [
  ["protobuf", ours],
  ["JSON", "JSON"],
  ["msgpackr", "msgpackr"],
  ["msgpackr records", "msgpackr records"],
  ["cbor-x", "cbor-x"],
  ["avsc", "avsc"],
  ["frames", "frames"],
  ["gzip of protobuf", "gzip of protobuf"],
];

/** The size of each case in each format, beside that of protobuf. Undefined where no size is known. */
export function sizesPicture(
  standing: Standing,
  subjects: readonly Subject[],
): Picture | undefined {
  const rows = subjects.flatMap((subject) => rowsOf(standing, subject));
  if (rows.length === 0) return undefined;
  const titles = formats
    .map(([title]) => title)
    .filter((title) => rows.some(({ values }) => values[title] !== undefined));
  const picture: DotPicture = {
    title: "Bytes by format",
    explanation:
      "How many times the bytes of protobuf, which stand on the right; further left is smaller.\nRecords and frames send names once for many messages.",
    libraries: titles,
    panels: [{ title: "", rows }],
    scale: "value",
    format: (value) => `${value} x`,
  };
  const words = rows.map(({ name, own, values }) => {
    const others = titles.slice(1).flatMap((title) => {
      const value = values[title];
      return value === undefined ? [] : [`${title} ${formatRatio(value)}`];
    });
    return `${name}: ${own}, ${others.join(", ")}`;
  });
  return {
    name: "formats",
    alt: `Points of the bytes in each format, as multiples of those of protobuf. ${words.join("; ")}.`,
    height: dotsHeight(picture),
    option: (theme) => dotsOption(picture, theme),
  };
}

/** The mean bytes of a case in each format. */
function rowsOf(standing: Standing, { case: id, title }: Subject): DotRow[] {
  const sizeOf = (peer: string): number | undefined =>
    standing.find(id, "encode", peer)?.bytes ?? undefined;
  const own = sizeOf(ours);
  if (own === undefined) return [];
  const values = formats.flatMap(([format, peer]): [string, number][] => {
    const bytes = sizeOf(peer);
    return bytes === undefined ? [] : [[format, bytes / own]];
  });
  return [{ name: title, own: `${formatCount(own)} bytes`, values: Object.fromEntries(values) }];
}
