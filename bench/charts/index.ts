import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { framesCase } from "../suite/cases.js";
import { casePicture } from "./case-picture.js";
import { compare, headlineOf } from "./comparison.js";
import type { ReportData } from "./data.js";
import { doorsPicture } from "./doors-picture.js";
import { drawPicture } from "./draw.js";
import { fieldPicture } from "./field-picture.js";
import { type PagePictures, reportPage } from "./page.js";
import { scalePicture } from "./scale-picture.js";
import { sizesPicture } from "./sizes-picture.js";
import { themes } from "./theme.js";
import { weightPictures } from "./weight-pictures.js";

export type { JudgedBudget, ReportData } from "./data.js";
export { describeCases } from "./fields.js";
export { headlineMarkdown } from "./headline.js";

/**
 * Writes the report into a folder: `README.md`, and every picture as SVG in a light and a dark version.
 * Pictures of an earlier report that this one has not are removed. The same data gives the same bytes.
 */
export function drawReport(data: ReportData, folder: URL): void {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) {
    if (name.endsWith(".svg")) rmSync(new URL(name, folder));
  }
  for (const [name, text] of reportFiles(data)) writeFileSync(new URL(name, folder), text);
}

/** The files of the report, by name. */
export function reportFiles(data: ReportData): Map<string, string> {
  const pictures = picturesOf(data);
  const files = new Map([["README.md", reportPage(data, pictures)]]);
  for (const picture of Object.values(pictures).flat()) {
    for (const theme of themes) {
      files.set(`${picture.name}.${theme.name}.svg`, drawPicture(picture, theme));
    }
  }
  return files;
}

function picturesOf(data: ReportData): PagePictures {
  const { main } = compare(data.suite);
  const headline = headlineOf(data);
  const sized = data.suite.subjects.filter(
    (subject) => headline.includes(subject) || subject.case === framesCase,
  );
  const given = <T>(value: T | undefined): T[] => (value === undefined ? [] : [value]);
  return {
    cases: data.suite.subjects.flatMap((subject) => given(casePicture(main, subject))),
    scale: given(scalePicture(main)),
    fields: data.fields.map(fieldPicture),
    weight: weightPictures(data.weight),
    methods: given(doorsPicture(main, headline)),
    sizes: given(sizesPicture(main, sized)),
  };
}
