import { describe, expect, it } from "vitest";
import { verdictMarkdown } from "../../../bench/charts/verdict.js";
import { figureRow, report, reportWith } from "./chart-data.js";

/** The line of the verdict that begins with these words. */
function lineOf(markdown: string, start: string): string | undefined {
  return markdown.split("\n").find((line) => line.startsWith(start));
}

describe("the verdict", () => {
  it("counts the budgets that are missed, and says which they are", () => {
    const [budget] = report.budgets;
    if (budget === undefined) throw new Error("there is no budget");
    const large = { ...budget, name: "large", bytes: 300, allocations: 9, encodeMicros: 40 };
    expect(lineOf(verdictMarkdown({ ...report, budgets: [budget, large] }), "- **Budgets")).toBe(
      "- **Budgets:** 10 of the documents' 12 budgets are met. Every time is within its budget and takes at most 50 % of it. Missed: size by 1 of 2 messages, allocations by 1 of 2 messages. Cut into parts, every message fits its size budget.",
    );
    const slow = { ...large, encodeMicros: 90, parts: [281] };
    expect(lineOf(verdictMarkdown({ ...report, budgets: [slow] }), "- **Budgets")).toBe(
      "- **Budgets:** 2 of the documents' 6 budgets are met. Missed: size by 1 of 1 messages, largest part by 1 of 1 messages, encode by 1 of 1 messages, allocations by 1 of 1 messages.",
    );
  });

  it("says where other libraries are faster", () => {
    const faster = figureRow({ operation: "decode", peer: "avsc", kind: "format", ns: 1_000 });
    expect(lineOf(verdictMarkdown(reportWith([faster])), "- **[Where")).toBe(
      "- **[Where we lose](tables.md#where-we-lose):** another library is faster in 1 of 11 comparisons in a process of its own; most often to avsc at decode (1 messages).",
    );
  });
});
