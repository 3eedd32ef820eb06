/** The width of each column: that of its longest cell. */
export function columnWidths(lines: readonly (readonly string[])[]): number[] {
  const [first = []] = lines;
  return first.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
}

/** Aligns cells in columns: the first to the left, the others to the right. `lastColumnLeft` puts the last one to the left too. */
export function alignColumns(
  lines: readonly (readonly string[])[],
  options: { readonly lastColumnLeft?: boolean } = {},
): string[] {
  const widths = columnWidths(lines);
  const last = options.lastColumnLeft === true ? widths.length - 1 : 0;
  return lines.map((line) =>
    line
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return column === 0 || column === last ? cell.padEnd(width) : cell.padStart(width);
      })
      .join("  ")
      .trimEnd(),
  );
}

/** A line of dashes below each cell of the first line. */
export function ruleOf(lines: readonly (readonly string[])[]): string {
  return columnWidths(lines)
    .map((width) => "-".repeat(width))
    .join("  ");
}
