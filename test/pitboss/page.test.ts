import { describe, expect, it } from "vitest";
import { codeBlocks, printedBy, promisedBy } from "../support/page.js";

const blocks = codeBlocks("docs/pitboss.md");

describe("the page on the Pitboss protocol", () => {
  it("has its examples", () => {
    expect(blocks).toHaveLength(4);
  });

  it.each(blocks.map((code, index) => [index + 1, code] as const))(
    "shows in example %i what is printed",
    async (_, code) => {
      const promised = promisedBy(code);
      expect(promised.length).toBeGreaterThan(0);
      expect(await printedBy(code)).toEqual(promised);
    },
  );
});
