import { describe, expect, it } from "vitest";
import { createRandom } from "../../../bench/random.js";
import { createFrameReader, createFrameWriter } from "../../../src/leyline/compact/index.js";
import { canonical, errorOf, fixture, isFrame, longRun, readAll } from "./packets.js";
import { dictionary, type Entry, entries, frame, id, ready } from "./updates.js";

const start = "cannot read esper.leyline.v1.SystemStatePacket from frames: ";
const changes = 20_000;

/** The arrays of packets of one frame, of two and of several, with what they add to the dictionary. */
const written = [fixture("state-10-seeds"), fixture("state-10-seeds-metrics"), longRun(40)].map(
  (packet) => ({ packet: canonical(packet), arrays: createFrameWriter().write(packet) }),
);

/** The array with one bit changed. */
function withFlip(bytes: Uint8Array, bit: number): Uint8Array {
  const changed = bytes.slice();
  changed[bit >>> 3] = (changed[bit >>> 3] ?? 0) ^ (1 << (bit & 7));
  return changed;
}

describe("an array in which one bit changed", () => {
  it.each([
    ["frame", true],
    ["dictionary", false],
  ])("is refused, in 20,000 changes of a %s, and harms nothing", (_, inFrame) => {
    const random = createRandom(20_260_131);
    const accepted: string[] = [];
    for (const [index, { packet, arrays }] of written.entries()) {
      const from = Math.ceil((changes * index) / written.length);
      const to = Math.ceil((changes * (index + 1)) / written.length);
      const targets = arrays.filter((bytes) => isFrame(bytes) === inFrame);
      const reader = createFrameReader();
      if (inFrame)
        readAll(
          reader,
          arrays.filter((bytes) => !isFrame(bytes)),
        );
      for (let change = from; change < to; change++) {
        const bytes = targets[random.integer(0, targets.length - 1)] ?? new Uint8Array(0);
        const bit = random.integer(0, bytes.length * 8 - 1);
        if (reader.safeRead(withFlip(bytes, bit)).ok) accepted.push(`${index}: bit ${bit}`);
      }
      expect(readAll(reader, arrays)).toEqual([packet]);
    }
    expect(accepted).toEqual([]);
  });
});

describe("a checksum", () => {
  const text = (value: string): Entry => ({ case: "text", value });

  it("is that of the frame and of the entries that it needs", () => {
    const [cuda, ...others] = entries;
    expect(cuda).toEqual(text("cuda"));
    const other = [text("cpu"), ...others];
    const reader = createFrameReader();
    reader.read(dictionary(other));
    expect(errorOf(reader.safeRead(frame({})))).toBe(
      `${start}checksum: does not match the bytes and the first 9 entries of dictionary 00000abc [frame.malformed]`,
    );
    expect(reader.read(frame({}, id, other))?.sourceSubsystem).toBe("cpu");
  });

  it("does not cover later entries", () => {
    const reader = ready();
    reader.read(dictionary([text("more")], 9));
    expect(reader.read(frame({}))?.sourceSubsystem).toBe("cuda");
  });

  it("of a dictionary is that of its bytes", () => {
    const bytes = dictionary(entries);
    bytes.set([1], bytes.length - 1);
    expect(errorOf(createFrameReader().safeRead(bytes))).toBe(
      `${start}checksum: does not match the bytes [frame.malformed]`,
    );
  });

  it("must be the last field", () => {
    const last = `${start}checksum: must be the last field of the array [frame.malformed]`;
    const without = dictionary(entries).subarray(0, -5);
    expect(errorOf(createFrameReader().safeRead(without))).toBe(last);
    const bytes = frame({});
    const early = new Uint8Array([...bytes.subarray(-5), ...bytes.subarray(0, -5)]);
    expect(errorOf(ready().safeRead(early))).toBe(last);
  });
});
