import { afterEach, describe, expect, it, vi } from "vitest";
import { createRandom } from "../../../bench/random.js";
import {
  createFrameReader,
  createFrameWriter,
  StateUpdate,
} from "../../../src/leyline/compact/index.js";
import type { SystemStatePacket } from "../../../src/leyline/index.js";
import { canonical, errorOf, fixture, isFrame, longRun, readAll } from "./packets.js";

const start = "cannot read esper.leyline.v1.SystemStatePacket from frames: ";

/** Ten seeds with metrics, which take two frames. */
const large = fixture("state-10-seeds-metrics");
const small = fixture("state-10-seeds");

afterEach(() => vi.restoreAllMocks());

/** Makes the next writers start with this dictionary id. */
function startWith(id: number): void {
  vi.spyOn(globalThis.crypto, "getRandomValues").mockImplementation((array) => {
    if (array instanceof Uint32Array) array[0] = id;
    return array;
  });
}

function named(packet: SystemStatePacket, id: string): SystemStatePacket {
  return { ...packet, packetId: id };
}

function dictionaryOf(arrays: readonly Uint8Array[]): Uint8Array[] {
  return arrays.filter((bytes) => !isFrame(bytes));
}

function framesOf(arrays: readonly Uint8Array[]): Uint8Array[] {
  return arrays.filter(isFrame);
}

describe("a reader without the dictionary", () => {
  it("reports what is missing, and reads the same frame after receiving it", () => {
    startWith(0xc0ffee);
    const arrays = createFrameWriter().write(small);
    const reader = createFrameReader();
    const [frame = new Uint8Array(0)] = framesOf(arrays);
    const [first = new Uint8Array(0), second = new Uint8Array(0)] = dictionaryOf(arrays);
    expect(() => reader.read(frame)).toThrow(
      `${start}frame.entries: needs 33 entries of dictionary 00c0ffee, of which 0 were received [frame.dictionary_missing]`,
    );
    expect(reader.read(first)).toBeUndefined();
    expect(errorOf(reader.safeRead(frame))).toBe(
      `${start}frame.entries: needs 33 entries of dictionary 00c0ffee, of which 20 were received [frame.dictionary_missing]`,
    );
    expect(reader.read(second)).toBeUndefined();
    expect(reader.read(frame)).toEqual(canonical(small));
  });

  it("accepts the arrays of a dictionary in any order", () => {
    const arrays = createFrameWriter().write(longRun(60));
    const reader = createFrameReader();
    for (const bytes of dictionaryOf(arrays).toReversed())
      expect(reader.read(bytes)).toBeUndefined();
    expect(readAll(reader, framesOf(arrays).toReversed())).toEqual([canonical(longRun(60))]);
  });

  it("recovers with the next whole dictionary", () => {
    const writer = createFrameWriter({ dictionaryEvery: 4 });
    const reader = createFrameReader();
    const grown = longRun(10);
    const before = { ...grown, seedStates: grown.seedStates.slice(0, 9) };
    const results = [before, before, grown, grown, grown, grown].map((packet, index) => {
      const arrays = writer.write(packet);
      // The addition with the tenth seed is lost.
      const sent = index === 2 ? framesOf(arrays) : arrays;
      return sent.map((bytes) => reader.safeRead(bytes)).at(-1);
    });
    expect(results.map((result) => result?.ok)).toEqual([true, true, false, false, true, true]);
    expect(results.at(-1)).toEqual({ ok: true, value: canonical(grown) });
  });

  it("still reads if a repeated dictionary without new entries is lost", () => {
    const writer = createFrameWriter({ dictionaryEvery: 2 });
    const reader = createFrameReader();
    readAll(reader, writer.write(small));
    writer.write(small);
    const third = writer.write(small);
    expect(dictionaryOf(third)).toHaveLength(2);
    expect(readAll(reader, framesOf(third))).toEqual([canonical(small)]);
  });
});

describe("dictionaries", () => {
  it("are replaced, under the next id, if they are due again and have entries that are no longer needed", () => {
    startWith(2 ** 32 - 1);
    const writer = createFrameWriter({ dictionaryEvery: 2 });
    const ids = [small, large, small, small, small].flatMap((packet) =>
      dictionaryOf(writer.write(packet)).map((bytes) => {
        return StateUpdate.decode(bytes).dictionaryId;
      }),
    );
    const last = 2 ** 32 - 1;
    expect(ids).toEqual([last, last, last, 0, 0, 0, 0]);
  });

  it("that were replaced still read their own frames", () => {
    const writer = createFrameWriter({ dictionaryEvery: 1 });
    const reader = createFrameReader();
    const old = writer.write(named(large, "old"));
    const recent = writer.write(named(small, "new"));
    const order = [...dictionaryOf(old), ...recent, ...framesOf(old)];
    expect(readAll(reader, order)).toEqual([
      canonical(named(small, "new")),
      canonical(named(large, "old")),
    ]);
  });

  it("of several writers are kept apart, up to the maximum number", () => {
    const writers = Array.from({ length: 3 }, () => createFrameWriter());
    const packets = [small, large, longRun(3)];
    const arrays = writers.map((writer, index) => writer.write(packets[index] ?? small));
    const roomy = createFrameReader({ maxDictionaries: 3 });
    const woven = [...arrays.flatMap(dictionaryOf), ...arrays.flatMap(framesOf)];
    expect(readAll(roomy, woven)).toEqual(packets.map(canonical));

    const tight = createFrameReader({ maxDictionaries: 2 });
    for (const bytes of arrays.flatMap(dictionaryOf)) tight.read(bytes);
    const results = arrays.map((each) => tight.safeRead(framesOf(each)[0] ?? new Uint8Array(0)));
    expect(results.map((result) => result.ok)).toEqual([false, true, true]);
    expect(readAll(tight, arrays[0] ?? [])).toEqual([canonical(small)]);
  });

  it("with the same id and other content are never mixed", () => {
    startWith(5);
    const old = createFrameWriter().write(small);
    const restarted = createFrameWriter().write(longRun(10, createRandom(8)));
    const reader = createFrameReader();
    readAll(reader, old);
    const [first = new Uint8Array(0), ...rest] = dictionaryOf(restarted);
    expect(errorOf(reader.safeRead(first))).toBe(
      `${start}dictionary.entries[1]: entry 1 of dictionary 00000005 was received before with other content [frame.malformed]`,
    );
    // Both are forgotten, so a frame of either is refused until its dictionary comes again.
    for (const bytes of [...framesOf(old), ...framesOf(restarted)]) {
      expect(errorOf(reader.safeRead(bytes))).toContain("[frame.dictionary_missing]");
    }
    expect(readAll(reader, [first, ...rest, ...framesOf(restarted)])).toEqual([
      canonical(longRun(10, createRandom(8))),
    ]);
  });
});

describe("packets of two frames", () => {
  it("are complete in any order, and are returned once", () => {
    const writer = createFrameWriter();
    const reader = createFrameReader();
    const first = writer.write(named(large, "a"));
    const [b1, b2] = writer.write(named(large, "b"));
    const [c1, c2] = writer.write(named(large, "c"));
    readAll(reader, first);
    const woven = [c2, b1, b1, c2, c1, b2, b2, c1, ...framesOf(first)].flatMap(
      (bytes) => bytes ?? [],
    );
    expect(readAll(reader, woven).map(({ packetId }) => packetId)).toEqual(["c", "b"]);
    expect(reader.abandonedCount).toBe(0);
  });

  it("are copied, so that the caller may reuse its buffer", () => {
    const arrays = createFrameWriter().write(large);
    const reader = createFrameReader();
    const buffer = Buffer.alloc(280);
    const back = arrays.flatMap((bytes) => {
      buffer.set(bytes);
      return reader.read(buffer.subarray(0, bytes.length)) ?? [];
    });
    buffer.fill(0);
    expect(back).toEqual([canonical(large)]);
  });

  it("are abandoned, and reported, if too many are incomplete", () => {
    startWith(1);
    const writer = createFrameWriter();
    const reader = createFrameReader({ maxPending: 2 });
    readAll(reader, writer.write(large));
    const halves = Array.from({ length: 5 }, () => writer.write(large));
    for (const [half = new Uint8Array(0)] of halves) reader.read(half);
    const lost = { dictionaryId: 1, received: 1, parts: 2 };
    expect(reader.abandoned).toEqual([
      { ...lost, number: 2 },
      { ...lost, number: 3 },
    ]);
    expect(reader.abandonedCount).toBe(3);
    const rest = halves.slice(3).map(([, half]) => reader.read(half ?? new Uint8Array(0)));
    expect(rest).toEqual([canonical(large), canonical(large)]);
  });

  it("are abandoned, and reported, if too many frames were received since", () => {
    startWith(1);
    const writer = createFrameWriter();
    const reader = createFrameReader({ maxAge: 4 });
    readAll(reader, writer.write(large));
    const [half = new Uint8Array(0), other = new Uint8Array(0)] = writer.write(large);
    reader.read(half);
    readAll(reader, writer.write(large));
    readAll(reader, writer.write(large));
    expect(reader.abandoned).toEqual([]);
    reader.safeRead(half);
    expect(reader.abandoned).toEqual([{ dictionaryId: 1, number: 1, received: 1, parts: 2 }]);
    expect(reader.read(other)).toEqual(canonical(large));
  });
});

describe("a packet that comes again", () => {
  it("is returned once, as long as the reader remembers it", () => {
    const writer = createFrameWriter();
    const reader = createFrameReader({ maxReturned: 2 });
    const arrays = Array.from({ length: 3 }, () => writer.write(small));
    const [first = [], second = []] = arrays;
    expect(readAll(reader, arrays.flat())).toHaveLength(3);
    expect(readAll(reader, second)).toHaveLength(0);
    expect(readAll(reader, framesOf(first))).toHaveLength(1);
  });

  it("is not returned again after its dictionary had to go", () => {
    const reader = createFrameReader();
    const old = createFrameWriter().write(small);
    expect(readAll(reader, old)).toHaveLength(1);
    for (let writer = 0; writer < 9; writer++) {
      expect(readAll(reader, createFrameWriter().write(small))).toHaveLength(1);
    }
    const [frame = new Uint8Array(0)] = framesOf(old);
    expect(errorOf(reader.safeRead(frame))).toContain("[frame.dictionary_missing]");
    expect(readAll(reader, old)).toEqual([]);
  });

  it("is not returned again at the end of a dictionary", () => {
    const writer = createFrameWriter({ dictionaryEvery: 1_000_000 });
    const reader = createFrameReader();
    const packet = { ...fixture("state-1-seed"), trainingMetrics: {}, seedStates: [] };
    const first = writer.write(packet);
    readAll(reader, first);
    for (let number = 1; number < 16_384; number++) readAll(reader, writer.write(packet));
    expect(readAll(reader, first)).toEqual([]);
  });
});

describe("a writer", () => {
  it("begins a new dictionary after 16,384 packets, so that a packet's number takes two bytes", () => {
    const writer = createFrameWriter({ dictionaryEvery: 1_000_000 });
    const reader = createFrameReader();
    const packet = { ...fixture("state-1-seed"), trainingMetrics: {}, seedStates: [] };
    let longest = 0;
    const withDictionary: number[] = [];
    for (let step = 0; step < 16_386; step++) {
      const arrays = writer.write(packet);
      longest = Math.max(longest, ...framesOf(arrays.slice(-1)).map(({ length }) => length));
      if (arrays.length > 1) withDictionary.push(step);
      if (arrays.length > 1) expect(readAll(reader, arrays)).toEqual([canonical(packet)]);
    }
    expect(withDictionary).toEqual([0, 16_384]);
    expect(longest).toBe(79);
  });
});
