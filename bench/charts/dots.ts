import { fontSize, heading, margin, pictureWidth, textWidth } from "./draw.js";
import { formatTick } from "./format.js";
import type { ChartOption } from "./render-svg.mjs";
import { seriesSymbols, type Theme } from "./theme.js";

/** Rows of points: one row for each case, one kind of point for each library. */
export interface DotPanel {
  readonly title: string;
  readonly rows: readonly DotRow[];
}

export interface DotRow {
  readonly name: string;
  /** Our figure in words, at the end of the row. */
  readonly own: string;
  /** By the name of the library. */
  readonly values: Readonly<Record<string, number>>;
}

/** Panels of points, one below the other. */
export interface DotPicture {
  readonly title: string;
  readonly explanation: string;
  /** All libraries, ours first. */
  readonly libraries: readonly string[];
  readonly panels: readonly DotPanel[];
  readonly scale: "log" | "value";
  readonly format: (value: number) => string;
}

const top = 112;
/** Ours is the largest; the last shapes are thin. */
const symbolSizes = [13, 10, 10, 10, 10, 10, 13, 15];
const panelHead = 26;
const panelFoot = 40;
const rowHeight = 26;

/** The height of the picture, in pixels of the page. */
export function dotsHeight({ panels }: DotPicture): number {
  return panels.reduce((sum, panel) => sum + heightOf(panel), top);
}

function heightOf({ rows }: DotPanel): number {
  return panelHead + rows.length * rowHeight + panelFoot;
}

/** The picture for echarts. */
export function dotsOption(picture: DotPicture, theme: Theme): ChartOption {
  const { title, explanation, libraries, panels } = picture;
  const rows = panels.flatMap((panel) => panel.rows);
  const left = margin + Math.max(...rows.map(({ name }) => textWidth(name))) + 8;
  const right = margin + Math.max(...rows.map(({ own }) => textWidth(own))) + 16;
  const grids = panels.map((panel, index) => {
    const above = panels.slice(0, index).reduce((sum, other) => sum + heightOf(other), top);
    return {
      left,
      top: above + panelHead,
      width: pictureWidth - left - right,
      height: panel.rows.length * rowHeight,
    };
  });
  return {
    title: [
      heading(title, theme, { left: margin, top: margin }, 16),
      {
        ...heading(explanation, theme, { left: margin, top: 42 }),
        textStyle: { fontSize, fontWeight: 400, color: theme.muted, lineHeight: 17 },
      },
      ...panels.map((panel, index) =>
        heading(panel.title, theme, { left: margin, top: (grids[index]?.top ?? 0) - 22 }),
      ),
    ],
    legend: {
      data: [...libraries],
      left: margin - 4,
      top: 82,
      padding: 0,
      itemGap: 22,
      itemWidth: 12,
      itemHeight: 10,
      selectedMode: false,
      textStyle: { color: theme.text, fontSize },
    },
    grid: grids,
    xAxis: panels.map((_, index) => valueAxis(picture, index, theme)),
    yAxis: panels.flatMap((panel, index) => [
      caseAxis(panel, index, theme, "left"),
      caseAxis(panel, index, theme, "right"),
    ]),
    series: panels.flatMap((panel, index) =>
      libraries.map((library, rank) => seriesOf(panel, index, library, rank, theme)),
    ),
  };
}

function valueAxis(
  { scale, format, panels }: DotPicture,
  gridIndex: number,
  theme: Theme,
): ChartOption {
  const values = (panels[gridIndex]?.rows ?? []).flatMap((row) => Object.values(row.values));
  return {
    gridIndex,
    type: scale,
    min: scale === "log" ? 10 ** Math.floor(Math.log10(Math.min(...values))) : 0,
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: theme.line } },
    axisLabel: {
      color: theme.muted,
      fontSize,
      formatter: (value: number) => formatTick(format(value)),
    },
  };
}

/** The names of the rows on the left, our figures on the right. */
function caseAxis(
  { rows }: DotPanel,
  gridIndex: number,
  theme: Theme,
  position: "left" | "right",
): ChartOption {
  const isLeft = position === "left";
  return {
    gridIndex,
    position,
    type: "category",
    inverse: true,
    data: rows.map(({ name }) => name),
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { show: isLeft, lineStyle: { color: theme.line, type: "dotted" } },
    axisLabel: {
      color: theme.text,
      fontSize,
      fontWeight: isLeft ? 400 : 700,
      interval: 0,
      margin: isLeft ? 10 : 16,
      formatter: (name: string, index: number) => (isLeft ? name : (rows[index]?.own ?? "")),
    },
  };
}

function seriesOf(
  { rows }: DotPanel,
  index: number,
  library: string,
  rank: number,
  theme: Theme,
): ChartOption {
  return {
    type: "scatter",
    name: library,
    xAxisIndex: index,
    yAxisIndex: index * 2,
    silent: true,
    emphasis: { disabled: true },
    symbol: seriesSymbols[rank] ?? "circle",
    symbolSize: symbolSizes[rank] ?? 10,
    // Ours lies above the others where they meet.
    z: rank === 0 ? 4 : 3,
    itemStyle: {
      color: theme.series[rank] ?? theme.text,
      opacity: 1,
      borderColor: theme.background,
      borderWidth: 1,
    },
    data: rows.flatMap(({ values }, row) => {
      const value = values[library];
      return value === undefined ? [] : [[value, row]];
    }),
  };
}
