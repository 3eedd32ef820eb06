import { existsSync, readdirSync, readFileSync } from "node:fs";

const folder = new URL("../../../shared/seeds/", import.meta.url);

/**
 * The lines of the JimBot specification without indents, comments and list marks, each with the language of
 * its code block; undefined if the specification is not beside the project.
 */
export function documentLines(): readonly { text: string; code: string }[] | undefined {
  const name = existsSync(folder)
    ? readdirSync(folder).find((file) => file.startsWith("001_"))
    : undefined;
  if (name === undefined) return undefined;
  const lines: { text: string; code: string }[] = [];
  let code = "";
  for (const line of readFileSync(new URL(name, folder), "utf8").split("\n")) {
    const [, fence] = /^```(\w*)/.exec(line) ?? [];
    if (fence !== undefined) {
      code = code === "" ? fence : "";
      continue;
    }
    const text = line.replace(/^\s*(?:\d+\. |- )?/, "").replace(/ {2}#.*$/, "");
    if (text !== "") lines.push({ text: text.trimEnd(), code });
  }
  return lines;
}

/** The lines that the document does not have; none if the document is not beside the project. */
export function missingFromDocument(texts: readonly string[]): readonly string[] {
  const lines = documentLines();
  if (lines === undefined) return [];
  return texts.filter((text) => !lines.some((line) => line.text === text));
}
