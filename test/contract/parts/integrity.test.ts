import { describe, expect, it } from "vitest";
import type { Example } from "../../../src/contract/example.js";
import { createAssembler } from "../../../src/contract/parts/assembler.js";
import { toParts } from "../../../src/contract/parts/parts.js";
import { SystemStatePacket } from "../../../src/leyline/index.js";
import { assembling, bytesOfTen, idOfTen, partsOfTen, ten } from "../../support/assembling.js";
import { recordsOf, sameBytes, write } from "../../support/binary/bytes.js";
import { allExamples } from "../../support/examples.js";
import { partOf } from "../../support/parts.js";
import { createRandom, type Random } from "../../support/random.js";

const start = "cannot assemble esper.leyline.v1.SystemStatePacket from parts: ";
const changes = 20_000;

/** An example in one part, and in as many as it can be cut into. */
function sentAs({ contract, json }: Example): { whole: Uint8Array; parts: Uint8Array[] }[] {
  const whole = contract.codec.encode(contract.fromJson(json));
  const sizes = recordsOf(whole).map((record) => write(record).length);
  const uncut = { schema: contract.schema, keys: contract.definition.dialect.keys, bytes: whole };
  return [Number.POSITIVE_INFINITY, Math.max(...sizes) + 24].map((maxBytes) => ({
    whole,
    parts: toParts(uncut, { id: undefined, strict: false, maxBytes }),
  }));
}

/** A copy of a part in which one bit is another. */
function withFlip(random: Random, part: Uint8Array): Uint8Array {
  const changed = part.slice();
  const bit = Math.floor(random() * changed.length * 8);
  changed[bit >>> 3] = (changed[bit >>> 3] ?? 0) ^ (1 << (bit & 7));
  return changed;
}

describe("parts of which one has a changed bit", () => {
  it("never give another message, in 20,000 changes, and the message when they are sent again", () => {
    const random = createRandom(20_260_302);
    const sent = allExamples.flatMap(sentAs);
    const outcomes = { same: 0, refused: 0, incomplete: 0 };
    const wrong: string[] = [];
    for (let change = 0; change < changes; change++) {
      const { whole, parts } = sent[change % sent.length] ?? {
        whole: new Uint8Array(0),
        parts: [],
      };
      // Not a contract's decode, whose rules would hide that the bytes are others.
      const assembler = createAssembler({ typeName: "any", decode: () => ten });
      const target = Math.floor(random() * parts.length);
      const arriving = parts.map((part, index) =>
        index === target ? withFlip(random, part) : part,
      );
      const results = arriving.map((part) => assembler.safeAdd(part));
      const given = results.flatMap((result) => (result.ok ? (result.value?.bytes ?? []) : []));
      if (given.some((bytes) => !sameBytes(bytes, whole))) wrong.push(`another: ${change}`);
      if (given.length > 0) outcomes.same++;
      else if (results.some(({ ok }) => !ok)) outcomes.refused++;
      else if (assembler.messages > 0) outcomes.incomplete++;
      else wrong.push(`lost in silence: ${change}`);
      const again = [...parts, ...parts].flatMap((part) => {
        const result = assembler.safeAdd(part);
        return result.ok ? (result.value?.bytes ?? []) : [];
      });
      if (given.length === 0 && !again.some((bytes) => sameBytes(bytes, whole))) {
        wrong.push(`not read again: ${change}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(Math.min(outcomes.same, outcomes.refused, outcomes.incomplete)).toBeGreaterThan(0);
  });
});

describe("the checksum of a message", () => {
  it("refuses records that are not those that were sent, and reports the message", () => {
    const { assembler } = assembling();
    const [first, second, third] = partsOfTen();
    const changed = third.slice();
    changed[third.length - 1] = 1;
    assembler.add(first);
    assembler.add(second);
    expect(() => assembler.add(changed)).toThrow(
      `${start}id: the id has the CRC-32 356394e9, and the records of its parts have fc6fb46f [part.malformed]`,
    );
    expect(assembler.takeAbandoned()).toEqual([
      { id: idOfTen, received: 3, count: 3, bytes: bytesOfTen.length, reason: "checksum" },
    ]);
    expect({ messages: assembler.messages, bytes: assembler.bytes }).toEqual({
      messages: 0,
      bytes: 0,
    });
    expect([first, second, third].map((part) => assembler.add(part)?.message)).toEqual([
      undefined,
      undefined,
      ten,
    ]);
  });

  it("refuses a part of 0.1.0, whose id has none", () => {
    const part = partOf({
      id: 7n,
      count: 1,
      records: SystemStatePacket.encode(SystemStatePacket.create({ packetId: "p" })),
    });
    expect(() => assembling().assembler.add(part)).toThrow("the id has the CRC-32 00000007, and");
  });

  it("leaves two messages two: equal ones, and different ones of one number", () => {
    const { assembler } = assembling();
    const other = SystemStatePacket.create({ packetId: "other" });
    const parts = [ten, ten, other].flatMap((message) => SystemStatePacket.encodeParts(message));
    expect(parts.flatMap((part) => assembler.add(part)?.message ?? [])).toEqual([ten, ten, other]);
    const numbered = [ten, other, ten].flatMap((message) =>
      SystemStatePacket.encodeParts(message, { id: 9 }),
    );
    expect(numbered.flatMap((part) => assembler.add(part)?.message ?? [])).toEqual([ten, other]);
    expect(assembler.abandonedCount).toBe(0);
  });
});

describe("an assembler that is called back", () => {
  it("gives the message once if decoding it adds its parts again", () => {
    const parts = partsOfTen();
    const inner: unknown[] = [];
    const assembler = createAssembler({
      typeName: "any",
      decode(bytes: Uint8Array): SystemStatePacket {
        for (const part of parts) inner.push(assembler.add(part));
        inner.push(assembler.messages, ...assembler.takeAbandoned());
        return SystemStatePacket.decode(bytes);
      },
    });
    expect(parts.map((part) => assembler.add(part)?.bytes)).toEqual([
      undefined,
      undefined,
      bytesOfTen,
    ]);
    expect(inner).toEqual([undefined, undefined, undefined, 0]);
  });

  it("gives the message once if its clock adds the same part", () => {
    const [first, second, third] = partsOfTen();
    const inner: unknown[] = [];
    let next: Uint8Array | undefined;
    const assembler = createAssembler(SystemStatePacket, {
      now: () => {
        const part = next;
        next = undefined;
        if (part !== undefined) inner.push(assembler.add(part)?.message);
        return 5;
      },
    });
    assembler.add(first);
    assembler.add(second);
    next = third;
    expect(assembler.add(third)).toBeUndefined();
    expect(inner).toEqual([ten]);
  });

  it("reports a message that a decode refuses, whatever it throws", () => {
    const thrown = new Error("mine");
    const assembler = createAssembler({
      typeName: "any",
      decode() {
        throw thrown;
      },
    });
    const [first, second, third] = partsOfTen();
    assembler.add(first);
    assembler.add(second);
    expect(() => assembler.add(third)).toThrow(thrown);
    expect(assembler.takeAbandoned()).toMatchObject([{ id: idOfTen, reason: "refused" }]);
  });
});
