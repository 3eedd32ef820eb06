import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { compare, headlineOf } from "./comparison.js";
import type { ReportData } from "./data.js";
import { reportPage } from "./page.js";
import { budgetPicture } from "./pictures/budget-picture.js";
import { formatPicture } from "./pictures/format-picture.js";
import { drawPicture, type Picture } from "./pictures/picture.js";
import { seedsPicture } from "./pictures/seeds-picture.js";
import { speedPictures } from "./pictures/speed-pictures.js";
import { weightPicture } from "./pictures/weight-picture.js";
import { tablesPage } from "./tables-page.js";
import { themes } from "./theme.js";

export type { ReportData } from "./data.js";
export { describeCases } from "./fields.js";
export { headlineMarkdown } from "./headline.js";

/**
 * Writes the report into a folder: two pages, and every picture as SVG in a light and a dark version.
 * Removes pictures of earlier reports. The same data gives the same bytes.
 */
export function writeReport(data: ReportData, folder: URL): void {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) {
    if (name.endsWith(".svg")) rmSync(new URL(name, folder));
  }
  for (const [name, text] of reportFiles(data)) writeFileSync(new URL(name, folder), text);
}

/** The files of the report, by name. */
export function reportFiles(data: ReportData): Map<string, string> {
  const pictures = picturesOf(data);
  const files = new Map([
    ["README.md", reportPage(data, pictures)],
    ["tables.md", tablesPage(data)],
  ]);
  for (const picture of pictures) {
    for (const theme of themes) {
      files.set(`${picture.name}.${theme.name}.svg`, drawPicture(picture, theme));
    }
  }
  return files;
}

/** The pictures, in the order of the page. */
function picturesOf(data: ReportData): Picture[] {
  const { main } = compare(data.suite);
  const headline = headlineOf(data);
  return [
    ...budgetPicture(data.budgets),
    ...speedPictures(main, headline),
    ...formatPicture(main, headline),
    ...weightPicture(data.weight),
    ...seedsPicture(main),
  ];
}
