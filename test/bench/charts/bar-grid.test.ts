import { describe, expect, it } from "vitest";
import { type BarGrid, type Column, drawGrid, gridHeight } from "../../../bench/charts/bar-grid.js";
import { reportFiles } from "../../../bench/charts/index.js";
import { themes } from "../../../bench/charts/theme.js";
import { report } from "./chart-data.js";

const [light] = themes;
const svgs = [...reportFiles(report)].filter(([name]) => name.endsWith(".svg"));

/** One column with a bar for each value. */
function gridOf(values: readonly (number | undefined)[], more: Partial<Column> = {}): BarGrid {
  const cells = values.map((value) =>
    value === undefined ? undefined : ({ value, label: `<${value}>`, color: "good" } as const),
  );
  const column = { title: "pbf", cells, max: 10, format: (value: number) => `${value} x` };
  return {
    title: "Title",
    explanation: "How to read it.",
    keys: [
      { title: "slower", color: "good" },
      { title: "faster", color: "bad" },
      { title: "ours", color: "mark" },
    ],
    blocks: [
      {
        title: "",
        rows: values.map((_, row) => ({ name: `row ${row}` })),
        columns: [{ ...column, ...more }],
      },
    ],
  };
}

function draw(grid: BarGrid): string {
  if (light === undefined) throw new Error("there is no theme");
  return drawGrid(grid, "alt", light);
}

function textsOf(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text = ""]) => text);
}

/** The widths of the bars; the boxes of the legend are not as high. */
function barsOf(svg: string): number[] {
  return [...svg.matchAll(/<rect [^>]*width="([\d.]+)" height="13"/g)].map(([, width]) =>
    Number(width),
  );
}

/** The tags that are open at the end of a text, which may have nothing but tags and text in it. */
function openTags(svg: string): string[] {
  const open: string[] = [];
  for (const [, close, name = "", rest = ""] of svg.matchAll(/<(\/?)([\w:]+)([^<>]*)>/g)) {
    if (close === "/") expect(open.pop()).toBe(name);
    else if (!rest.endsWith("/")) open.push(name);
    expect(rest).toMatch(/^(?: [\w:-]+="[^"<>]*")*\/?$/);
  }
  expect(svg.replace(/<\/?[\w:]+[^<>]*>/g, "")).not.toMatch(/[<>]|&(?!\w+;)/);
  return open;
}

describe("a grid of bars", () => {
  it("is linear and begins at 0", () => {
    const [one = 0, two = 0, five = 0] = barsOf(draw(gridOf([1, 2, 5])));
    expect(two / one).toBeCloseTo(2, 1);
    expect(five / one).toBeCloseTo(5, 1);
  });

  it("has a dash where there is no figure", () => {
    const svg = draw(gridOf([1, undefined]));
    expect(barsOf(svg)).toHaveLength(1);
    expect(textsOf(svg)).toContain("-");
  });

  it("names in the legend only what is there", () => {
    expect(textsOf(draw(gridOf([1])))).toContain("slower");
    expect(textsOf(draw(gridOf([1])))).not.toContain("faster");
    expect(textsOf(draw(gridOf([1])))).not.toContain("ours");
    const marked = draw(gridOf([1], { mark: 1 }));
    expect(textsOf(marked)).toContain("ours");
    expect(marked.match(/stroke-dasharray/g)).toHaveLength(2);
  });

  it("writes its labels right of the longest bar", () => {
    const svg = draw(gridOf([10, 1]));
    const [longest = 0] = barsOf(svg);
    const start = Number(/<rect x="([\d.]+)"[^>]*height="13"/.exec(svg)?.[1]);
    const ends = [...svg.matchAll(/<text x="([\d.]+)"[^>]*>&lt;/g)].map(([, x]) => Number(x));
    expect(ends).toEqual([864, 864]);
    expect(864 - "<10>".length * 6.9).toBeGreaterThan(start + longest);
  });

  it("has round values below its axes, and as many as have room", () => {
    const axis = (max: number): string[] =>
      textsOf(draw(gridOf([1], { max }))).filter((text) => text === "0" || / x$/.test(text));
    expect(axis(10)).toEqual(["0", "5 x", "10 x"]);
    expect(axis(7)).toEqual(["0", "2 x", "4 x", "6 x"]);
    expect(axis(0.9)).toEqual(["0", "0.2 x", "0.4 x", "0.6 x", "0.8 x"]);
    const long = draw(gridOf([1], { max: 7, format: (value) => `${value}`.repeat(60) }));
    expect(textsOf(long).filter((text) => /^\d{60}$/.test(text))).toEqual(["5".repeat(60)]);
  });

  it("breaks a heading that is too wide for its column", () => {
    const grid = gridOf([1]);
    const [block] = grid.blocks;
    if (block === undefined) throw new Error("there is no block");
    const title = "a heading of many words";
    const columns = Array.from({ length: 8 }, () => ({
      ...gridOf([1]).blocks[0]?.columns[0],
      title,
    }));
    const wide = { ...grid, blocks: [{ ...block, columns: columns as Column[] }] };
    expect(textsOf(draw(wide))).toEqual(expect.arrayContaining(["a heading of many", "words"]));
    expect(gridHeight(wide)).toBe(gridHeight(grid) + 14);
  });
});

describe("the pictures", () => {
  it.each(svgs)("%s is an SVG with a title and texts that can be read", (_, svg) => {
    expect(openTags(svg)).toEqual([]);
    expect(svg).toMatch(/^<svg width="880" [^>]*role="img"[^>]*>\n<title>.+<\/title>\n/);
    expect(svg).not.toMatch(/NaN|undefined|Infinity|\d\.\d\d+[^<]*"/);
    const sizes = [...svg.matchAll(/font-size="(\d+)"/g)].map(([, size]) => Number(size));
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(12);
  });

  it.each(svgs)("%s has a bar and its label in every row", (_, svg) => {
    expect(barsOf(svg).length).toBeGreaterThan(0);
  });
});
