import { describe, expect, it } from "vitest";
import { budgetsOf, isMet, verdictOf } from "../../bench/budget-list.js";
import { budgetMarkdown, renderBudgets } from "../../bench/budget-table.js";
import type { BudgetRow } from "../../bench/budgets.js";
import { explainSizes, type Row, renderTable } from "../../bench/message-table.js";

const row: Row = {
  system: "leyline",
  name: "SystemStatePacket",
  typeName: "esper.leyline.v1.SystemStatePacket",
  bytes: 1479,
  budget: { maxBytes: 280, encodeMicros: 80 },
  nanoseconds: { encode: 30_000, decode: 25_000, check: 5_000, jsonIn: 90_000, jsonOut: 40_000 },
  largest: [
    { field: "seed_states", bytes: 1238 },
    { field: "training_metrics", bytes: 82 },
  ],
};
const plain: Row = { ...row, name: "Event", bytes: 12, budget: {}, largest: [] };

describe("the table of costs", () => {
  it("has one aligned line for each message", () => {
    expect(renderTable([row, plain])).toBe(
      [
        "message                     bytes  encode  decode  check  JSON in  JSON out",
        "--------------------------  -----  ------  ------  -----  -------  --------",
        "leyline  SystemStatePacket  1,479  30,000  25,000  5,000   90,000    40,000",
        "leyline  Event                 12  30,000  25,000  5,000   90,000    40,000",
      ].join("\n"),
    );
  });

  it("says where the bytes of a large message go", () => {
    expect(explainSizes([row, plain])).toBe(
      "SystemStatePacket has 1,479 bytes where its budget is 280: seed_states 1238, training_metrics 82.",
    );
  });
});

const small: BudgetRow = {
  name: "one seed",
  bytes: 277,
  maxBytes: 280,
  parts: [274, 30],
  frames: [124],
  encodeMicros: 2.04,
  maxEncodeMicros: 80,
  checkMicros: 0.7,
  maxCheckMicros: 20,
  frameMicros: 3.1,
  allocations: 3,
  maxAllocations: 4,
};
const large: BudgetRow = {
  ...small,
  name: "ten seeds",
  bytes: 1619,
  parts: [274, 280, 260],
  frames: [255],
};
const other: BudgetRow = {
  ...small,
  name: "command",
  parts: [250],
  frames: [],
  maxEncodeMicros: undefined,
  frameMicros: undefined,
};

describe("the budgets of a message", () => {
  it("are all numbers that the documents set for it", () => {
    expect(budgetsOf(small).map(({ budget, measured, max }) => [budget, measured, max])).toEqual([
      ["size", 277, 280],
      ["largest part", 274, 280],
      ["largest frame", 124, 280],
      ["encode", 2.04, 80],
      ["check", 0.7, 20],
      ["allocations", 3, 4],
    ]);
    expect(budgetsOf(other).map(({ budget }) => budget)).toEqual([
      ...["size", "largest part", "check", "allocations"],
    ]);
  });

  it("are met up to their maximum", () => {
    const budget = { message: "a", budget: "encode", max: 80 } as const;
    expect(isMet({ ...budget, measured: 80 })).toBe(true);
    expect(isMet({ ...budget, measured: 80.1 })).toBe(false);
  });

  it("have a verdict that says by how much they are missed", () => {
    expect(verdictOf(small)).toBe("met");
    expect(verdictOf(large)).toBe("missed: 1,339 bytes over (3 parts, or 1 frame)");
    expect(verdictOf({ ...large, frames: [], parts: [] })).toBe(
      "missed: 1,339 bytes over (0 parts)",
    );
    expect(verdictOf({ ...small, encodeMicros: 80.5, checkMicros: 21, allocations: 6 })).toBe(
      "missed: encode 0.5 µs over, check 1.0 µs over, 2 allocations over",
    );
    expect(verdictOf({ ...small, parts: [274, 283], frames: [281] })).toBe(
      "missed: largest part 3 bytes over, largest frame 1 bytes over",
    );
  });
});

describe("the table of budgets", () => {
  it("has one aligned line for each message", () => {
    expect(renderBudgets([small, large, other], false)).toMatchInlineSnapshot(`
      "message           bytes        in parts  in frames  encode µs   check µs  frame µs  allocations  verdict
      ---------  ------------  --------------  ---------  ---------  ---------  --------  -----------  ----------------------------------------------
      one seed     277 of 280  2 of up to 274        124  2.0 of 80  0.7 of 20       3.1       3 of 4  met
      ten seeds  1,619 of 280  3 of up to 280        255  2.0 of 80  0.7 of 20       3.1       3 of 4  missed: 1,339 bytes over (3 parts, or 1 frame)
      command      277 of 280             250          -        2.0  0.7 of 20         -       3 of 4  met"
    `);
  });

  it("is written as Markdown too", () => {
    expect(budgetMarkdown([small])).toMatchInlineSnapshot(`
      "| message  | bytes      | in parts       | in frames | encode µs | check µs  | frame µs | allocations | verdict |
      | -------- | ---------- | -------------- | --------- | --------- | --------- | -------- | ----------- | ------- |
      | one seed | 277 of 280 | 2 of up to 274 | 124       | 2.0 of 80 | 0.7 of 20 | 3.1      | 3 of 4      | met     |"
    `);
  });
});
