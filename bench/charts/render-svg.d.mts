/** What echarts takes as its option. */
export type ChartOption = Readonly<Record<string, unknown>>;

/** Draws a chart of echarts, without a browser. The size is in pixels. Gives the text of an SVG file. */
export function renderSvg(
  option: ChartOption,
  size: { readonly width: number; readonly height: number },
): string;
