import type { Subject } from "../suite/figures.js";
import { type Operation, operationTitles } from "../suite/operations.js";
import { ours, type Standing } from "../suite/standing.js";
import { type DotPanel, type DotPicture, type DotRow, dotsHeight, dotsOption } from "./dots.js";
import type { Picture } from "./draw.js";
import { formatRatio, formatTime } from "./format.js";

const shown: readonly Operation[] = ["jsonIn", "jsonOut", "check"];
const libraries: readonly string[] = [
  ours,
  "protobuf-es",
  "JSON",
  "ts-proto",
  "protobufjs",
  "@protobuf-ts",
  "ajv",
  "protovalidate",
];

/** What JSON and rules cost for the cases. Undefined where they were not measured. */
export function doorsPicture(
  standing: Standing,
  subjects: readonly Subject[],
): Picture | undefined {
  const panels = shown.flatMap((operation): DotPanel[] => {
    const rows = subjects.flatMap((subject) => rowsOf(standing, subject, operation));
    return rows.length === 0 ? [] : [{ title: operationTitles[operation], rows }];
  });
  if (panels.length === 0) return undefined;
  const names = libraries.filter((library) =>
    panels.some(({ rows }) => rows.some(({ values }) => values[library] !== undefined)),
  );
  const picture: DotPicture = {
    title: "JSON and rules",
    explanation: `Logarithmic scale; further left is faster. The time of ${ours} stands on the right.\nJSON: JSON.parse and JSON.stringify alone, without a rule; ajv, JSON in: JSON.parse and its rules.`,
    libraries: names,
    panels,
    scale: "log",
    format: formatTime,
  };
  const words = panels.map(({ title, rows }) => `${title}: ${rows.map(wordsOf).join(", ")}`);
  return {
    name: "json-and-rules",
    alt: `Points of the time for JSON and rules, of ${names.join(", ")}. ${words.join(". ")}.`,
    height: dotsHeight(picture),
    option: (theme) => dotsOption(picture, theme),
  };
}

function rowsOf(standing: Standing, { case: id, title }: Subject, operation: Operation): DotRow[] {
  const mine = standing.find(id, operation, ours);
  if (mine === undefined) return [];
  const entries = libraries.flatMap((library): [string, number][] => {
    const row = standing.find(id, operation, library);
    return row === undefined ? [] : [[library, row.ns]];
  });
  return [{ name: title, own: formatTime(mine.ns), values: Object.fromEntries(entries) }];
}

function wordsOf({ name, own, values }: DotRow): string {
  const [floor, mine] = [values["JSON"], values[ours]];
  if (floor === undefined || mine === undefined) return `${name} ${own}`;
  return `${name} ${own} (${formatRatio(mine / floor)} JSON alone)`;
}
