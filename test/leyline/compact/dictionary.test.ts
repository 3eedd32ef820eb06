import { describe, expect, it } from "vitest";
import { createFrameReader } from "../../../src/leyline/compact/index.js";
import { errorOf } from "./packets.js";
import { dictionary, type Entry, frame, id, ready } from "./updates.js";

const start = "cannot read esper.leyline.v1.SystemStatePacket from frames: ";
const broken = "cannot decode esper.leyline.compact.v1.StateUpdate from binary: ";

describe("a dictionary", () => {
  const text = (value: string): Entry => ({ case: "text", value });
  const entry = `${start}dictionary.entries: entry`;
  it.each<[Entry[], string]>([
    [[], `${broken}dictionary.entries: expected at least 1 item, got an array of 0 [length]`],
    [
      [{ case: undefined }],
      `${broken}dictionary.entries[0]: one kind of entry is required [required]`,
    ],
    [
      [{ case: "metricKeys", value: {} }],
      `${broken}dictionary.entries[0].metric_keys.texts: expected at least 1 item, got an array of 0 [length]`,
    ],
    [
      [{ case: "metricKeys", value: { texts: [1, 1] } }],
      `${broken}dictionary.entries[0].metric_keys.texts[1]: repeats an earlier item [rule]`,
    ],
    [
      [{ case: "device", value: { totalMemoryGb: -1 } }],
      `${broken}dictionary.entries[0].device.total_memory_gb: expected a number of at least 0, got -1 [range]`,
    ],
    [
      [{ case: "seed", value: {} }],
      `${entry} 0 of dictionary 00000001 names text 0, but only 0 texts come before it [frame.malformed]`,
    ],
    [
      [text(""), { case: "seed", value: { metricKeys: 1 } }],
      `${entry} 1 of dictionary 00000001 names metric keys 0, but only 0 metric keys come before it [frame.malformed]`,
    ],
    [
      [text(""), { case: "run", value: { experimentName: 9 } }],
      `${entry} 1 of dictionary 00000001 names text 9, but only 1 texts come before it [frame.malformed]`,
    ],
    [
      [text(""), { case: "device", value: { deviceId: 9, totalMemoryGb: 1 } }],
      `${entry} 1 of dictionary 00000001 names text 9, but only 1 texts come before it [frame.malformed]`,
    ],
    [
      [text(""), { case: "metricKeys", value: { texts: [0], after: 1 } }],
      `${entry} 1 of dictionary 00000001 names metric keys 0, but only 0 metric keys come before it [frame.malformed]`,
    ],
  ])("of %o is refused", (list, text) => {
    const reader = ready();
    expect(errorOf(reader.safeRead(dictionary(list, 0, 1)))).toBe(text);
    expect(errorOf(reader.safeRead(frame({ entries: 1 }, 1)))).toContain(
      "of which 0 were received",
    );
    expect(reader.read(frame({}))?.version).toBe(1);
  });

  it("with repeated keys is refused when a frame uses it", () => {
    const reader = createFrameReader();
    const list: Entry[] = [
      ...["key", "key"].map(text),
      { case: "metricKeys", value: { texts: [0] } },
      { case: "metricKeys", value: { texts: [1], after: 1 } },
      { case: "run", value: { trainingMetricKeys: 2 } },
    ];
    reader.read(dictionary(list));
    expect(() =>
      reader.read(frame({ entries: 5, trainingMetricValues: [1, 2] }, id, list)),
    ).toThrow(`${start}metric keys 1 of dictionary 00000abc name "key" twice [frame.malformed]`);
  });

  it("has a maximum size, gaps or not", () => {
    const reader = createFrameReader();
    const many = Array.from({ length: 1000 }, () => text("x".repeat(100)));
    const errors = [0, 5000, 4_000_000_000].map((first) =>
      errorOf(reader.safeRead(dictionary(many, first))),
    );
    expect(errors).toEqual([
      "nothing was refused",
      "nothing was refused",
      `${start}dictionary.entries: dictionary 00000abc is larger than the maximum of 262144 bytes [frame.malformed]`,
    ]);
    expect(errorOf(reader.safeRead(frame({ entries: 1 })))).toContain("of which 0 were received");
  });

  it("takes no more memory for entries that are received again", () => {
    const reader = createFrameReader();
    const many = Array.from({ length: 1000 }, (_, index) => text(`${index} ${"x".repeat(100)}`));
    for (const first of [0, 0, 0, 0, 5000, 5000, 5000]) reader.read(dictionary(many, first));
    expect(errorOf(reader.safeRead(frame({ entries: 1001 })))).toContain(
      "of which 1000 were received",
    );
  });

  it("with a chain of metric keys takes no more memory than its entries", () => {
    const chain = Array.from(
      { length: 20_000 },
      (_, after): Entry => ({
        case: "metricKeys",
        value: { texts: [0], after },
      }),
    );
    const reader = createFrameReader();
    const seeds = Array.from(
      { length: 100 },
      (): Entry => ({ case: "seed", value: { metricKeys: 20_000 } }),
    );
    const list = [text("a"), ...chain, { case: "run", value: {} } as const, ...seeds];
    reader.read(dictionary(list));
    const stages = seeds.map(() => 1);
    expect(() => reader.read(frame({ entries: 1, stages }, id, list))).toThrow(
      `${start}frame.seed_metric_values: must have 2000000 items, not 0 [frame.malformed]`,
    );
  });
});
