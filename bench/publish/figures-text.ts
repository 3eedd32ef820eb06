/**
 * The text of `figures.json`: JSON with one row of each list on a line of its own, so that a change of one
 * figure is a change of one line.
 */
export function figuresText(figures: object): string {
  return `${textOf(figures, "")}\n`;
}

function textOf(value: unknown, indent: string): string {
  if (!hasRows(value)) return JSON.stringify(value);
  const inner = `${indent} `;
  if (Array.isArray(value)) {
    const rows = value.map((row) => inner + textOf(row, inner));
    return `[\n${rows.join(",\n")}\n${indent}]`;
  }
  const properties = Object.entries(Object(value))
    .filter(([, property]) => property !== undefined)
    .map(([name, property]) => `${inner}${JSON.stringify(name)}: ${textOf(property, inner)}`);
  return `{\n${properties.join(",\n")}\n${indent}}`;
}

/** Whether a value is a list of objects, or has one inside. */
function hasRows(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) return value.some((item) => typeof item === "object" && item !== null);
  return Object.values(value).some(hasRows);
}
