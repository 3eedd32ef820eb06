import { crc32 as zlibCrc32 } from "node:zlib";
import type { Message } from "@bufbuild/protobuf";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { PartCodec } from "../../../gen/concord/parts/v1/part_codec.js";
import { contracts } from "../../../src/all.js";
import { RouteRequest } from "../../../src/beamline/index.js";
import { partIdOf } from "../../../src/contract/parts/part-id.js";
import { toParts } from "../../../src/contract/parts/parts.js";
import { examples } from "../../../src/leyline/examples.js";
import { PruningMask, SystemStatePacket } from "../../../src/leyline/index.js";
import { MessageEnvelope } from "../../../src/pitboss/index.js";
import { messagesOf } from "../../../src/testing/index.js";
import { concat, recordsOf, sized, tag, write } from "../../support/binary/bytes.js";

const ten = SystemStatePacket.fromJson(
  examples.find(({ name }) => name === "SystemStatePacket, 10 seeds, 5 metrics")?.json,
);
const bytesOfTen = SystemStatePacket.encode(ten, { budget: false });
const id = 0x0123_4567;

/** The CRC-32 of bytes, as a fixed32. */
function crcOf(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(Uint32Array.of(zlibCrc32(bytes)).buffer);
}

describe("encodeParts", () => {
  it("cuts a packet of ten seeds into parts within the budget", () => {
    const parts = SystemStatePacket.encodeParts(ten);
    expect(parts.map(({ length }) => length)).toEqual([275, 244, 146]);
    const read = parts.map((part) => PartCodec.decode(part));
    expect(read.map(({ index }) => index)).toEqual([0, 1, 2]);
    expect(new Set(read.map(({ count }) => count))).toEqual(new Set([3]));
    expect(new Set(read.map((part) => part.id)).size).toBe(1);
    expect(concat(...read.map(({ records }) => records))).toEqual(bytesOfTen);
  });

  it("returns a Part also where one is enough", () => {
    const small = SystemStatePacket.create({ packetId: "p" });
    const bytes = SystemStatePacket.encode(small);
    expect(SystemStatePacket.encodeParts(small, { id })).toEqual([
      concat(tag(1, 1), [...crcOf(bytes), 0x67, 0x45, 0x23, 0x01], [24, 1, 34], sized(bytes)),
    ]);
  });

  it("returns one part where there is no budget, whatever the size", () => {
    const request = RouteRequest.create({
      message: { tenantId: "acme", messageType: "chat", payload: new Uint8Array(1) },
    });
    const large = { ...request, context: { text: "x".repeat(65_536) } };
    const [part, ...others] = RouteRequest.encodeParts(large);
    expect(others).toEqual([]);
    expect(PartCodec.decode(part ?? new Uint8Array(0)).records).toEqual(RouteRequest.encode(large));
  });

  it("takes another limit, smaller or larger", () => {
    const sizes = (maxBytes: number): number[] =>
      SystemStatePacket.encodeParts(ten, { id, maxBytes }).map(({ length }) => length);
    expect(Math.max(...sizes(100))).toBeLessThanOrEqual(100);
    expect(sizes(1200)).toEqual([619 + 14]);
    expect(sizes(Number.POSITIVE_INFINITY)).toEqual([619 + 14]);
  });

  it("fills a part to the last byte", () => {
    const named = (length: number): Message & { readonly $typeName: string } =>
      SystemStatePacket.create({ packetId: "p", experimentName: "x".repeat(length) });
    const partsOf = (length: number): Uint8Array[] =>
      SystemStatePacket.encodeParts(SystemStatePacket.check(named(length)), { id });
    expect(partsOf(258).map((part) => part.length)).toEqual([280]);
    expect(partsOf(259).map((part) => part.length)).toEqual([18, 278]);
  });

  it("has room for the final count", () => {
    const of = (count: number): Uint8Array =>
      concat(...Array.from({ length: count }, () => [...tag(5, 0), 1]));
    const cut = (count: number, maxBytes: number): number[] =>
      toParts(
        { schema: SystemStatePacket.schema, keys: "proto", bytes: of(count) },
        { id, strict: false, maxBytes },
      ).map(({ length }) => length);
    const same = (count: number, size: number): number[] =>
      Array.from({ length: count }, () => size);
    expect(cut(128, 18)).toEqual(same(127, 17));
    expect(cut(129, 18)).toEqual(same(128, 18));
    expect(() => cut(130, 18)).toThrow("a record of 2 bytes makes a part of 19, and a part has");
    // 130 parts while a count has one byte; then no two records fit into one part any more.
    expect(cut(260, 19)).toEqual([...same(128, 18), ...same(131, 19)]);
  });

  it("gives every message its own id", () => {
    const ids = Array.from({ length: 100 }, () =>
      SystemStatePacket.encodeParts(ten).map((part) => PartCodec.decode(part).id),
    );
    expect(new Set(ids.flat()).size).toBe(100);
  });

  it("makes one empty part of an empty message", () => {
    expect(PruningMask.codec.encode(PruningMask.create()).length).toBe(0);
    const uncut = { schema: PruningMask.schema, keys: "proto", bytes: new Uint8Array(0) } as const;
    const empty = toParts(uncut, { id, strict: false, maxBytes: 11 });
    expect(empty.map((part) => PartCodec.decode(part))).toEqual([
      { ...PartCodec.create(), id: 0x0123_4567_0000_0000n, count: 1 },
    ]);
    expect(() => toParts(uncut, { id, strict: false, maxBytes: 10 })).toThrow(
      "cannot encode esper.leyline.v1.PruningMask: a part without records has 11 bytes, and a part has at most 10 [budget.size]",
    );
  });

  it("validates, also with the strict rules", () => {
    expect(() => SystemStatePacket.encodeParts({ ...ten, version: 2 })).toThrow(
      "cannot encode esper.leyline.v1.SystemStatePacket: version: expected a number of at most 1, got 2 [range]",
    );
    expect(
      SystemStatePacket.safeEncodeParts({ ...ten, packetId: "p" }, { strict: true }),
    ).toMatchObject({
      ok: false,
      error: { code: "format", path: "packet_id" },
    });
  });

  it.each([
    [
      "in a list",
      { seedStates: [{ seedId: "a" }, { seedId: "b" }, { seedId: "x".repeat(300) }] },
      "seed_states[2]: a record of 306 bytes makes a part of 322, and a part has at most 280",
    ],
    [
      "in a map",
      { trainingMetrics: { loss: 1, ["k".repeat(300)]: 2 } },
      `training_metrics["${"k".repeat(75)}"...]: a record of 311 bytes makes a part of 327, and a part has at most 280`,
    ],
    [
      "alone",
      { experimentName: "x".repeat(300) },
      "experiment_name: a record of 303 bytes makes a part of 319, and a part has at most 280",
    ],
  ])("names a record %s that is too large alone", (_, fields, text) => {
    const packet = SystemStatePacket.create({ packetId: "p", ...fields });
    const result = SystemStatePacket.safeEncodeParts(packet);
    expect(result.ok ? "" : result.error.message).toBe(
      `cannot encode esper.leyline.v1.SystemStatePacket: ${text} [budget.size]`,
    );
  });

  it("never cuts a packed list or a group", () => {
    const of = (bytes: Uint8Array) => () =>
      toParts(
        { schema: PruningMask.schema, keys: "proto", bytes },
        { id, strict: false, maxBytes: 64 },
      );
    const mask = PruningMask.create({ shape: Array.from({ length: 100 }, () => 1) });
    expect(of(PruningMask.codec.encode(mask))).toThrow(
      "shape: a record of 102 bytes makes a part of 115, and a part has at most 64",
    );
    const item = concat(tag(1, 0), [1]);
    const group = concat(tag(99, 3), ...Array.from({ length: 50 }, () => item), tag(99, 4));
    expect(of(concat(item, group))).toThrow(
      '["field 99"]: a record of 104 bytes makes a part of 119, and a part has at most 64',
    );
    const short = concat(tag(99, 3), item, tag(99, 4));
    const parts = of(concat(...Array.from({ length: 20 }, () => short)))();
    expect(parts.map((part) => PartCodec.decode(part).records.length)).toEqual([48, 48, 24]);
  });

  it("has paths in the key names of the system", () => {
    const bytes = MessageEnvelope.codec.encode(
      MessageEnvelope.create({ nextAgent: "x".repeat(99) }),
    );
    const { keys } = MessageEnvelope.definition.dialect;
    const settings = { id, strict: false, maxBytes: 64 };
    expect(() => toParts({ schema: MessageEnvelope.schema, keys, bytes }, settings)).toThrow(
      "nextAgent: a record of 101 bytes",
    );
  });

  it.each([
    ["maxBytes: expected a whole number of at least 1, or Infinity, got 0", { maxBytes: 0 }],
    [
      "maxBytes: expected a whole number of at least 1, or Infinity, got NaN",
      { maxBytes: Number.NaN },
    ],
    [
      'maxBytes: expected a whole number of at least 1, or Infinity, got "280"',
      { maxBytes: "280" },
    ],
    ["id: expected an integer from 0 to 4294967295, got 7n", { id: 7n }],
    ["id: expected an integer from 0 to 4294967295, got -1", { id: -1 }],
    ["id: expected an integer from 0 to 4294967295, got 4294967296", { id: 2 ** 32 }],
    ["id: expected an integer from 0 to 4294967295, got 0.5", { id: 0.5 }],
    ["id: expected an integer from 0 to 4294967295, got NaN", { id: Number.NaN }],
    ["expected an object, got null", null],
  ])("refuses options: %s", (text, options) => {
    expect(() => Reflect.apply(SystemStatePacket.encodeParts, undefined, [ten, options])).toThrow(
      `cannot configure esper.leyline.v1.SystemStatePacket: ${text} [config]`,
    );
  });

  it("puts 32 random bits above the checksum of the records", () => {
    const draw = vi.spyOn(crypto, "getRandomValues").mockImplementation((array) => {
      if (array instanceof Uint32Array) array[0] = 2 ** 32 - 1;
      return array;
    });
    const [part = new Uint8Array(0)] = SystemStatePacket.encodeParts(ten);
    draw.mockRestore();
    expect(PartCodec.decode(part).id).toBe(2n ** 64n - 2n ** 32n + BigInt(zlibCrc32(bytesOfTen)));
  });

  it("takes every number of 32 bits for a message that is sent again", () => {
    const idOf = (number: number): bigint | undefined =>
      SystemStatePacket.encodeParts(ten, { id: number }).map(
        (part) => PartCodec.decode(part).id,
      )[0];
    const checksum = BigInt(zlibCrc32(bytesOfTen));
    expect([0, 1, 2 ** 32 - 1].map(idOf)).toEqual([
      checksum,
      2n ** 32n + checksum,
      2n ** 64n - 2n ** 32n + checksum,
    ]);
  });
});

describe("the parts of every contract", () => {
  const runs = { seed: 20_260_104, numRuns: 15 };
  const ids = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 2 ** 32 - 1 }));

  it.each([...contracts])(
    "$typeName: within the limit, greedy, at borders of records",
    (contract) => {
      const { schema, codec, definition } = contract;
      const { keys } = definition.dialect;
      const property = fc.property(messagesOf(contract), ids, fc.nat(60), (message, own, more) => {
        const bytes = codec.encode(message);
        const sizes = recordsOf(bytes).map((record) => write(record).length);
        // More than the largest Part without records: its id and three varints.
        const maxBytes = Math.max(0, ...sizes) + 24 + more;
        const parts = toParts({ schema, keys, bytes }, { id: own, strict: false, maxBytes });
        const read = parts.map((part) => PartCodec.decode(part));
        expect(Math.max(...parts.map(({ length }) => length))).toBeLessThanOrEqual(maxBytes);
        expect(concat(...read.map(({ records }) => records))).toEqual(bytes);
        for (const [index, part] of read.entries()) {
          expect(part).toMatchObject({ id: partIdOf(bytes, own), index, count: parts.length });
          expect(() => codec.decode(part.records)).not.toThrow();
          const after = read[index + 1];
          if (after === undefined) continue;
          const both = { ...part, records: concat(part.records, ...first(after.records)) };
          expect(PartCodec.size(both)).toBeGreaterThan(maxBytes);
        }
      });
      fc.assert(property, runs);
    },
  );
});

/** The first record of an encoded message. */
function first(records: Uint8Array): Uint8Array[] {
  return recordsOf(records)
    .slice(0, 1)
    .map((record) => write(record));
}
