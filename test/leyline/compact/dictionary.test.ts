import { describe, expect, it } from "vitest";
import { createFrameReader } from "../../../src/leyline/compact/index.js";

import { saidBy } from "./packets.js";
import { dictionary, type Entry, frame, ready } from "./updates.js";

const start = "cannot read esper.leyline.v1.SystemStatePacket from frames: ";
const broken = "cannot decode esper.leyline.compact.v1.StateUpdate from binary: ";

describe("a dictionary", () => {
  const text = (value: string): Entry => ({ case: "text", value });
  const place = `${start}dictionary.entries: entry`;
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
      [{ case: "device", value: {} }],
      `${broken}dictionary.entries[0].device.total_memory_gb: must be greater than 0 [range]`,
    ],
    [
      [{ case: "seed", value: {} }],
      `${place} 0 of dictionary 0000000000000001 names text 0, but only 0 texts come before it [frame.malformed]`,
    ],
    [
      [text(""), { case: "seed", value: { metricKeys: 1 } }],
      `${place} 1 of dictionary 0000000000000001 names metric keys 0, but only 0 metric keys come before it [frame.malformed]`,
    ],
    [
      [text(""), { case: "run", value: { experimentName: 9 } }],
      `${place} 1 of dictionary 0000000000000001 names text 9, but only 1 texts come before it [frame.malformed]`,
    ],
    [
      [text(""), { case: "device", value: { deviceId: 9, totalMemoryGb: 1 } }],
      `${place} 1 of dictionary 0000000000000001 names text 9, but only 1 texts come before it [frame.malformed]`,
    ],
    [
      [text(""), { case: "metricKeys", value: { texts: [0], after: 1 } }],
      `${place} 1 of dictionary 0000000000000001 names metric keys 0, but only 0 metric keys come before it [frame.malformed]`,
    ],
  ])("of %o is refused", (list, said) => {
    const reader = ready();
    expect(saidBy(reader.safeRead(dictionary(list, 0, 1n)))).toBe(said);
    expect(saidBy(reader.safeRead(frame({ dictionaryId: 1n, entries: 1 })))).toContain(
      "of which 0 were received",
    );
    expect(reader.read(frame({}))?.version).toBe(1);
  });

  it("whose keys repeat is of no use to a frame", () => {
    const reader = createFrameReader();
    const list: Entry[] = [
      ...["key", "key"].map(text),
      { case: "metricKeys", value: { texts: [0] } },
      { case: "metricKeys", value: { texts: [1], after: 1 } },
      { case: "run", value: { trainingMetricKeys: 2 } },
    ];
    reader.read(dictionary(list));
    expect(() => reader.read(frame({ entries: 5, trainingMetricValues: [1, 2] }))).toThrow(
      `${start}metric keys 1 of dictionary 0000000000000abc name "key" twice [frame.malformed]`,
    );
  });

  it("grows only up to a bound, with gaps too", () => {
    const reader = createFrameReader();
    const many = Array.from({ length: 1000 }, () => text("x".repeat(100)));
    const said = [0, 5000, 4_000_000_000].map((first) =>
      saidBy(reader.safeRead(dictionary(many, first))),
    );
    expect(said).toEqual([
      "nothing was refused",
      "nothing was refused",
      `${start}dictionary.entries: dictionary 0000000000000abc is larger than the maximum of 262144 bytes [frame.malformed]`,
    ]);
    expect(saidBy(reader.safeRead(frame({ entries: 1 })))).toContain("of which 0 were received");
  });

  it("takes no more room when the same entries come again", () => {
    const reader = createFrameReader();
    const many = Array.from({ length: 1000 }, (_, index) => text(`${index} ${"x".repeat(100)}`));
    for (const first of [0, 0, 0, 0, 5000, 5000, 5000]) reader.read(dictionary(many, first));
    expect(saidBy(reader.safeRead(frame({ entries: 1001 })))).toContain(
      "of which 1000 were received",
    );
  });

  it("of metric keys in a chain takes no more memory than its entries", () => {
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
    reader.read(dictionary([text("a"), ...chain, { case: "run", value: {} }, ...seeds]));
    expect(() => reader.read(frame({ entries: 1, stages: seeds.map(() => 1) }))).toThrow(
      `${start}frame.seed_metric_values: must have 2000000 items, not 0 [frame.malformed]`,
    );
  });
});
