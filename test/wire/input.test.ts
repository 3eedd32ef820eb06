import { describe, expect, it } from "vitest";
import { Fault } from "../../src/wire/fault.js";
import { closeInput, openInput, takeBytes } from "../../src/wire/input.js";
import { concat } from "../support/binary/bytes.js";

const filled = (length: number, value: number): Uint8Array<ArrayBuffer> =>
  new Uint8Array(length).fill(value);

/** The input as a decoder sees it, with the 16 bytes after it. */
function seen(bytes: Uint8Array): [content: Uint8Array, behind: Uint8Array] {
  const { buffers, start, end } = openInput(bytes, {});
  const all = new Uint8Array(buffers.bytes);
  closeInput(end);
  return [all.slice(start, end), all.slice(end, end + 16)];
}

describe("openInput", () => {
  it.each([0, 1, 1000, 32767, 32768, 32769, 100_000])(
    "copies %i bytes, with zeros behind them",
    (length) => {
      seen(filled(32_000, 0xff));
      const [content, behind] = seen(filled(length, 7));
      expect(Buffer.compare(content, filled(length, 7))).toBe(0);
      expect(behind).toEqual(filled(16, 0));
    },
  );

  it("reads a view of the same bytes as its array", () => {
    const { buffers, start } = openInput(concat([1, 2, 3, 4]), {});
    expect(buffers.view.getUint32(start, true)).toBe(0x04030201);
    expect(buffers.view.buffer).toBe(buffers.bytes.buffer);
  });

  it("refuses everything but a Uint8Array", () => {
    for (const input of ["", [], null, undefined, new ArrayBuffer(2), new Uint16Array(2)]) {
      expect(() => openInput(input as never, {})).toThrow(
        expect.objectContaining({ rule: "input.type" }),
      );
    }
    const lost = filled(3, 1);
    structuredClone(lost, { transfer: [lost.buffer] });
    try {
      expect(openInput(lost, {})).toBe("nothing was thrown");
    } catch (thrown) {
      expect(thrown).toEqual(
        new Fault(
          "input.type",
          "expected a Uint8Array with a buffer, got 0 bytes",
          undefined,
          "a Uint8Array with a buffer",
          "0 bytes",
        ),
      );
    }
  });
});

describe("takeBytes", () => {
  it("never overwrites a small value, but reuses all other bytes", () => {
    const first = openInput(filled(100, 1), {});
    closeInput(first.end);
    const second = openInput(filled(100, 2), {});
    expect(second.start).toBe(first.start);
    const value = takeBytes(second.buffers.bytes, second.start + 10, second.start + 20, 1);
    closeInput(second.end);
    const third = openInput(filled(100, 3), {});
    expect(third.buffers.bytes === second.buffers.bytes ? third.start : second.end).toBe(
      second.end,
    );
    closeInput(third.end);
    expect(value).toEqual(filled(10, 2));
  });

  it("reuses the bytes of a message that was not completely read", () => {
    const failed = openInput(filled(50, 1), {});
    takeBytes(failed.buffers.bytes, failed.start, failed.end, 1);
    const next = openInput(filled(50, 2), {});
    expect(next.start).toBe(failed.start);
    closeInput(next.end);
  });

  it("starts a new slab if the last one is full", () => {
    const blocks = new Set<ArrayBufferLike>();
    const values: Uint8Array[] = [];
    for (let turn = 0; turn < 100; turn++) {
      const { buffers, start, end } = openInput(filled(4000, turn), {});
      values.push(takeBytes(buffers.bytes, start, end, 1));
      blocks.add(buffers.bytes.buffer);
      closeInput(end);
    }
    expect(blocks.size).toBeGreaterThan(5);
    expect(blocks.size).toBeLessThan(10);
    expect(values.every((value, turn) => value.every((byte) => byte === turn))).toBe(true);
  });

  it("returns a view of the caller's bytes, at the same offset, with alias", () => {
    const input = concat(filled(5, 9), [1, 2, 3, 4], filled(5, 9)).subarray(5, 9);
    const { buffers, start, end } = openInput(input, { alias: true, own: true });
    const value = takeBytes(buffers.bytes, start + 1, start + 3, 1);
    closeInput(end);
    expect(value).toEqual(concat([2, 3]));
    expect([value.buffer, value.byteOffset]).toEqual([input.buffer, 6]);
  });
});
