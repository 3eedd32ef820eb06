import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { jimbotConfig } from "../../../src/jimbot/deployment/config.js";
import { environmentDefaults } from "../../../src/jimbot/deployment/environment.js";
import { restChannels } from "../../../src/jimbot/rest/channels.js";

/** The cells of a page's tables that begin a row, or stand in another column of it. */
function cellsOf(path: string, column: number): string[] {
  const page = readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");
  const rows = page.split("\n").filter((line) => line.startsWith("| "));
  return rows.map((row) => row.split("|")[column]?.trim() ?? "");
}

describe("the pages on JimBot's configuration and paths", () => {
  it("name every path and WebSocket with its channel", () => {
    const places = restChannels.map(({ kind, method, address }) =>
      kind === "websocket" ? `WebSocket \`${address}\`` : `${method} \`${address}\``,
    );
    expect(cellsOf("docs/jimbot-rest.md", 1).slice(2)).toEqual(places);
    const names = restChannels.map(({ name }) => `\`${name}\``);
    expect(cellsOf("docs/jimbot-rest.md", 2).slice(2)).toEqual(names);
  });

  it("name every section and every variable with its default", () => {
    const path = "docs/jimbot-config.md";
    const first = cellsOf(path, 1);
    const sections = Object.keys(jimbotConfig).map((name) => `\`${name}\``);
    expect(first.filter((cell) => sections.includes(cell))).toEqual(sections);
    const variables = Object.entries(environmentDefaults);
    const rows = first.map((cell, index) => [cell, cellsOf(path, 2)[index]]);
    expect(rows.filter(([cell = ""]) => /^`[A-Z_]+`$/.test(cell))).toEqual(
      variables.map(([name, value]) => [`\`${name}\``, `\`${value}\``]),
    );
  });
});
