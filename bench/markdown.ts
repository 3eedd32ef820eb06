import { columnWidths } from "./table.js";

/** The alignment of a column. */
export type Side = "left" | "right";

/** The smallest width that the formatter gives a column, in characters. */
const minWidth = 3;

/**
 * A table as Markdown, padded as the formatter of this project pads it. The first line is the head.
 * `sides` aligns the columns; the default is left.
 */
export function markdownTable(
  lines: readonly (readonly string[])[],
  sides: readonly Side[] = [],
): string {
  const escaped = lines.map((line) => line.map((cell) => cell.replaceAll("|", "\\|")));
  const widths = columnWidths(escaped).map((width) => Math.max(width, minWidth));
  const row = (line: readonly string[]): string => {
    const cells = widths.map((width, column) => {
      const cell = line[column] ?? "";
      return sides[column] === "right" ? cell.padStart(width) : cell.padEnd(width);
    });
    return `| ${cells.join(" | ")} |`;
  };
  const rule = widths.map((width, column) =>
    sides[column] === "right" ? `${"-".repeat(width - 1)}:` : "-".repeat(width),
  );
  const [head = [], ...body] = escaped;
  return [row(head), row(rule), ...body.map(row)].join("\n");
}

/** A part of a page that is closed until the reader opens it (`<details>`). */
export function foldedMarkdown(summary: string, content: string): string {
  return `<details>\n<summary>${summary}</summary>\n\n${content}\n\n</details>`;
}
