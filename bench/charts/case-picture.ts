import type { Subject } from "../suite/figures.js";
import { type Operation, operationTitles } from "../suite/operations.js";
import { ours, type Standing } from "../suite/standing.js";
import { type Bar, type BarPanel, barsHeight, barsOption } from "./bars.js";
import type { Picture } from "./draw.js";
import { formatRange, formatRatio, formatTime } from "./format.js";
import { kindTitles, type Theme } from "./theme.js";

const shown: readonly Operation[] = ["encode", "decode"];

/** What all libraries take to encode and decode the messages of a case. Undefined where nothing was measured. */
export function casePicture(standing: Standing, subject: Subject): Picture | undefined {
  const rows = standing.figures.cases.filter(
    (row) => row.case === subject.case && row.process === standing.process,
  );
  const panels = shown.flatMap((operation): BarPanel[] => {
    const bars = rows
      .filter((row) => row.operation === operation)
      .sort((one, other) => one.ns - other.ns)
      .map(
        ({ peer, kind, ns }): Bar => ({
          name: peer,
          pieces: [{ value: ns, color: (theme) => theme.kinds[kind] }],
          label: formatTime(ns),
          strong: kind === "ours",
        }),
      );
    return bars.length === 0 ? [] : [{ title: operationTitles[operation], bars }];
  });
  if (panels.length === 0) return undefined;
  const kinds = new Set(
    rows.filter(({ operation }) => shown.includes(operation)).map(({ kind }) => kind),
  );
  const picture = {
    title: `${subject.title} (${formatRange(subject.bytes)} bytes)`,
    keys: (theme: Theme) =>
      [...kinds].map((kind) => ({ title: kindTitles[kind], color: theme.kinds[kind] })),
    panels,
    columns: 2,
    format: formatTime,
  } as const;
  return {
    name: `case-${subject.case}`,
    alt: `Bars of the time that each library takes for ${subject.title}. ${shown.map((operation) => sentence(standing, subject.case, operation)).join(" ")}`,
    height: barsHeight(picture),
    option: (theme) => barsOption(picture, theme),
  };
}

/** Our time, and that of the fastest other library. */
function sentence(standing: Standing, name: string, operation: Operation): string {
  const mine = standing.find(name, operation, ours);
  const [best] = standing.figures.cases
    .filter(
      (row) =>
        row.case === name &&
        row.operation === operation &&
        row.process === standing.process &&
        (row.kind === "protobuf" || row.kind === "format"),
    )
    .sort((one, other) => one.ns - other.ns);
  const title = operationTitles[operation];
  if (mine === undefined) return `${ours} was not measured for ${title}.`;
  const own = `${ours}, ${title}: ${formatTime(mine.ns)}`;
  if (best === undefined) return `${own}.`;
  const ratio = formatRatio(best.ns / mine.ns);
  return `${own}; the fastest other library, ${best.peer}: ${formatTime(best.ns)} (${ratio} as long).`;
}
