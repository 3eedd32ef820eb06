import type { Message } from "@bufbuild/protobuf";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PartCodec } from "../../../gen/concord/parts/v1/part_codec.js";
import { contracts } from "../../../src/all.js";
import { RouteDecision } from "../../../src/beamline/index.js";
import { type Assembler, createAssembler } from "../../../src/contract/parts/assembler.js";
import { partIdOf } from "../../../src/contract/parts/part-id.js";
import { toParts } from "../../../src/contract/parts/parts.js";
import type { AnyContract } from "../../../src/index.js";
import { EventEnvelope, SystemStatePacket } from "../../../src/leyline/index.js";
import { messagesOf, validMessagesOf } from "../../../src/testing/index.js";
import { assembling, bytesOfTen, idOfTen, partsOfTen, ten } from "../../support/assembling.js";
import { hex, recordsOf, sameBytes, write } from "../../support/binary/bytes.js";
import { asArriving, partOf } from "../../support/parts.js";
import { createRandom, shuffled } from "../../support/random.js";
import { refusalOf } from "../../support/refusal.js";

const start = "cannot assemble esper.leyline.v1.SystemStatePacket from parts: ";

function expectIdle(assembler: Assembler): void {
  expect({ messages: assembler.messages, bytes: assembler.bytes }).toEqual({
    messages: 0,
    bytes: 0,
  });
}

describe("an assembler", () => {
  it("returns the message with its last part, whichever that is", () => {
    const { assembler } = assembling();
    const [first, second, third] = partsOfTen();
    expect(assembler.add(third)).toBeUndefined();
    expect(assembler.add(first)).toBeUndefined();
    expect({ messages: assembler.messages, bytes: assembler.bytes }).toEqual({
      messages: 1,
      bytes:
        2 * 256 + PartCodec.decode(first).records.length + PartCodec.decode(third).records.length,
    });
    expect(assembler.add(second)).toEqual({ id: idOfTen, message: ten, bytes: bytesOfTen });
    expectIdle(assembler);
    expect(assembler.takeAbandoned()).toEqual([]);
  });

  it("ignores duplicates, before and after the message is complete", () => {
    const { assembler } = assembling();
    const [first, second, third] = partsOfTen();
    for (const part of [first, first, second, first, second]) {
      expect(assembler.add(part)).toBeUndefined();
    }
    expect(assembler.add(third)?.bytes).toEqual(bytesOfTen);
    for (const part of [first, second, third]) expect(assembler.add(part)).toBeUndefined();
    expectIdle(assembler);
    expect(assembler.abandonedCount).toBe(0);
  });

  it("copies the parts that it keeps", () => {
    const { assembler } = assembling();
    const buffer = new Uint8Array(280);
    const results = partsOfTen().map((part) => {
      buffer.set(part);
      const result = assembler.add(buffer.subarray(0, part.length));
      buffer.fill(0xee);
      return result;
    });
    expect(results[2]).toEqual({ id: idOfTen, message: ten, bytes: bytesOfTen });
  });

  it("validates the message, also with the strict rules", () => {
    const records = Uint8Array.from([8, 2]);
    const id = partIdOf(records, 1);
    const part = partOf({ id, count: 1, records });
    const { assembler } = assembling();
    expect(() => assembler.add(part)).toThrow(
      "cannot decode esper.leyline.v1.SystemStatePacket from binary: version: expected a number of at most 1, got 2 [range]",
    );
    expect(assembler.add(part)).toBeUndefined();
    expect(assembler.takeAbandoned()).toEqual([
      { id, received: 1, count: 1, bytes: 2, reason: "refused" },
    ]);
    expectIdle(assembler);
    const [small = new Uint8Array(0)] = SystemStatePacket.encodeParts(
      SystemStatePacket.create({ packetId: "p" }),
    );
    expect(assembler.safeAdd(small)).toMatchObject({
      ok: true,
      value: { message: { packetId: "p" } },
    });
    expect(assembling({ strict: true }).assembler.safeAdd(small)).toMatchObject({
      ok: false,
      error: { code: "format", path: "packet_id" },
    });
  });
});

describe("a part", () => {
  const records = Uint8Array.from([8, 1]);

  it.each([
    ["of none", { count: 0, records }, "count: expected a count from 1 to 4096, got 0"],
    ["of too many", { count: 4097, records }, "count: expected a count from 1 to 4096, got 4097"],
    [
      "beyond the last",
      { index: 3, count: 3, records },
      "index: expected an index below the count of 3, got 3",
    ],
    ["without records", { index: 1, count: 3 }, "records: part 1 of 3 has no records"],
  ])("%s is refused alone", (_, fields, text) => {
    const { assembler } = assembling();
    const [first, second, third] = partsOfTen();
    assembler.add(first);
    assembler.add(second);
    expect(refusalOf(() => assembler.add(partOf({ id: idOfTen, ...fields })))).toMatchObject({
      code: "part.malformed",
      message: `${start}${text} [part.malformed]`,
    });
    expect(assembler.abandonedCount).toBe(0);
    expect(assembler.add(third)?.message).toEqual(ten);
  });

  it.each([
    [
      "another count",
      { index: 2, count: 4, records },
      "count: expected 3 as in the parts before, got 4",
    ],
    [
      "other records of one length",
      { index: 0, count: 3, records: new Uint8Array(261) },
      "records: part 0 of 3 came before with other records",
    ],
    [
      "fewer records",
      { index: 0, count: 3, records },
      "records: part 0 of 3 came before with other records",
    ],
  ])("with %s contradicts its message, which is abandoned", (_, fields, text) => {
    const { assembler } = assembling();
    const [first, second, third] = partsOfTen();
    assembler.add(first);
    assembler.add(second);
    const bytes = [first, second].reduce(
      (sum, part) => sum + PartCodec.decode(part).records.length,
      0,
    );
    expect(refusalOf(() => assembler.add(partOf({ id: idOfTen, ...fields })))).toMatchObject({
      code: "part.malformed",
      message: `${start}${text} [part.malformed]`,
    });
    expect(assembler.takeAbandoned()).toEqual([
      { id: idOfTen, received: 2, count: 3, bytes, reason: "contradiction" },
    ]);
    expectIdle(assembler);
    // Sent again with all parts, it is complete.
    expect([third, first, second].map((part) => assembler.add(part)?.message)).toEqual([
      undefined,
      undefined,
      ten,
    ]);
    expect(assembler.takeAbandoned()).toEqual([]);
  });

  it.each([
    [
      "cut bytes",
      () => partsOfTen()[0].subarray(0, 40),
      "records: the bytes end in the middle of a field (at byte 12) [binary.truncated]",
    ],
    [
      "no bytes of a part",
      () => Uint8Array.from([255]),
      "the bytes end in the middle of a field (at byte 1) [binary.truncated]",
    ],
    ["a text", () => JSON.parse('"part"'), 'expected a Uint8Array, got "part" [input.type]'],
    ["nothing", () => JSON.parse("null"), "expected a Uint8Array, got null [input.type]"],
    [
      "a Proxy",
      () => new Proxy(partsOfTen()[0], {}),
      "expected a Uint8Array, got an object [input.type]",
    ],
  ])("that is %s is refused as a Part", (_, bytes, text) => {
    const { assembler } = assembling();
    const result = assembler.safeAdd(bytes());
    expect(result.ok ? "" : result.error.message).toBe(
      `cannot decode concord.parts.v1.Part from binary: ${text}`,
    );
    expectIdle(assembler);
  });

  it("larger than maxBytes is refused unread", () => {
    const { assembler } = assembling({ maxBytes: 1000 });
    expect(() => assembler.add(new Uint8Array(1001))).toThrow(
      `${start}1001 bytes are more than the 1000 that are accepted [input.bytes]`,
    );
  });
});

/** A contract that decodes without validating, so that any message can be assembled. */
function unchecked(contract: AnyContract): AnyContract {
  return { ...contract, decode: (bytes) => contract.codec.decode(bytes) };
}

/** The parts of any message, valid or not. */
function cut(contract: AnyContract, bytes: Uint8Array, id: number, more: number): Uint8Array[] {
  const { schema, definition } = contract;
  const sizes = recordsOf(bytes).map((record) => write(record).length);
  const maxBytes = Math.max(0, ...sizes) + 24 + more;
  return toParts({ schema, keys: definition.dialect.keys, bytes }, { id, strict: false, maxBytes });
}

describe("the parts of every contract", () => {
  const runs = { seed: 20_260_105, numRuns: 12 };

  it.each([...contracts])(
    "$typeName: several messages at once come back exactly, once each",
    (contract) => {
      const sent = fc.array(messagesOf(contract), { minLength: 1, maxLength: 4 });
      const property = fc.property(
        sent,
        fc.nat(40),
        fc.integer(),
        (messages: Message[], more, seed) => {
          const random = createRandom(seed);
          const encoded = messages.map((message) => contract.codec.encode(message));
          const parts = encoded.flatMap((bytes, index) => cut(contract, bytes, index, more));
          const assembler = createAssembler(unchecked(contract));
          const back = new Map<bigint, unknown>();
          const arriving = [...asArriving(random, parts), ...shuffled(random, parts)];
          for (const part of arriving) {
            const whole = assembler.add(part);
            if (whole === undefined) continue;
            expect(back.has(whole.id)).toBe(false);
            const bytes = encoded[Number(whole.id >> 32n)] ?? new Uint8Array(0);
            if (!sameBytes(whole.bytes, bytes)) expect(hex(whole.bytes)).toBe(hex(bytes));
            expect(whole.message).toEqual(contract.codec.decode(bytes));
            back.set(whole.id, whole.message);
          }
          expect(back.size).toBe(messages.length);
          expect({ messages: assembler.messages, bytes: assembler.bytes }).toEqual({
            messages: 0,
            bytes: 0,
          });
          expect(assembler.abandonedCount).toBe(0);
        },
      );
      fc.assert(property, runs);
    },
  );

  it.each([SystemStatePacket, EventEnvelope, RouteDecision])(
    "$typeName: valid messages are accepted by encodeParts and decode",
    (contract: AnyContract) => {
      const limit = contract.budget.maxBytes ?? Number.POSITIVE_INFINITY;
      const property = fc.property(validMessagesOf(contract), fc.integer(), (message, seed) => {
        const result = contract.safeEncodeParts(message);
        if (!result.ok) {
          expect(result.error.code).toBe("budget.size");
          return;
        }
        const assembler = createAssembler(contract);
        const parts = asArriving(createRandom(seed), result.value);
        const whole = parts.flatMap((part) => assembler.add(part) ?? []);
        expect(Math.max(...parts.map(({ length }) => length))).toBeLessThanOrEqual(limit);
        expect(whole.map(({ bytes }) => hex(bytes))).toEqual([
          hex(contract.encode(message, { budget: false })),
        ]);
        const [back] = whole.map((each) => each.message);
        expect(back).toEqual(contract.decode(contract.codec.encode(message)));
      });
      fc.assert(property, { ...runs, numRuns: 60 });
    },
  );
});
