import { pictureWidth, svgDocument, svgLine, svgRect, svgText, textWidth } from "./svg.js";
import type { BarColor, Theme } from "./theme.js";

/** Rows of bars in columns, each column with a linear axis that begins at 0. */
export interface BarGrid {
  readonly title: string;
  /** How to read it, in one line. */
  readonly explanation: string;
  readonly keys: readonly Key[];
  readonly blocks: readonly Block[];
}

/** An entry of the legend: a coloured box, or the dashed line of the marks. */
interface Key {
  readonly title: string;
  readonly color: BarColor | "mark";
}

/** A table of bars. A picture has one or two of them, one below the other. */
export interface Block {
  readonly title: string;
  /** The heading above the notes of the rows. */
  readonly noteTitle?: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column[];
}

interface Row {
  readonly name: string;
  /** A figure between the name and the bars. */
  readonly note?: string;
  readonly bold?: boolean;
}

export interface Column {
  readonly title: string;
  /** In the order of the rows; undefined where there is no figure. */
  readonly cells: readonly (Cell | undefined)[];
  /** The end of the axis. */
  readonly max: number;
  /** The value at which a dashed line crosses all rows. */
  readonly mark?: number;
  /** The text of a value below the axis. */
  readonly format: (value: number) => string;
}

export interface Cell {
  readonly value: number;
  readonly label: string;
  readonly color: BarColor;
}

const margin = 16;
const rowHeight = 21;
const barHeight = 13;
const columnGap = 18;
/** From the top of the picture to its first block. */
const headHeight = 92;
const titleHeight = 24;
const lineHeight = 14;
/** From the last row of a block to its end: the values of the axes. */
const footHeight = 36;

/** The height of the picture, in pixels. */
export function gridHeight({ blocks }: BarGrid): number {
  return blocks.reduce((sum, block) => sum + blockHeight(block), headHeight);
}

/** The text of the SVG file. */
export function drawGrid(grid: BarGrid, alt: string, theme: Theme): string {
  let top = headHeight;
  const blocks = grid.blocks.flatMap((block) => {
    const elements = drawBlock(block, top, theme);
    top += blockHeight(block);
    return elements;
  });
  const elements = [
    svgText(margin, 26, grid.title, { fill: theme.text, bold: true, size: 16 }),
    svgText(margin, 50, grid.explanation, { fill: theme.muted }),
    ...drawKeys(usedKeys(grid), theme),
    ...blocks,
  ];
  return svgDocument(gridHeight(grid), alt, theme, elements);
}

function blockHeight(block: Block): number {
  const { firstRow } = layoutOf(block);
  return firstRow + block.rows.length * rowHeight + footHeight;
}

/** Where the parts of a block are: x from the left of the picture, y from the top of the block. */
interface Layout {
  readonly noteEnd: number;
  readonly firstRow: number;
  readonly columns: readonly { readonly x: number; readonly heading: readonly string[] }[];
  readonly columnWidth: number;
}

function layoutOf({ title, noteTitle = "", rows, columns }: Block): Layout {
  const noteWidth = widest([noteTitle, ...rows.map(({ note = "" }) => note)]);
  const noteEnd = margin + widest(rows.map(({ name }) => name)) + (noteWidth && noteWidth + 12);
  const left = noteEnd + columnGap;
  const columnWidth = (pictureWidth - margin - left + columnGap) / columns.length - columnGap;
  const placed = columns.map((column, index) => ({
    x: left + index * (columnWidth + columnGap),
    heading: linesOf(column.title, columnWidth),
  }));
  const lines = Math.max(noteTitle === "" ? 0 : 1, ...placed.map(({ heading }) => heading.length));
  const firstRow = (title === "" ? 0 : titleHeight) + lines * lineHeight + 6;
  return { noteEnd, firstRow, columns: placed, columnWidth };
}

/** The legend names only what is in the picture. */
function usedKeys({ keys, blocks }: BarGrid): Key[] {
  const columns = blocks.flatMap((block) => block.columns);
  const colors = new Set(columns.flatMap(({ cells }) => cells.map((cell) => cell?.color)));
  const hasMark = columns.some(({ mark }) => mark !== undefined);
  return keys.filter(({ color }) => (color === "mark" ? hasMark : colors.has(color)));
}

function drawKeys(keys: readonly Key[], theme: Theme): string[] {
  const y = 72;
  let x = margin;
  return keys.flatMap(({ title, color }) => {
    const symbol =
      color === "mark"
        ? svgLine(x + 6, y - 7, y + 7, theme.text, true)
        : svgRect(x, y - 6, 12, 12, theme.bars[color]);
    const text = svgText(x + 18, y, title, { fill: theme.text });
    x += 18 + textWidth(title) + 16;
    return [symbol, text];
  });
}

function drawBlock(block: Block, top: number, theme: Theme): string[] {
  const { title, noteTitle = "", rows, columns } = block;
  const layout = layoutOf(block);
  const { noteEnd, columnWidth: width } = layout;
  const first = top + layout.firstRow;
  const bottom = first + rows.length * rowHeight;
  const strong = { fill: theme.text, bold: true } as const;
  const headingY = first - 12;
  return [
    ...(title === "" ? [] : [svgText(margin, top + 8, title, { ...strong, size: 13 })]),
    ...(noteTitle === ""
      ? []
      : [svgText(noteEnd, headingY, noteTitle, { ...strong, anchor: "end" })]),
    ...rows.flatMap(({ name, note, bold = false }, row) => {
      const middle = first + (row + 0.5) * rowHeight;
      return [
        svgText(margin, middle, name, { fill: theme.text, bold }),
        ...(note === undefined
          ? []
          : [svgText(noteEnd, middle, note, { ...strong, anchor: "end" })]),
      ];
    }),
    ...columns.flatMap((column, index) => {
      const { x = 0, heading = [] } = layout.columns[index] ?? {};
      return [
        ...heading.map((line, at) =>
          svgText(x, headingY - (heading.length - 1 - at) * lineHeight, line, strong),
        ),
        ...drawColumn(column, { x, width, top: first, bottom }, theme),
      ];
    }),
  ];
}

function widest(texts: readonly string[]): number {
  return Math.max(...texts.map(textWidth));
}

/** The text in one line, or in two where it is too wide for the column. */
function linesOf(text: string, width: number): string[] {
  const space = text.lastIndexOf(" ");
  // Bold letters are wider.
  if (space < 0 || textWidth(text) * 1.15 <= width) return text === "" ? [] : [text];
  return [text.slice(0, space), text.slice(space + 1)];
}

interface Place {
  readonly x: number;
  readonly width: number;
  readonly top: number;
  readonly bottom: number;
}

/** The labels have a place of their own, right of the longest bar, where they hide nothing. */
function drawColumn(column: Column, place: Place, theme: Theme): string[] {
  const { cells, max, mark } = column;
  const { x, width, top, bottom } = place;
  const labelWidth = Math.max(...cells.map((cell) => textWidth(cell?.label ?? "-")));
  const scale = (value: number): number => x + (value / max) * (width - labelWidth - 8);
  const bars = cells.flatMap((cell, row) => {
    const middle = top + (row + 0.5) * rowHeight;
    const label = { anchor: "end", fill: cell === undefined ? theme.muted : theme.text } as const;
    const text = svgText(x + width, middle, cell?.label ?? "-", label);
    if (cell === undefined) return [text];
    const length = Math.max(1, scale(cell.value) - x);
    return [svgRect(x, middle - barHeight / 2, length, barHeight, theme.bars[cell.color]), text];
  });
  return [
    ...ticksOf(column, scale).flatMap(({ at, text }) => [
      svgLine(at, top, bottom + 4, theme.line),
      svgText(at, bottom + 13, text, { fill: theme.muted, anchor: "middle" }),
    ]),
    ...bars,
    ...(mark === undefined ? [] : [svgLine(scale(mark), top - 2, bottom + 2, theme.text, true)]),
  ];
}

/** Round values from 0 to the end of the axis, at most five and with room between their texts. */
function ticksOf(
  { max, format }: Column,
  scale: (value: number) => number,
): { at: number; text: string }[] {
  const power = 10 ** Math.floor(Math.log10(max));
  for (const step of [0.2, 0.5, 1, 2, 5].map((factor) => factor * power)) {
    const count = Math.floor(max / step + 1e-9) + 1;
    const ticks = Array.from({ length: count }, (_, index) => {
      const value = Number((index * step).toPrecision(12));
      return { at: scale(value), text: value === 0 ? "0" : format(value) };
    });
    const hasRoom = ticks.every(({ at, text }, index) => {
      const before = ticks[index - 1];
      if (before === undefined) return true;
      return at - before.at > (textWidth(text) + textWidth(before.text)) / 2 + 4;
    });
    if (count <= 5 && hasRoom) return ticks;
  }
  return [];
}
