import { fontSize, heading, type Key, keyLine, margin, pictureWidth, textWidth } from "./draw.js";
import { formatTick } from "./format.js";
import type { ChartOption } from "./render-svg.mjs";
import type { Theme } from "./theme.js";

/** One bar. */
export interface Bar {
  readonly name: string;
  /** The pieces that it is made of; most bars have one. */
  readonly pieces: readonly { readonly value: number; color(theme: Theme): string }[];
  /** What stands at its end. */
  readonly label: string;
  /** True for ours. */
  readonly strong?: boolean;
}

/** Bars that are compared with each other. */
export interface BarPanel {
  readonly title: string;
  readonly bars: readonly Bar[];
}

/** Panels of horizontal bars, in lines of so many. */
export interface BarPicture {
  readonly title: string;
  readonly keys: (theme: Theme) => readonly Key[];
  readonly panels: readonly BarPanel[];
  readonly columns: 1 | 2;
  /** The words of a value below the bars. */
  readonly format: (value: number) => string;
}

const top = 72;
const panelHead = 28;
const bareHead = 6;
const panelFoot = 46;
const barHeight = 20;
/** From which factor between the largest and the smallest bar on the axis is logarithmic. */
const maxFactor = 40;

interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The height of the picture, in pixels of the page. */
export function barsHeight({ panels, columns }: BarPicture): number {
  return places(panels, columns).reduce(
    (most, place) => Math.max(most, place.top + place.height + panelFoot),
    top,
  );
}

/**
 * True when the bars of a panel are too different for an axis that begins at 0. Pieces only add up on one
 * that does.
 */
export function isLogarithmic({ bars }: BarPanel): boolean {
  if (bars.some(({ pieces }) => pieces.length > 1)) return false;
  const totals = bars.map(totalOf);
  return Math.max(...totals) > maxFactor * Math.min(...totals);
}

/** The picture for echarts. */
export function barsOption(picture: BarPicture, theme: Theme): ChartOption {
  const { title, keys, panels, columns, format } = picture;
  const all = places(panels, columns);
  const placeOf = (index: number): Place => all[index] ?? { left: 0, top: 0, width: 0, height: 0 };
  return {
    title: [
      heading(title, theme, { left: margin, top: margin }, 16),
      ...panels.map((panel, index) => {
        const { left, top } = placeOf(index);
        const name = isLogarithmic(panel) ? `${panel.title} (logarithmic scale)` : panel.title;
        return heading(name, theme, { left: left - nameWidth(panel) + 4, top: top - panelHead });
      }),
    ],
    graphic: keyLine(keys(theme), theme, 44),
    grid: panels.map((_, index) => placeOf(index)),
    xAxis: panels.map((panel, index) => valueAxis(panel, index, format, theme)),
    yAxis: panels.map((panel, index) => nameAxis(panel, index, theme)),
    series: panels.flatMap((panel, index) => seriesOf(panel, index, theme)),
  };
}

function totalOf({ pieces }: Bar): number {
  return pieces.reduce((sum, { value }) => sum + value, 0);
}

function nameWidth({ bars }: BarPanel): number {
  return Math.max(...bars.map(({ name }) => textWidth(name))) + 12;
}

function labelWidth({ bars }: BarPanel): number {
  return Math.max(...bars.map(({ label }) => textWidth(label))) + 10;
}

function places(panels: readonly BarPanel[], columns: number): Place[] {
  const width = (pictureWidth - margin * (columns + 1)) / columns;
  const result: Place[] = [];
  const head = panels.every(({ title }) => title === "") ? bareHead : panelHead;
  let line = top + head;
  for (let first = 0; first < panels.length; first += columns) {
    const inLine = panels.slice(first, first + columns);
    for (const [column, panel] of inLine.entries()) {
      const start = margin + column * (width + margin);
      const left = start + nameWidth(panel);
      const end = start + width - labelWidth(panel);
      result.push({ left, top: line, width: end - left, height: panel.bars.length * barHeight });
    }
    const rows = Math.max(...inLine.map(({ bars }) => bars.length));
    line += rows * barHeight + panelFoot + head;
  }
  return result;
}

function valueAxis(
  panel: BarPanel,
  gridIndex: number,
  format: (value: number) => string,
  theme: Theme,
): ChartOption {
  const totals = panel.bars.map(totalOf);
  const scale = isLogarithmic(panel)
    ? // A bar that begins at its own value would not be seen.
      {
        type: "log",
        min: 10 ** Math.floor(Math.log10(Math.min(...totals) / 1.5)),
        max: Math.max(...totals),
      }
    : { type: "value", min: 0, max: Math.max(...totals), splitNumber: 3 };
  return {
    gridIndex,
    ...scale,
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { showMaxLine: false, lineStyle: { color: theme.line } },
    axisLabel: {
      color: theme.muted,
      fontSize,
      showMaxLabel: false,
      hideOverlap: true,
      formatter: (value: number) => (value === 0 ? "0" : formatTick(format(value))),
    },
  };
}

function nameAxis({ bars }: BarPanel, gridIndex: number, theme: Theme): ChartOption {
  const strong = new Set(bars.filter((bar) => bar.strong === true).map(({ name }) => name));
  return {
    gridIndex,
    type: "category",
    inverse: true,
    data: bars.map(({ name }) => name),
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: {
      color: theme.text,
      fontSize,
      interval: 0,
      margin: 6,
      rich: { strong: { fontWeight: 700, fontSize, color: theme.text } },
      formatter: (name: string) => (strong.has(name) ? `{strong|${name}}` : name),
    },
  };
}

function seriesOf({ bars }: BarPanel, index: number, theme: Theme): ChartOption[] {
  const count = Math.max(...bars.map(({ pieces }) => pieces.length));
  return Array.from({ length: count }, (_, piece) => ({
    type: "bar",
    stack: `panel ${index}`,
    xAxisIndex: index,
    yAxisIndex: index,
    barWidth: 13,
    silent: true,
    emphasis: { disabled: true },
    data: bars.map((bar) => ({
      value: bar.pieces[piece]?.value ?? 0,
      itemStyle: { color: bar.pieces[piece]?.color(theme) ?? theme.text },
      label: {
        show: piece === count - 1,
        position: "right",
        formatter: () => bar.label,
        color: theme.text,
        fontSize,
        fontWeight: bar.strong === true ? 700 : 400,
      },
    })),
  }));
}
