import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { compileErrors } from "./support/compile-page.js";
import { codeBlocks, printedBy, promisedBy } from "./support/page.js";

const pages = readdirSync(new URL("../docs/", import.meta.url)).map((name) => `docs/${name}`);
const blocks = ["README.md", ...pages].flatMap((page) =>
  codeBlocks(page).map((code, index) => ({ page, number: index + 1, code })),
);
/** Blocks without imports continue an earlier block, so they cannot run on their own. */
const promising = blocks.filter(
  ({ code }) =>
    promisedBy(code).length > 0 && code.includes("import ") && !code.includes("import.meta"),
);

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
});
