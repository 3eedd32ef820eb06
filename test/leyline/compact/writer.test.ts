import { describe, expect, it } from "vitest";
import { createFrameReader, createFrameWriter } from "../../../src/leyline/compact/index.js";
import type { SystemStatePacket } from "../../../src/leyline/index.js";
import { canonical, errorOf, fixture, readAll } from "./packets.js";

const unknown = [{ no: 99, wireType: 0, data: Uint8Array.of(1) }];

describe("a packet that is to be written", () => {
  const cannot = "cannot write esper.leyline.v1.SystemStatePacket as a frame: ";
  it.each<[Partial<SystemStatePacket>, string]>([
    [{ version: 2 }, "version: expected a number of at most 1, got 2 [range]"],
    [{ packetId: "" }, 'packet_id: expected a non-empty string, got "" [length]'],
    [{ $unknown: unknown }, "1 unknown field that a frame cannot carry [frame.unknown_fields]"],
    [
      { $unknown: [...unknown, ...unknown] },
      "2 unknown fields that a frame cannot carry [frame.unknown_fields]",
    ],
  ])("is refused with %o", (fields, text) => {
    expect(() => createFrameWriter().write({ ...fixture("state-1-seed"), ...fields })).toThrow(
      cannot + text,
    );
  });

  it("is refused with unknown fields anywhere, and the next packet needs no new dictionary", () => {
    const writer = createFrameWriter();
    const reader = createFrameReader();
    readAll(reader, writer.write(fixture("state-10-seeds")));
    const packet = fixture("state-10-seeds");
    for (const seed of packet.seedStates.slice(3, 5)) seed.$unknown = unknown;
    if (packet.hardwareContext !== undefined) packet.hardwareContext.$unknown = unknown;
    expect(errorOf(writer.safeWrite(packet))).toBe(
      `${cannot}hardware_context: 1 unknown field that a frame cannot carry [frame.unknown_fields] (and 2 more issues)`,
    );
    const result = writer.safeWrite(packet);
    expect(result.ok ? [] : result.error.issues.map(({ path }) => path)).toEqual([
      "hardware_context",
      "seed_states[3]",
      "seed_states[4]",
    ]);
    const arrays = writer.write(fixture("state-10-seeds"));
    expect(arrays).toHaveLength(1);
    expect(readAll(reader, arrays)).toEqual([canonical(fixture("state-10-seeds"))]);
  });

  it("is refused with a ContractError if it is not a packet or cannot be read", () => {
    const write: (packet: never) => unknown = createFrameWriter().safeWrite;
    const hostile = new Proxy(fixture("state-1-seed"), {
      get(target, key) {
        if (key === "seedStates") throw new Error("no");
        return Reflect.get(target, key);
      },
    });
    const errors = [undefined, null, {}, 1, hostile].map((value) => {
      const result: unknown = Reflect.apply(write, undefined, [value]);
      return result instanceof Object && "error" in result ? String(result.error) : result;
    });
    const message = "expected a esper.leyline.v1.SystemStatePacket message, got";
    expect(errors).toEqual([
      `ContractError: ${cannot}${message} undefined [type]`,
      `ContractError: ${cannot}${message} null [type]`,
      `ContractError: ${cannot}${message} an object [type]`,
      `ContractError: ${cannot}${message} 1 [type]`,
      `ContractError: ${cannot}reading the value threw an error [input.unreadable]`,
    ]);
  });
});

describe("options", () => {
  it.each<[object, string]>([
    [
      { maxBytes: 63 },
      "createFrameWriter: maxBytes: expected an integer from 64 to 262144, got 63 [config]",
    ],
    [
      { dictionaryEvery: 0 },
      "createFrameWriter: dictionaryEvery: expected an integer of at least 1, got 0 [config]",
    ],
    [
      { every: 1 },
      "createFrameWriter: every: there is no such setting; did you mean dictionaryEvery? [config]",
    ],
  ])("of a writer are refused: %o", (options, text) => {
    expect(() => createFrameWriter(options)).toThrow(`cannot configure ${text}`);
  });

  it.each<[object, string]>([
    [
      { maxAge: 0.5 },
      "createFrameReader: maxAge: expected an integer of at least 1, got 0.5 [config]",
    ],
    [
      { maxReturned: Number.NaN },
      "createFrameReader: maxReturned: expected an integer of at least 1, got NaN [config]",
    ],
    [
      { maxPending: 0 },
      "createFrameReader: maxPending: expected an integer of at least 1, got 0 [config]",
    ],
    [
      { maxDictionaries: 0 },
      "createFrameReader: maxDictionaries: expected an integer of at least 1, got 0 [config]",
    ],
  ])("of a reader are refused: %o", (options, text) => {
    expect(() => createFrameReader(options)).toThrow(`cannot configure ${text}`);
  });
});

describe("long texts", () => {
  it.each([90, 130, 300, 20_000, 65_536])(
    "of %d characters are sent in arrays of up to maxBytes",
    (length) => {
      const experimentName = "n".repeat(length);
      const packet: SystemStatePacket = { ...fixture("state-1-seed"), experimentName };
      const arrays = createFrameWriter({ maxBytes: 100_000 }).write(packet);
      expect(arrays.filter((bytes) => bytes.length > 100_000)).toEqual([]);
      const [back] = readAll(createFrameReader(), arrays);
      expect(back).toEqual(canonical(packet));
    },
  );
});
