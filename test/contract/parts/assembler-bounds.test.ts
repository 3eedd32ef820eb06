import { describe, expect, it } from "vitest";
import {
  type Assembler,
  assemblerDefaults,
  createAssembler,
} from "../../../src/contract/parts/assembler.js";
import { SystemStatePacket } from "../../../src/leyline/index.js";
import { assembling, idOfTen, partsOfTen, ten } from "../../support/assembling.js";
import { partOf } from "../../support/parts.js";

describe("the bounds of an assembler", () => {
  const part = (id: bigint, index: number, count: number, size: number): Uint8Array =>
    partOf({ id, index, count, records: new Uint8Array(size).fill(1) });

  it("abandon messages that are too old, counted from the first part", () => {
    const { assembler, clock } = assembling({ maxAgeMillis: 50 });
    const [first, second, third] = partsOfTen();
    assembler.add(first);
    clock.now += 30;
    assembler.add(second);
    assembler.add(part(8n, 0, 2, 5));
    clock.now += 20;
    expect(assembler.takeAbandoned()).toEqual([]);
    clock.now += 1;
    expect(assembler.takeAbandoned()).toMatchObject([
      { id: idOfTen, received: 2, count: 3, reason: "age" },
    ]);
    expect(assembler.takeAbandoned()).toEqual([]);
    clock.now += 30;
    assembler.add(part(9n, 0, 2, 5));
    expect(assembler.takeAbandoned()).toEqual([
      { id: 8n, received: 1, count: 2, bytes: 5, reason: "age" },
    ]);
    expect(assembler.abandonedCount).toBe(2);
    // Sent again with all parts, it is complete.
    expect([third, first, second].map((again) => assembler.add(again)?.message)).toEqual([
      undefined,
      undefined,
      ten,
    ]);
  });

  it("abandon the oldest of too many messages", () => {
    const { assembler } = assembling({ maxMessages: 3 });
    for (const id of [1n, 2n, 3n, 4n, 1n]) assembler.add(part(id, 0, 2, 10));
    expect(assembler.messages).toBe(3);
    expect(assembler.takeAbandoned()).toEqual([
      { id: 1n, received: 1, count: 2, bytes: 10, reason: "count" },
      { id: 2n, received: 1, count: 2, bytes: 10, reason: "count" },
    ]);
  });

  it("abandon nothing for a message of one part", () => {
    const { assembler } = assembling({ maxMessages: 1, maxBytes: 700 });
    const [first, second, third] = partsOfTen();
    assembler.add(first);
    const [small = new Uint8Array(0)] = SystemStatePacket.encodeParts(
      SystemStatePacket.create({ packetId: "p" }),
    );
    expect(assembler.add(small)?.message.packetId).toBe("p");
    expect(assembler.messages).toBe(1);
    expect(assembler.add(second)).toBeUndefined();
    expect(assembler.takeAbandoned()).toMatchObject([
      { id: idOfTen, received: 2, count: 3, reason: "memory" },
    ]);
    assembler.add(third);
    expect(assembler.messages).toBe(1);
  });

  it("abandon the oldest message where memory is short, even the one that grows", () => {
    const { assembler } = assembling({ maxBytes: 3 * (256 + 100) });
    for (const id of [1n, 2n, 3n]) assembler.add(part(id, 0, 9, 100));
    assembler.add(part(3n, 1, 9, 100));
    expect(assembler.takeAbandoned()).toEqual([
      { id: 1n, received: 1, count: 9, bytes: 100, reason: "memory" },
    ]);
    assembler.add(part(2n, 1, 9, 100));
    expect(assembler.takeAbandoned()).toEqual([
      { id: 2n, received: 2, count: 9, bytes: 200, reason: "memory" },
    ]);
    expect({ messages: assembler.messages, bytes: assembler.bytes }).toEqual({
      messages: 1,
      bytes: 2 * 356,
    });
  });

  it("are kept in a flood of parts of messages that never become complete", () => {
    const { assembler } = assembling({ maxParts: Number.POSITIVE_INFINITY, maxBytes: 100_000 });
    let most = 0;
    for (let index = 0; index < 20_000; index++) {
      assembler.add(part(BigInt(index % 1000), index, 4_294_967_295, 1 + (index % 7)));
      most = Math.max(most, assembler.bytes, assembler.messages * 256);
    }
    expect(most).toBeLessThanOrEqual(100_000);
    expect(assembler.messages).toBeLessThanOrEqual(256);
    const reports = assembler.takeAbandoned();
    expect(reports).toHaveLength(1024);
    expect(assembler.abandonedCount).toBeGreaterThan(10_000);
    expect(new Set(reports.map(({ reason }) => reason))).toEqual(new Set(["count"]));
  });

  it("remember the last finished messages", () => {
    const { assembler } = assembling({ maxRemembered: 3 });
    const single = (id: number): Uint8Array =>
      SystemStatePacket.encodeParts(SystemStatePacket.create({ packetId: "p" }), { id })[0] ??
      new Uint8Array(0);
    const given = (ids: number[]): boolean[] =>
      ids.map((id) => assembler.add(single(id)) !== undefined);
    expect(given([1, 2, 3, 4, 5, 6])).toEqual([true, true, true, true, true, true]);
    expect(given([4, 5, 6])).toEqual([false, false, false]);
    expect(given([7, 6, 5, 4, 3])).toEqual([true, false, false, true, true]);
  });

  it("keep the newest reports, and count all", () => {
    const { assembler } = assembling({ maxMessages: 1, maxReports: 2 });
    for (const id of [1n, 2n, 3n, 4n, 5n]) assembler.add(part(id, 0, 2, 1));
    expect(assembler.takeAbandoned().map(({ id }) => id)).toEqual([3n, 4n]);
    expect(assembler.abandonedCount).toBe(4);
  });

  it("are one frozen object", () => {
    expect(Object.isFrozen(assemblerDefaults)).toBe(true);
    expect(assemblerDefaults).toMatchObject({
      strict: false,
      maxBytes: 16_777_216,
      maxMessages: 256,
      maxAgeMillis: 30_000,
      maxParts: 4096,
      maxRemembered: 4096,
      maxReports: 1024,
    });
    const unset = { maxMessages: undefined, maxBytes: undefined, now: undefined };
    const made: Assembler = Reflect.apply(createAssembler, undefined, [SystemStatePacket, unset]);
    expect(made.add(partsOfTen()[0])).toBeUndefined();
    expect(() => made.add(new Uint8Array(16_777_217))).toThrow("[input.bytes]");
  });

  it.each([
    [
      "maxBytes: expected a whole number of at least 1, or Infinity, got NaN",
      { maxBytes: Number.NaN },
    ],
    ["maxMessages: expected a whole number of at least 1, or Infinity, got 0", { maxMessages: 0 }],
    [
      'maxAgeMillis: expected a whole number of at least 1, or Infinity, got "1"',
      { maxAgeMillis: "1" },
    ],
    ["maxParts: expected a whole number of at least 1, or Infinity, got -1", { maxParts: -1 }],
    [
      "maxRemembered: expected a whole number of at least 1, or Infinity, got null",
      { maxRemembered: null },
    ],
    ["maxReports: expected a whole number of at least 1, or Infinity, got 0", { maxReports: 0 }],
    ["now: expected a function, got 5", { now: 5 }],
    ["expected an object, got null", null],
  ])("are refused: %s", (text, options) => {
    const make = (): unknown =>
      Reflect.apply(createAssembler, undefined, [SystemStatePacket, options]);
    expect(make).toThrow(`cannot configure esper.leyline.v1.SystemStatePacket: ${text} [config]`);
  });

  it("need a clock that works", () => {
    const broken = createAssembler(SystemStatePacket, { now: () => Number.NaN });
    expect(() => broken.add(partsOfTen()[0])).toThrow(
      "cannot configure esper.leyline.v1.SystemStatePacket: now: expected a clock that gives a finite number of milliseconds, got NaN [config]",
    );
  });
});
