import { describe, expect, it } from "vitest";
import { createRandom } from "../../../bench/random.js";
import {
  createFrameReader,
  createFrameWriter,
  StateDictionary,
  StateFrame,
  StateUpdate,
} from "../../../src/leyline/compact/index.js";
import { SeedState, type SystemStatePacket } from "../../../src/leyline/index.js";
import { canonical, fixture, longRun, readAll, sizesOf } from "./packets.js";

const budget = 280;

/** Changes of the seeds of a packet with ten. */
const changes: [name: string, change: (packet: SystemStatePacket) => void][] = [
  ["nothing changes", () => undefined],
  ["a seed is removed at the start", ({ seedStates }) => seedStates.splice(0, 1)],
  ["a seed is removed in the middle", ({ seedStates }) => seedStates.splice(4, 1)],
  ["a seed is removed at the end", ({ seedStates }) => seedStates.pop()],
  ["all seeds are removed", ({ seedStates }) => seedStates.splice(0)],
  [
    "a seed is removed and another added",
    ({ seedStates }) => {
      seedStates.splice(4, 1);
      seedStates.push(...longRun(1, createRandom(99)).seedStates);
    },
  ],
  ["a seed changes its id", ({ seedStates: [, , seed] }) => set(seed, "seedId", "seed-L12-0000")],
  ["a seed changes its depth", ({ seedStates: [, , seed] }) => set(seed, "layerDepth", 120)],
  [
    "all seeds change their depth",
    ({ seedStates }) => {
      for (const seed of seedStates) seed.layerDepth += 1;
    },
  ],
  ["the order turns round", ({ seedStates }) => seedStates.reverse()],
  ["the device changes", ({ hardwareContext }) => set(hardwareContext, "deviceId", "cuda:7")],
  ["the device is not looked at", (packet) => delete packet.hardwareContext],
  ["the run changes", (packet) => set(packet, "trainingRunId", "run-2")],
  [
    "a metric comes and one goes",
    ({ trainingMetrics }) => {
      delete trainingMetrics["accuracy"];
      trainingMetrics["latency_ms"] = 14.62;
    },
  ],
];

function set<T extends object, K extends keyof T>(
  target: T | undefined,
  key: K,
  value: T[K],
): void {
  if (target !== undefined) target[key] = value;
}

describe("a packet of ten full seeds with five training metrics", () => {
  it.each(changes)("is one frame of at most 280 bytes when %s", (_, change) => {
    const writer = createFrameWriter();
    const reader = createFrameReader();
    const random = createRandom(3);
    const [ids] = [longRun(10, random).seedStates.map(({ seedId }) => seedId)];
    for (let step = 0; step < 130; step++) {
      const packet = longRun(10, random);
      for (const [index, seed] of packet.seedStates.entries()) seed.seedId = ids[index] ?? "";
      // Before, at and after the packets that come with a whole dictionary, and then in every packet.
      if ([20, 99, 100].includes(step) || step > 104) change(packet);
      const arrays = writer.write(packet);
      const { dictionary, frames } = sizesOf(arrays);
      expect(frames).toHaveLength(1);
      expect(frames[0]).toBeLessThanOrEqual(budget);
      for (const bytes of dictionary) expect(bytes).toBeLessThanOrEqual(budget);
      expect(readAll(reader, arrays)).toEqual([canonical(packet)]);
    }
  });

  it("is one frame of at most 280 bytes when the seeds are others in each packet", () => {
    const writer = createFrameWriter();
    const random = createRandom(5);
    for (let step = 0; step < 110; step++) {
      const { dictionary, frames } = sizesOf(writer.write(longRun(10, random)));
      expect(frames).toHaveLength(1);
      expect(frames[0]).toBeLessThanOrEqual(budget);
      expect(Math.max(...dictionary)).toBeLessThanOrEqual(budget);
    }
  });
});

describe("the sizes of a first and of a later packet", () => {
  it.each([
    ["state-1-seed", [202], [122]],
    ["state-10-seeds", [269, 173], [249]],
    ["state-10-seeds-metrics", [266, 268], [271, 209]],
  ])("are exact for %s", (name, dictionary, frames) => {
    const writer = createFrameWriter();
    const packet = fixture(name);
    expect(sizesOf(writer.write(packet))).toEqual({ dictionary, frames });
    expect(sizesOf(writer.write(packet)).dictionary).toEqual([]);
  });

  it("are at most 280 bytes in two frames when each seed has five metrics", () => {
    const writer = createFrameWriter();
    for (let step = 0; step < 110; step++) {
      const packet = longRun(10, createRandom(step));
      for (const { metrics } of packet.seedStates) {
        Object.assign(metrics, {
          alpha: 0.52,
          alpha_steps: 319.6,
          blend_allowed: 1,
          grad: step,
          momentum: 0.5,
        });
      }
      const { dictionary, frames } = sizesOf(writer.write(packet));
      expect(frames).toHaveLength(2);
      expect(Math.max(...frames)).toBeLessThanOrEqual(budget);
      expect(Math.max(...dictionary)).toBeLessThanOrEqual(budget);
    }
  });

  it("are within the budget for 100 seeds", () => {
    const writer = createFrameWriter();
    const reader = createFrameReader();
    const packet = longRun(100);
    const first = writer.write(packet);
    const later = writer.write(packet);
    for (const bytes of [...first, ...later]) expect(bytes.length).toBeLessThanOrEqual(budget);
    expect(later.length).toBe(7);
    expect(readAll(reader, [...first, ...later])).toEqual([canonical(packet), canonical(packet)]);
  });
});

describe("the budget", () => {
  it("is set on every message that is sent", () => {
    for (const contract of [StateUpdate, StateFrame, StateDictionary]) {
      expect(contract.budget).toEqual({ maxBytes: budget });
    }
    expect(SeedState.budget).toEqual({});
  });

  it.each([64, 100, 279, 281, 512, 65_536])("may be %i bytes instead", (maxBytes) => {
    const writer = createFrameWriter({ maxBytes });
    const reader = createFrameReader();
    const packet = fixture("state-10-seeds-metrics");
    const arrays = writer.write(packet);
    for (const bytes of arrays) expect(bytes.length).toBeLessThanOrEqual(maxBytes);
    expect(readAll(reader, arrays)).toEqual([canonical(packet)]);
  });

  it("is used fully: no frame but the last has room for the first item of the next one", () => {
    const packet = longRun(100);
    const { frames } = sizesOf(createFrameWriter().write(packet));
    for (const bytes of frames.slice(0, -1)) expect(bytes).toBeGreaterThan(budget - 12);
  });

  it("limits the size of a text, and the error names its field", () => {
    const long = "x".repeat(300);
    const text =
      "a text of 306 bytes does not fit the 262 that an array of 280 bytes has left for it";
    const start = "cannot write esper.leyline.v1.SystemStatePacket as a frame: ";
    const cases: [string, (packet: SystemStatePacket) => void][] = [
      ["source_subsystem", (packet) => set(packet, "sourceSubsystem", long)],
      ["training_run_id", (packet) => set(packet, "trainingRunId", long)],
      ["experiment_name", (packet) => set(packet, "experimentName", long)],
      ["hardware_context.device_type", (packet) => set(packet.hardwareContext, "deviceType", long)],
      ["hardware_context.device_id", (packet) => set(packet.hardwareContext, "deviceId", long)],
      ["seed_states[3].seed_id", ({ seedStates }) => set(seedStates[3], "seedId", long)],
      [`training_metrics.${"x".repeat(64)}`, (packet) => set(packet.trainingMetrics, long, 1)],
      [
        `seed_states[3].metrics.${"x".repeat(64)}`,
        ({ seedStates }) => set(seedStates[3]?.metrics, long, 1),
      ],
    ];
    for (const [path, change] of cases) {
      const packet = fixture("state-10-seeds");
      change(packet);
      const writer = createFrameWriter();
      writer.write(fixture("state-1-seed"));
      expect(() => writer.write(packet), path).toThrow(`${start}${path}: ${text} [budget.size]`);
      // Entries that were added before the error do not count as sent.
      const after = writer.write(fixture("state-10-seeds"));
      expect(readAll(createFrameReader(), after)).toEqual([canonical(fixture("state-10-seeds"))]);
    }
    const packet = fixture("state-10-seeds");
    packet.packetId = long;
    expect(() => createFrameWriter().write(packet)).toThrow(
      `${start}packet_id: a text of 304 bytes does not fit the 257 that an array of 280 bytes has left for it [budget.size]`,
    );
  });

  it("limits a packet and its dictionary to what a reader accepts", () => {
    const start = "cannot write esper.leyline.v1.SystemStatePacket as a frame: ";
    const packet = longRun(1);
    const names = Array.from({ length: 30_000 }, (_, index) => [`metric_${index}`, 1]);
    packet.trainingMetrics = Object.fromEntries(names);
    expect(() => createFrameWriter().write(packet)).toThrow(
      `${start}the dictionary of the packet takes 546784 bytes, more than the maximum of 262144 [budget.size]`,
    );
    const wide = longRun(100);
    const short = Object.fromEntries(names.slice(0, 1000));
    for (const seed of wide.seedStates) seed.metrics = { ...short };
    expect(() => createFrameWriter().write(wide)).toThrow(
      `${start}the packet takes 446090 bytes, more than the maximum of 262144 [budget.size]`,
    );
  });
});
