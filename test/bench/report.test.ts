import { describe, expect, it } from "vitest";
import { explainSizes, judge, type Row, renderTable } from "../../bench/report.js";

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

describe("the benchmark's verdict", () => {
  it("names what is over budget, and what is not", () => {
    expect(judge(row)).toEqual({
      text: "OVER 1,479/280 B, ok 35.0/80 µs",
      tooLarge: true,
      tooSlow: false,
    });
    expect(
      judge({ ...row, bytes: 280, nanoseconds: { ...row.nanoseconds, encode: 76_000 } }),
    ).toEqual({
      text: "ok 280/280 B, OVER 81.0/80 µs",
      tooLarge: false,
      tooSlow: true,
    });
    expect(judge(plain)).toEqual({ text: "-", tooLarge: false, tooSlow: false });
  });

  it("prints one aligned line for each message", () => {
    expect(renderTable([row, plain], false)).toBe(
      [
        "message                     bytes  encode  decode  check  JSON in  JSON out  budget",
        "--------------------------  -----  ------  ------  -----  -------  --------  -------------------------------",
        "leyline  SystemStatePacket  1,479  30,000  25,000  5,000   90,000    40,000  OVER 1,479/280 B, ok 35.0/80 µs",
        "leyline  Event                 12  30,000  25,000  5,000   90,000    40,000  -",
      ].join("\n"),
    );
  });

  it("says where the bytes of a large message go", () => {
    expect(explainSizes([row, plain])).toBe(
      "SystemStatePacket has 1,479 bytes where its budget is 280: seed_states 1238, training_metrics 82.",
    );
  });
});
