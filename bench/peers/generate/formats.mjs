import { writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * Writes formats.mjs: the libraries of other formats, which need no code of their own. A bundle of the
 * benchmark imports them from here, because they are not to be found from where it lies.
 */
export async function generateFormats(folder) {
  const code = `export { default as avsc } from "avsc";
export * as cborX from "cbor-x";
export * as msgpackr from "msgpackr";
`;
  await writeFile(join(folder, "formats.mjs"), code);
}
