import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createFrameReader, createFrameWriter } from "../../../src/leyline/compact/index.js";
import { SystemStatePacket } from "../../../src/leyline/index.js";
import { validMessagesOf } from "../../../src/testing/index.js";
import { difference } from "../../support/same.js";
import { canonical, fixture, isFrame } from "./packets.js";

const runs = { seed: 20_260_102, numRuns: 80 };
const examples = ["state-1-seed", "state-10-seeds", "state-10-seeds-metrics"].map(fixture);
/** Packets that differ in a few fields, and packets that have little in common. */
const packets = validMessagesOf(SystemStatePacket, { examples });
const sequences = fc.array(packets, { minLength: 1, maxLength: 12 });
const options = fc.record({
  maxBytes: fc.constantFrom(280, 280, 280, 128, 4096),
  dictionaryEvery: fc.constantFrom(1, 2, 3, 100),
});

type Written = ReturnType<typeof write>[number];

/** The arrays of each packet that fits them. */
function write(
  sequence: readonly SystemStatePacket[],
  given: { readonly maxBytes: number; readonly dictionaryEvery: number },
) {
  const writer = createFrameWriter(given);
  return sequence.flatMap((packet) => {
    const result = writer.safeWrite(packet);
    if (result.ok) return [{ packet: canonical(packet), arrays: result.value }];
    expect(result.error.code).toBe("budget.size");
    expect(result.error.path).not.toBe("");
    return [];
  });
}

const idsOf = (written: readonly Written[]): SystemStatePacket[] =>
  written.map(({ packet }) => packet);

describe("packets in the compact form", () => {
  it("come back exactly and in order if every array is received", () => {
    let twoFrames = 0;
    const property = fc.property(sequences, options, (sequence, given) => {
      const reader = createFrameReader();
      for (const { packet, arrays } of write(sequence, given)) {
        const read = arrays.map((bytes) => {
          expect(bytes.length).toBeLessThanOrEqual(given.maxBytes);
          return reader.read(bytes);
        });
        if (arrays.filter(isFrame).length > 1) twoFrames++;
        expect(difference(read.pop(), packet)).toBeUndefined();
        expect(read.every((earlier) => earlier === undefined)).toBe(true);
      }
      expect(reader.abandoned).toEqual([]);
    });
    fc.assert(property, runs);
    expect(twoFrames).toBeGreaterThan(5);
  });

  it("come back exactly, and at most once, whatever is lost, repeated or late", () => {
    const counts = { given: 0, missing: 0 };
    const fates = fc.array(fc.constantFrom("lost", "sent", "sent", "sent", "twice", "late"), {
      minLength: 80,
      maxLength: 80,
    });
    const property = fc.property(sequences, options, fates, (sequence, given, fate) => {
      const written = write(sequence, given);
      const reader = createFrameReader();
      const late: Uint8Array[] = [];
      const order = written
        .flatMap(({ arrays }) => arrays)
        .flatMap((bytes, index) => {
          const what = fate[index % fate.length];
          if (what === "late") late.push(bytes);
          if (what === "lost" || what === "late") return [];
          return what === "twice" ? [bytes, ...late.splice(0), bytes] : [bytes];
        });
      const back: SystemStatePacket[] = [];
      for (const bytes of [...order, ...late]) {
        const result = reader.safeRead(bytes);
        if (!result.ok) {
          expect(result.error.code).toBe("frame.dictionary_missing");
          counts.missing++;
        } else if (result.value !== undefined) {
          back.push(result.value);
        }
      }
      counts.given += back.length;
      const left = idsOf(written);
      for (const packet of back) {
        const index = left.findIndex((sent) => difference(packet, sent) === undefined);
        expect(index).toBeGreaterThanOrEqual(0);
        left.splice(index, 1);
      }
    });
    fc.assert(property, runs);
    expect(Math.min(counts.given, counts.missing)).toBeGreaterThan(30);
  });

  it("are read in order whatever becomes of the bytes, and the next whole dictionary repairs all", () => {
    const damage = fc.record({ at: fc.nat(), to: fc.nat(255), cut: fc.boolean() });
    const codes = new Set<string>();
    const property = fc.property(
      sequences,
      fc.array(damage, { minLength: 20, maxLength: 20 }),
      (sequence, damages) => {
        const reader = createFrameReader();
        const arrays = write(sequence, { maxBytes: 280, dictionaryEvery: 2 }).flatMap(
          (each) => each.arrays,
        );
        for (const [index, bytes] of arrays.entries()) {
          const { at, to, cut } = damages[index % damages.length] ?? { at: 0, to: 0, cut: false };
          const damaged = cut ? bytes.slice(0, at % bytes.length) : bytes.slice();
          if (!cut) damaged[at % bytes.length] = to;
          const result = reader.safeRead(damaged);
          if (!result.ok) codes.add(result.error.code);
          else if (result.value !== undefined) SystemStatePacket.check(result.value);
        }
        for (const { packet, arrays: intact } of write(sequence, {
          maxBytes: 280,
          dictionaryEvery: 2,
        })) {
          expect(
            difference(intact.map((bytes) => reader.read(bytes)).at(-1), packet),
          ).toBeUndefined();
        }
      },
    );
    fc.assert(property, runs);
    expect([...codes]).toEqual(
      expect.arrayContaining([
        "frame.malformed",
        "frame.dictionary_missing",
        "frame.unknown_fields",
        "binary.truncated",
      ]),
    );
  });
});
