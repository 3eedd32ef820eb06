import { describe, expect, it } from "vitest";
import { createRandom } from "../../../bench/random.js";
import {
  createFrameReader,
  createFrameWriter,
  StateUpdate,
} from "../../../src/leyline/compact/index.js";
import type { SystemStatePacket } from "../../../src/leyline/index.js";
import { canonical, longRun, readAll, sizesOf } from "./packets.js";

/** The dictionary id of an array. */
function idOf(bytes: Uint8Array | undefined): number | undefined {
  return bytes === undefined ? undefined : StateUpdate.decode(bytes).dictionaryId;
}

describe("a packet whose", () => {
  const id = "3f2c9a64-7b1e-4d58-9c06-5e8d2a7f41b3";
  it.each([
    ["id is a UUID", id],
    ["id is a UUID without a version", "00000000-0000-0000-0000-000000000000"],
    ["id has upper case in its last group", "3f2c9a64-7b1e-4d58-9c06-5E8d2a7f41b3"],
    ["id is all upper case", id.toUpperCase()],
    ["id has braces", `{${id}}`],
    ["id has a line break after it", `${id}\n`],
    ["id has no hyphens", id.replaceAll("-", "")],
    ["id is any other text", "packet 7 \u{1f331}"],
  ])("%s comes back unchanged", (_, packetId) => {
    const arrays = createFrameWriter().write({ ...longRun(1), packetId });
    expect(readAll(createFrameReader(), arrays)[0]?.packetId).toBe(packetId);
  });

  it("metrics change their names or their order comes back unchanged", () => {
    const writer = createFrameWriter();
    const reader = createFrameReader();
    for (const names of [
      ["alpha", "grad"],
      ["alpha", "beta"],
      ["grad", "alpha"],
      ["__proto__", "1"],
      [],
    ]) {
      const packet = longRun(2);
      const metrics = names.map((name, index): [string, number] => [name, index + 0.5]);
      for (const seed of packet.seedStates) seed.metrics = Object.fromEntries(metrics);
      const [back] = readAll(reader, writer.write(packet));
      expect(back).toEqual(canonical(packet));
      expect(back?.seedStates.map((seed) => Object.keys(seed.metrics))).toEqual(
        packet.seedStates.map((seed) => Object.keys(seed.metrics)),
      );
    }
  });
});

describe("the order of seeds", () => {
  const reversed = (packet: SystemStatePacket): SystemStatePacket => ({
    ...packet,
    seedStates: packet.seedStates.toReversed(),
  });

  it("goes into the dictionary if it would make the frame too large", () => {
    const writer = createFrameWriter();
    const reader = createFrameReader();
    // So many seeds that the number of a seed takes two bytes.
    for (let step = 0; step < 14; step++)
      readAll(reader, writer.write(longRun(10, createRandom(step))));
    const packet = longRun(10, createRandom(13));
    readAll(reader, writer.write(packet));
    const arrays = writer.write(reversed(packet));
    const { dictionary, frames } = sizesOf(arrays);
    expect([dictionary.length, frames.length]).toEqual([1, 1]);
    expect(readAll(reader, arrays)).toEqual([canonical(reversed(packet))]);
  });

  it("is in the frame otherwise, until the whole dictionary is sent again", () => {
    const writer = createFrameWriter({ dictionaryEvery: 3 });
    const packet = longRun(10);
    const arrays = [packet, reversed(packet), reversed(packet), reversed(packet)].map(writer.write);
    const sizes = arrays.map(sizesOf);
    const [first = 0] = sizes[0]?.frames ?? [];
    // A tag of two bytes, a length and ten numbers; from the second packet on also the number of the packet.
    expect(sizes.map(({ frames: [bytes = 0] }) => bytes - first)).toEqual([0, 15, 15, 0]);
    expect(sizes.map(({ dictionary }) => dictionary.length > 0)).toEqual([
      true,
      false,
      false,
      true,
    ]);
    expect(idOf(arrays[3]?.[0])).not.toBe(idOf(arrays[0]?.[0]));
  });
});

describe("a dictionary that grows", () => {
  it("is replaced before it is larger than a reader accepts", () => {
    const writer = createFrameWriter({ dictionaryEvery: 1_000_000 });
    const reader = createFrameReader();
    const ids = new Set<number | undefined>();
    for (let step = 0; step < 60; step++) {
      const packet = longRun(100, createRandom(step));
      const arrays = writer.write(packet);
      ids.add(idOf(arrays[0]));
      expect(readAll(reader, arrays)).toEqual([canonical(packet)]);
    }
    expect(ids.size).toBe(3);
  });
});
