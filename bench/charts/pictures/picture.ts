import { type BarGrid, type Column, drawGrid } from "../bar-grid.js";
import type { Theme } from "../theme.js";

/** A picture of the report, which is drawn in each theme. */
export interface Picture {
  /** The name of its files, without theme and ending. */
  readonly name: string;
  /** The question that it answers: the heading above it. */
  readonly question: string;
  readonly grid: BarGrid;
}

/** The text of the SVG file. */
export function drawPicture(picture: Picture, theme: Theme): string {
  return drawGrid(picture.grid, altOf(picture), theme);
}

/** What the picture shows, for those who cannot see it. */
export function altOf({ grid: { title, explanation, blocks } }: Picture): string {
  const parts = blocks.map(({ title: part, rows, columns }) => {
    const lines = rows.map(({ name, note }, row) => {
      const cells = columns.flatMap((column) => {
        const label = column.cells[row]?.label;
        return label === undefined ? [] : [`${column.title} ${label}`];
      });
      return `${note === undefined ? name : `${name} (${note})`}: ${cells.join(", ")}`;
    });
    return part === "" ? lines.join("; ") : `${part}. ${lines.join("; ")}`;
  });
  return `${title}. ${explanation} ${parts.join(". ")}.`;
}

/** Columns that share one axis, so that all their bars can be compared. */
export function onOneAxis(columns: readonly Omit<Column, "max">[]): Column[] {
  const values = columns.flatMap(({ cells, mark }) => [
    mark ?? 0,
    ...cells.map((cell) => cell?.value ?? 0),
  ]);
  const max = Math.max(...values);
  return columns.map((column) => ({ ...column, max }));
}

/** Whether there is a figure in any of the columns. */
export function hasFigures(columns: readonly Pick<Column, "cells">[]): boolean {
  return columns.some(({ cells }) => cells.some((cell) => cell !== undefined));
}
