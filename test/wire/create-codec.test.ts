import { describe, expect, it } from "vitest";
import type { Codec } from "../../src/wire/codec.js";
import { createCodec } from "../../src/wire/create-codec.js";
import { ContractError } from "../../src/wire/error.js";
import { Fault, full } from "../../src/wire/fault.js";
import { concat } from "../support/binary/bytes.js";
import { codeOf, refusalOf, textOf } from "../support/refusal.js";

interface Text {
  text: string;
  /** Called with the available room, before anything is written. */
  subscriber?: (room: number) => void;
}

/** A codec of Latin-1 texts, which needs exactly as much room as it writes. */
const codec: Codec<Text> = createCodec<Text>(
  "test.Text",
  () => ({ text: "" }),
  (message, bytes, _view, at, end) => {
    if (bytes[at] === 0x21) throw new Fault("binary.malformed", "an exclamation mark", at);
    if (bytes[at] === 0x3f) throw new TypeError("not ours");
    message.text = Buffer.from(bytes.subarray(at, end)).toString("latin1");
  },
  ({ text, subscriber }, bytes, _view, start) => {
    subscriber?.(bytes.length - start);
    if (start + text.length > bytes.length) throw full;
    for (let index = 0; index < text.length; index++) bytes[start + index] = text.charCodeAt(index);
    return start + text.length;
  },
);

const endless: Codec<object> = createCodec<object>(
  "test.Endless",
  () => ({}),
  () => {},
  () => {
    throw full;
  },
);

const own = { own: true };

describe("createCodec", () => {
  it("encodes and decodes with every method", () => {
    expect(codec.typeName).toBe("test.Text");
    for (const text of ["", "abc", "x".repeat(100_000)]) {
      const bytes = concat(Buffer.from(text));
      expect(Buffer.compare(codec.encode({ text }), bytes)).toBe(0);
      expect(Buffer.compare(codec.encode({ text }, own), bytes)).toBe(0);
      expect(codec.size({ text })).toBe(text.length);
      const target = new Uint8Array(text.length + 4);
      expect(codec.encodeInto({ text }, target, 4)).toBe(text.length + 4);
      expect(Buffer.compare(target.subarray(4), bytes)).toBe(0);
      expect(codec.decode(bytes)).toEqual({ text });
    }
  });

  it("starts again with a larger buffer until the message fits", () => {
    const rooms: number[] = [];
    const text = "x".repeat(5_000_000);
    expect(codec.encode({ text, subscriber: (room) => rooms.push(room) })).toHaveLength(5_000_000);
    expect(rooms).toEqual([...rooms].sort((one, other) => one - other));
    expect(rooms.at(-1)).toBeGreaterThanOrEqual(5_000_000);
    rooms.length = 0;
    codec.encode({ text: "", subscriber: (room) => rooms.push(room) }, own);
    expect(rooms).toEqual([0x4000]);
  });

  it("releases a buffer that grew large, also if encoding fails", () => {
    const subscriber = (room: number): void => {
      if (room > 5_000_000) throw new Error("mine");
    };
    expect(codeOf(() => codec.encode({ text: "x".repeat(5_000_000), subscriber }))).toBe(
      "input.unreadable",
    );
    const rooms: number[] = [];
    codec.encode({ text: "", subscriber: (room) => rooms.push(room) }, own);
    expect(rooms).toEqual([0x4000]);
  });

  it("encodes at most 2 GiB", () => {
    const refusal = {
      code: "length",
      path: "",
      offset: undefined,
      message: "cannot encode test.Endless: the message is larger than 2 GiB [length]",
    };
    expect(refusalOf(() => endless.encode({}))).toEqual(refusal);
    expect(refusalOf(() => endless.encode({}, own))).toEqual(refusal);
    expect(refusalOf(() => endless.encodeInto({}, new Uint8Array(9), 0))).toEqual(refusal);
    expect(refusalOf(() => endless.size({}))).toEqual(refusal);
    expect(codec.encode({ text: "abc" })).toEqual(concat([97, 98, 99]));
  });

  it("converts everything that is thrown to a ContractError", () => {
    expect(refusalOf(() => codec.decode(concat([0x21])))).toEqual({
      code: "binary.malformed",
      path: "",
      offset: 0,
      message:
        "cannot decode test.Text from binary: an exclamation mark (at byte 0) [binary.malformed]",
    });
    expect(refusalOf(() => codec.decode(concat([0x3f])))).toEqual({
      code: "input.unreadable",
      path: "",
      offset: undefined,
      message:
        "cannot decode test.Text from binary: reading the value threw an error [input.unreadable]",
    });
    for (const thrown of [new RangeError("theirs"), "a string", undefined, null]) {
      const subscriber = (): never => {
        throw thrown;
      };
      expect(refusalOf(() => codec.encode({ text: "", subscriber }))).toEqual({
        code: "input.unreadable",
        path: "",
        offset: undefined,
        message: "cannot encode test.Text: reading the value threw an error [input.unreadable]",
      });
    }
  });

  it("does not take a ContractError of the caller's for one of the message", () => {
    const subscriber = (): never => {
      throw new ContractError("check", "test.Inner", { path: "a", rule: "rule", message: "no" });
    };
    const into = (message: Text): number => codec.encodeInto(message, new Uint8Array(9), 0);
    for (const encode of [codec.encode, codec.size, into]) {
      expect(textOf(() => encode({ text: "", subscriber }))).toBe(
        "cannot encode test.Text: reading the value threw an error [input.unreadable]",
      );
    }
  });

  it("throws a ContractError if the stack is full", () => {
    const deep = (): string => {
      try {
        return deep();
      } catch {
        return codeOf(() => codec.encode({ text: "", subscriber: recurse }));
      }
    };
    const recurse = (): void => recurse();
    expect(deep()).toBe("input.unreadable");
    expect(codec.encode({ text: "abc" })).toEqual(concat([97, 98, 99]));
    expect(codec.encode({ text: "abc" }, own)).toEqual(concat([97, 98, 99]));
  });
});
