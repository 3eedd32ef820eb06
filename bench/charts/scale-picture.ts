import { type Operation, operationTitles } from "../suite/operations.js";
import { ours, type Standing } from "../suite/standing.js";
import { fontSize, heading, margin, type Picture, pictureWidth } from "./draw.js";
import { formatTick, formatTime } from "./format.js";
import type { ChartOption } from "./render-svg.mjs";
import { fitSlope } from "./slope.js";
import { seriesSymbols, type Theme } from "./theme.js";

const shown: readonly Operation[] = ["encode", "decode", "check", "jsonIn", "jsonOut"];

/** Whose lines are drawn, each always in its own colour. */
export const linePeers: readonly string[] = [
  ours,
  "protobuf-es",
  "protobufjs",
  "ts-proto",
  "JSON",
  "msgpackr records",
];
/** They check only, and take the colours of libraries that do not. */
const lineCheckers: readonly string[] = [ours, "protovalidate", "ajv"];

/** The packet whose seeds have no metrics: it is drawn, but a line through the others is not bent by it. */
const smallest = { case: "state-1", seeds: 1 };

const panel = { top: 84, width: 336, height: 236, left: 74, head: 26, foot: 74 };

/** One line: what a library takes for packets of more and more seeds. */
export interface ScaleLine {
  readonly operation: Operation;
  readonly peer: string;
  readonly points: readonly (readonly [seeds: number, ns: number])[];
  /** 1 where time grows as the seeds do. Undefined where there is one size only. */
  readonly slope: number | undefined;
}

/** All lines of the picture, of the packets whose number of seeds is known. */
export function scaleLines(standing: Standing): ScaleLine[] {
  const sizes = standing.figures.subjects.flatMap(({ case: name, seeds }) =>
    seeds === undefined ? [] : [{ case: name, seeds }],
  );
  return shown.flatMap((operation) => {
    const peers = operation === "check" ? lineCheckers : linePeers;
    return peers.flatMap((peer): ScaleLine[] => {
      const pointsOf = (of: readonly { readonly case: string; readonly seeds: number }[]) =>
        of.flatMap(({ case: name, seeds }): [number, number][] => {
          const row = standing.find(name, operation, peer);
          return row === undefined ? [] : [[seeds, row.ns]];
        });
      const fitted = pointsOf(sizes);
      if (fitted.length === 0) return [];
      const points = [...pointsOf([smallest]), ...fitted].sort(([one], [other]) => one - other);
      return [{ operation, peer, points, slope: fitSlope(fitted) }];
    });
  });
}

/** What more seeds cost. Undefined where no packet of many seeds was measured. */
export function scalePicture(standing: Standing): Picture | undefined {
  const lines = scaleLines(standing);
  const operations = shown.filter((operation) =>
    lines.some((line) => line.operation === operation),
  );
  if (operations.length === 0) return undefined;
  const slopes = lines
    .filter(({ peer }) => peer === ours)
    .map((line) => `${operationTitles[line.operation]} ${slopeWords(line)}`);
  const rows = Math.ceil(operations.length / 2);
  return {
    name: "scale",
    alt: `Lines of time against the number of seeds in a packet, both logarithmic, for ${ours} and others. ${ours}: ${slopes.join(", ")}. A slope of 1 is a cost that grows as the seeds do.`,
    height: panel.top + rows * (panel.height + panel.head + panel.foot) - 20,
    option: (theme) => optionOf(lines, operations, theme),
  };
}

function slopeWords({ slope }: ScaleLine): string {
  return slope === undefined ? "one size only" : `slope ${slope.toFixed(2)}`;
}

function optionOf(
  lines: readonly ScaleLine[],
  operations: readonly Operation[],
  theme: Theme,
): ChartOption {
  const place = (index: number) => ({
    left: panel.left + (index % 2) * (pictureWidth / 2),
    top: panel.top + panel.head + Math.floor(index / 2) * (panel.height + panel.head + panel.foot),
  });
  const titleOf = (line: ScaleLine): string => `${line.peer}, ${slopeWords(line)}`;
  const axis = (gridIndex: number) => ({
    gridIndex,
    type: "log",
    axisLine: { show: true, lineStyle: { color: theme.line } },
    axisTick: { show: false },
    minorTick: { show: false },
    splitLine: { lineStyle: { color: theme.line } },
  });
  return {
    title: [
      heading("Cost against seeds", theme, { left: margin, top: margin }, 16),
      {
        ...heading(
          "SystemStatePacket, five metrics for each seed; both axes are logarithmic; slope 1: time grows as the seeds do.\nThe packet of 1 seed has no metrics for it and is no part of the slopes.",
          theme,
          { left: margin, top: 42 },
        ),
        textStyle: { fontSize, fontWeight: 400, color: theme.muted, lineHeight: 17 },
      },
      ...operations.map((operation, index) =>
        heading(operationTitles[operation], theme, {
          left: place(index).left,
          top: place(index).top - 22,
        }),
      ),
    ],
    grid: operations.map((_, index) => ({
      ...place(index),
      width: panel.width,
      height: panel.height,
    })),
    xAxis: operations.map((_, index) => ({
      ...axis(index),
      min: 1,
      name: "seeds",
      nameLocation: "middle",
      nameGap: 26,
      nameTextStyle: { color: theme.muted, fontSize },
      axisLabel: {
        color: theme.muted,
        fontSize,
        formatter: (value: number) => value.toLocaleString("en-US"),
      },
    })),
    yAxis: operations.map((operation, index) => ({
      ...axis(index),
      min: 10 ** Math.floor(Math.log10(minOf(lines, operation))),
      axisLabel: {
        color: theme.muted,
        fontSize,
        formatter: (value: number) => formatTick(formatTime(value)),
      },
    })),
    legend: operations.map((operation, index) => ({
      data: lines.filter((line) => line.operation === operation).map(keyOf),
      orient: "vertical",
      backgroundColor: theme.background,
      left: place(index).left + 4,
      top: place(index).top + 2,
      padding: 2,
      itemGap: 3,
      itemWidth: 18,
      itemHeight: 8,
      selectedMode: false,
      textStyle: { color: theme.text, fontSize },
      formatter: (key: string) => {
        const line = lines.find((one) => keyOf(one) === key);
        return line === undefined ? key : titleOf(line);
      },
    })),
    series: lines.map((line) => {
      const index = operations.indexOf(line.operation);
      const peers = line.operation === "check" ? lineCheckers : linePeers;
      const rank = peers.indexOf(line.peer);
      const color = theme.series[rank] ?? theme.text;
      return {
        type: "line",
        name: keyOf(line),
        xAxisIndex: index,
        yAxisIndex: index,
        data: line.points,
        silent: true,
        emphasis: { disabled: true },
        symbol: seriesSymbols[rank] ?? "circle",
        symbolSize: 7,
        z: line.peer === ours ? 4 : 2,
        lineStyle: { width: line.peer === ours ? 3 : 1.5, color },
        itemStyle: { color },
      };
    }),
  };
}

function keyOf({ operation, peer }: ScaleLine): string {
  return `${operation} ${peer}`;
}

function minOf(lines: readonly ScaleLine[], operation: Operation): number {
  const times = lines
    .filter((line) => line.operation === operation)
    .flatMap(({ points }) => points.map(([, ns]) => ns));
  return Math.min(...times);
}
