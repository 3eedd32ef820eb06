import { describe, expect, it } from "vitest";
import { Standing } from "../../bench/suite/standing.js";
import {
  renderCases,
  renderHonesty,
  renderMachine,
  renderOperations,
} from "../../bench/suite/text.js";
import { figuresOf, rowOf } from "./suite-figures.js";

const figures = figuresOf([
  rowOf("state-1", "encode", "concord", "ours", 1000),
  rowOf("state-1", "encode", "limit: write", "limit", 250),
  rowOf("state-1", "encode", "protobuf-es", "protobuf", 7300),
  rowOf("state-1", "decode", "concord", "ours", 700),
  rowOf("state-1", "decode", "protobuf-es", "protobuf", 6000),
  rowOf("state-1", "decode", "msgpackr records", "format", 630),
  rowOf("state-1", "jsonIn", "concord", "ours", 5000),
  rowOf("state-1", "jsonIn", "JSON", "format", 2500),
]);

describe("the tables of the suite", () => {
  it("show each operation with its limit and the other libraries", () => {
    expect(renderOperations(figures, false)).toBe(
      [
        "encode                     bytes  concord  x limit: write  protobuf-es",
        "-------------------------  -----  -------  --------------  -----------",
        "SystemStatePacket, 1 seed    277    1,000             4.0  7,300 (7.3)",
        "",
        "decode                     bytes  concord  x limit: objects  protobuf-es  msgpackr records",
        "-------------------------  -----  -------  ----------------  -----------  ----------------",
        "SystemStatePacket, 1 seed    277      700                    6,000 (8.6)         630 (0.9)",
        "",
        "JSON in                    bytes  concord  x JSON         JSON",
        "-------------------------  -----  -------  ------  -----------",
        "SystemStatePacket, 1 seed    277    5,000     2.0  2,500 (0.5)",
      ].join("\n"),
    );
  });

  it("show each message with all libraries", () => {
    expect(renderCases(figures, "shared")).toBe(
      [
        "state-1: SystemStatePacket, 1 seed (277 bytes)",
        "library           bytes       encode       decode      JSON in",
        "----------------  -----  -----------  -----------  -----------",
        "concord             277  1,000 (1.0)    700 (1.0)  5,000 (1.0)",
        "limit: write               250 (0.3)",
        "protobuf-es         277  7,300 (7.3)  6,000 (8.6)",
        "msgpackr records    277                 630 (0.9)",
        "JSON                277                            2,500 (0.5)",
      ].join("\n"),
    );
  });

  it("mark the lines in which another library is faster", () => {
    const marked = renderOperations(figures, true)
      .split("\n")
      .filter((line) => line.startsWith("\u001b[33m"));
    expect(marked).toHaveLength(1);
    expect(marked[0]).toContain("630 (0.9)");
  });

  it("list where another library is faster and which are omitted", () => {
    expect(renderHonesty(figures, "shared")).toBe(
      [
        "Another library was faster in 1 of 4 comparisons:",
        "  state-1, decode: msgpackr records is 1.11 x as fast",
        "Left out:",
        "  pbf: loses digits (state-1, state-10)",
        "  @protobuf-ts, encode: takes 240 ms a message (state-10)",
      ].join("\n"),
    );
    expect(renderHonesty({ ...figures, cases: [], leftOut: [] }, "shared")).toBe(
      "No other library was faster in any of 0 comparisons.",
    );
  });

  it("name the machine that they were measured on", () => {
    expect(renderMachine(figures)).toBe(
      "Node v20.20.2, 2 x AMD EPYC, 24 GiB, load 0.1 to 0.9; 3 % of the batches ran while it was slower than at its best",
    );
  });
});

describe("the standing", () => {
  it("keeps processes apart", () => {
    expect(new Standing(figures, "own").losses()).toEqual([]);
    expect(new Standing(figures, "own").ratio("state-1", "encode", "protobuf-es")).toBeUndefined();
    expect(new Standing(figures, "shared").ratio("state-1", "encode", "protobuf-es")).toBe(7.3);
    expect(new Standing(figures, "shared").distance("state-1", "encode")).toBe(4);
  });
});
