import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { compileErrors } from "./support/compile-page.js";
import { codeBlocks, printedBy, promisedBy } from "./support/page.js";
import { isLive, linksOf } from "./support/page-links.js";

const pages = readdirSync(new URL("../docs/", import.meta.url)).map((name) => `docs/${name}`);
const blocks = ["README.md", ...pages].flatMap((page) =>
  codeBlocks(page).map((code, index) => ({ page, number: index + 1, code })),
);
/** Blocks that declare a value of the reader's own, or read a file beside them, cannot run here. */
const promising = blocks.filter(
  ({ code }) => promisedBy(code).length > 0 && !/^declare |import\.meta/m.test(code),
);
const textOf = (page: string): string =>
  readFileSync(new URL(`../${page}`, import.meta.url), "utf8");

describe("the pages", () => {
  it.each(promising)("$page documents the output of its example $number", async ({ code }) => {
    expect(await printedBy(code)).toEqual(promisedBy(code));
  });

  it("have no code that a strict compiler refuses as it stands", () => {
    const named = blocks.map(
      ({ page, number, code }) => [`${page}, block ${number}`, code] as const,
    );
    expect(compileErrors(new Map(named))).toEqual([]);
    expect(compileErrors(new Map([["wrong", 'import { x } from "@concord/contracts";']]))).toEqual([
      expect.stringContaining("wrong: 1: "),
    ]);
  });

  it("have many such examples", () => {
    expect(promising.length).toBeGreaterThan(15);
  });

  it.each(["README.md", "bench/README.md", ...pages])(
    "%s links to files and headings that exist",
    (page) => {
      const links = linksOf(page).filter((link) => !link.endsWith("CONTRIBUTING.md"));
      expect(links.filter((link) => !isLive(page, link))).toEqual([]);
    },
  );

  it("have links, and a wrong file or heading is noticed", () => {
    expect(linksOf("README.md").length).toBeGreaterThan(15);
    expect(isLive("README.md", "bench/report/tables.md#where-we-lose")).toBe(true);
    expect(isLive("README.md", "bench/report/tables.md#where-we-win")).toBe(false);
    expect(isLive("README.md", "docs/nothing.md")).toBe(false);
  });

  it("are all listed in the index", () => {
    const listed = linksOf("docs/README.md").map((link) => `docs/${link}`);
    const others = pages.filter((page) => page !== "docs/README.md");
    expect(listed).toEqual(expect.arrayContaining(others));
  });

  it("list every entry of the package and no other", () => {
    const { name, exports } = JSON.parse(textOf("package.json"));
    const entries = Object.keys(exports).map((entry) => name + entry.slice(1));
    const rows = textOf("docs/entries.md").matchAll(/^\| `(@[^`]+)`/gm);
    const listed = [...rows].map(([, entry]) => entry);
    const folded = entries.map((entry) => entry.replace(/\/codecs\/.*/, "/codecs/*"));
    expect(listed.toSorted()).toEqual([...new Set(folded)].toSorted());
  });
});
