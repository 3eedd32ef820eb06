import { describe, expect, it } from "vitest";
import {
  formatCount,
  formatRange,
  formatRatio,
  formatShare,
  formatTick,
  formatTime,
  formatWeight,
} from "../../../bench/charts/format.js";
import { foldedMarkdown, markdownTable } from "../../../bench/markdown.js";

describe("the text of a figure", () => {
  it("have the unit that fits the time", () => {
    const times = [4.24, 9.96, 812.4, 999.4, 999.6, 4_912, 99_940, 123_456, 999_600, 1_242_000];
    expect(times.map(formatTime)).toEqual([
      ...["4.2 ns", "10 ns", "812 ns", "999 ns", "1.0 µs", "4.9 µs", "99.9 µs", "123 µs"],
      ...["1.00 ms", "1.24 ms"],
    ]);
    expect([12_345_678, 123_456_789, 1_234_567_890, 2e12].map(formatTime)).toEqual([
      ...["12.3 ms", "123 ms", "1.23 s", "2,000 s"],
    ]);
  });

  it("are exact where a ratio is near 1", () => {
    const ratios = [0.047, 0.854, 1, 1.043, 1.994, 1.996, 3.44, 9.94, 9.96, 1_234];
    expect(ratios.map(formatRatio)).toEqual([
      ...["0.05 x", "0.85 x", "1.00 x", "1.04 x", "1.99 x", "2.0 x", "3.4 x", "9.9 x", "10 x"],
      "1,234 x",
    ]);
  });

  it("have commas, percents and units of bytes", () => {
    expect(formatCount(1483.4)).toBe("1,483");
    expect(formatRange([1479, 1483])).toBe("1,479-1,483");
    expect(formatRange([277, 277])).toBe("277");
    expect(formatShare(0.126)).toBe("13 %");
    expect([812, 4_912, 90_100].map(formatWeight)).toEqual(["812 B", "4.9 kB", "90.1 kB"]);
  });

  it("are short on an axis", () => {
    const texts = ["10.0 µs", "1.00 ms", "1.50 ms", "100 ns", "0.5 x"];
    expect(texts.map(formatTick)).toEqual(["10 µs", "1 ms", "1.50 ms", "100 ns", "0.5 x"]);
  });
});

describe("a Markdown table", () => {
  it("is padded as the formatter pads it", () => {
    const lines = [
      ["a", "size µs"],
      ["one | two", "1"],
      ["b", "1,483"],
    ];
    expect(markdownTable(lines, ["left", "right"])).toBe(
      [
        "| a          | size µs |",
        "| ---------- | ------: |",
        "| one \\| two |       1 |",
        "| b          |   1,483 |",
      ].join("\n"),
    );
  });

  it("has at least three dashes and all cells of its head", () => {
    expect(markdownTable([["a", "b"], ["1"]], ["left", "right"])).toBe(
      ["| a   |   b |", "| --- | --: |", "| 1   |     |"].join("\n"),
    );
  });

  it("can be folded", () => {
    expect(foldedMarkdown("All", "text")).toBe(
      "<details>\n<summary>All</summary>\n\ntext\n\n</details>",
    );
  });
});
