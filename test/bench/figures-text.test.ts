import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { figuresText } from "../../bench/publish/figures-text.js";

const committed = new URL("../../bench/report/figures.json", import.meta.url);

describe("the text of figures.json", () => {
  it("has one row a line", () => {
    const machine = { node: "v20", load: [0.1, 0.2] };
    const nested = { case: "b", fields: [{ path: "x", values: 1 }] };
    const figures = { suite: { machine, cases: [{ ns: 1 }, { ns: 2 }] }, names: ["a", "b"] };
    const text = figuresText({ ...figures, fields: [nested], none: [], missing: undefined });
    expect(text.split("\n")).toEqual([
      "{",
      ' "suite": {',
      '  "machine": {"node":"v20","load":[0.1,0.2]},',
      '  "cases": [',
      '   {"ns":1},',
      '   {"ns":2}',
      "  ]",
      " },",
      ' "names": ["a","b"],',
      ' "fields": [',
      "  {",
      '   "case": "b",',
      '   "fields": [',
      '    {"path":"x","values":1}',
      "   ]",
      "  }",
      " ],",
      ' "none": []',
      "}",
      "",
    ]);
  });

  it("is JSON of the same figures, and what is committed", () => {
    const text = readFileSync(committed, "utf8");
    const figures = JSON.parse(text);
    expect(JSON.parse(figuresText(figures))).toEqual(figures);
    expect(figuresText(figures)).toBe(text);
    const rows = text.split("\n").filter((line) => line.includes('"quartiles_ns"'));
    expect(rows).toHaveLength(figures.suite.cases.length);
  });
});
