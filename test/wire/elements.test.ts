import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ExecAssignmentCodec } from "../../gen/beamline/worker/v1/assignment_codec.js";
import { ExecAssignmentSchema } from "../../gen/beamline/worker/v1/assignment_pb.js";
import { SeedStateCodec, SystemStatePacketCodec } from "../../gen/esper/leyline/v1/state_codec.js";
import { SystemStatePacketSchema } from "../../gen/esper/leyline/v1/state_pb.js";
import { EmptyCodec, ListValueCodec, StringValueCodec } from "../../gen/google/wkt.js";
import { NumberListCodec } from "../../gen/sim/v1/data_codec.js";
import { messages } from "../../src/testing/messages.js";
import type { Codec } from "../../src/wire/codec.js";
import { type Bytes, concat, sized, tag } from "../support/binary/bytes.js";
import { subjects } from "../support/binary/compare.js";
import { countElements } from "../support/binary/count-elements.js";
import { loadTestAllTypes, type Subject } from "../support/binary/test-all-types.js";
import { codeOf, refusalOf } from "../support/refusal.js";

const inField = (no: number, ...parts: Bytes[]): Uint8Array<ArrayBuffer> =>
  concat(tag(no, 2), sized(concat(...parts)));
const times = (count: number, part: Bytes): Uint8Array<ArrayBuffer> =>
  Uint8Array.from({ length: count * part.length }, (_, index) => part[index % part.length] ?? 0);

const seedStates = SystemStatePacketSchema.field.seedStates.number;
const metadata = ExecAssignmentSchema.field.metadata.number;

describe("maxElements", () => {
  it("counts as a slow count by descriptor does, for every type", async () => {
    const all = [...subjects, await loadTestAllTypes()];
    for (const { schema, codec } of all satisfies Subject[]) {
      fc.assert(
        fc.property(messages(schema), (message) => {
          const bytes = codec.encode(message);
          const elements = countElements(schema, bytes);
          const maxElements = Math.max(elements, 1);
          expect(codec.decode(bytes, { maxElements })).toEqual(codec.decode(bytes));
          if (elements < 2) return;
          expect(codeOf(() => codec.decode(bytes, { maxElements: elements - 1 }))).toBe(
            "input.elements",
          );
        }),
        { seed: 44, numRuns: 6 },
      );
    }
  });

  it.each<[string, Pick<Codec<object>, "decode">, Uint8Array, string]>([
    ["a sub-message", SystemStatePacketCodec, times(3, inField(seedStates, [])), "seed_states[2]"],
    ["a text", StringValueCodec, times(3, inField(1, [65])), "value"],
    ["an unknown number", EmptyCodec, times(3, [8, 1]), ""],
    ["an unknown group", EmptyCodec, times(3, [11, 8, 1, 12]), ""],
    ["an item of a list of values", ListValueCodec, times(3, inField(1, [8, 0])), "values[2]"],
    ["an entry", ExecAssignmentCodec, inField(metadata, times(3, inField(1, []))), "metadata"],
  ])("refuses one more with its path: %s", (_, codec, bytes, path) => {
    const outer = path === "metadata" ? 1 : 0;
    expect(codec.decode(bytes, { maxElements: 3 + outer })).toEqual(codec.decode(bytes));
    const refusal = refusalOf(() => codec.decode(bytes, { maxElements: 2 + outer }));
    expect(refusal.code).toBe("input.elements");
    expect(refusal.path).toBe(path);
  });

  it("has this text", () => {
    const bytes = times(3, inField(seedStates, []));
    expect(refusalOf(() => SystemStatePacketCodec.decode(bytes, { maxElements: 2 })).message).toBe(
      `cannot decode esper.leyline.v1.SystemStatePacket from binary: seed_states[2]: more than the 2 elements that are accepted (at byte ${bytes.length}) [input.elements]`,
    );
  });

  it("counts neither numbers nor packed numbers", () => {
    const bytes = concat(times(40, [9, 0, 0, 0, 0, 0, 0, 0, 0]), inField(1, new Uint8Array(800)));
    expect(NumberListCodec.decode(bytes, { maxElements: 1 }).values.length).toBe(140);
  });

  it("is 1,000,000 if it is not set, and no limit if it is Infinity", () => {
    const million = times(1_000_000, [10, 0]);
    const more = concat(million, [10, 0]);
    expect(ListValueCodec.decode(million).values.length).toBe(1_000_000);
    expect(codeOf(() => ListValueCodec.decode(more))).toBe("input.elements");
    expect(codeOf(() => ListValueCodec.decode(more, {}))).toBe("input.elements");
    const all = ListValueCodec.decode(more, { maxElements: Number.POSITIVE_INFINITY });
    expect(all.values.length).toBe(1_000_001);
  });

  it("counts each message anew, also after one that was refused", () => {
    const bytes = times(3, inField(1, [65]));
    for (const maxElements of [3, 2, 3, 3]) {
      const decode = (): unknown => StringValueCodec.decode(bytes, { maxElements }).value;
      if (maxElements === 2) expect(codeOf(decode)).toBe("input.elements");
      else expect(decode()).toBe("A");
    }
  });

  it("keeps the limit of 100 levels while it counts", () => {
    let nested: Uint8Array = concat();
    for (let depth = 1; depth < 100; depth++) nested = concat([11], nested, [12]);
    expect(EmptyCodec.decode(nested, { maxElements: 1 }).$unknown?.length).toBe(1);
    const deeper = concat([11], nested, [12]);
    expect(codeOf(() => EmptyCodec.decode(deeper, { maxElements: 1 }))).toBe("input.depth");
  });
});

describe("wrong options of a codec's decode", () => {
  const bytes = SeedStateCodec.encode(SeedStateCodec.create());

  it.each<[unknown, string]>([
    [null, "expected an object, got null"],
    [5, "expected an object, got 5"],
    [{ maxElements: null }, limitText("null")],
    [{ maxElements: Number.NaN }, limitText("NaN")],
    [{ maxElements: 0 }, limitText("0")],
    [{ maxElements: -1 }, limitText("-1")],
    [{ maxElements: 1.5 }, limitText("1.5")],
    [{ maxElements: "9" }, limitText('"9"')],
    [{ own: "false" }, 'own: expected a boolean, got "false"'],
    [{ alias: null }, "alias: expected a boolean, got null"],
  ])("are refused: %j", (options, text) => {
    const decode = (): unknown => Reflect.apply(SeedStateCodec.decode, undefined, [bytes, options]);
    expect(refusalOf(decode).message).toBe(
      `cannot configure esper.leyline.v1.SeedState: ${text} [config]`,
    );
  });

  it("are refused if they cannot be read", () => {
    const options = {
      get own(): boolean {
        throw new TypeError("no");
      },
    };
    expect(refusalOf(() => SeedStateCodec.decode(bytes, options)).message).toBe(
      "cannot configure esper.leyline.v1.SeedState: reading the value threw an error [config]",
    );
  });
});

function limitText(received: string): string {
  return `maxElements: expected a whole number of at least 1, or Infinity, got ${received}`;
}
