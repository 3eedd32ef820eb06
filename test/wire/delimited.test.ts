import { create } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import { WorkflowCodec } from "../../gen/pitboss/v1/workflow_codec.js";
import { type Workflow, WorkflowSchema } from "../../gen/pitboss/v1/workflow_pb.js";
import { delimitedDefaults } from "../../src/wire/delimited.js";
import { readDelimited, writeDelimited } from "../../src/wire/index.js";
import { concat, varint } from "../support/binary/bytes.js";
import { textOf } from "../support/refusal.js";

const named = (verb: string): Workflow => create(WorkflowSchema, { verb });
const workflows = [named("first"), named(""), named("x".repeat(3000)), named("last")];
const stream = concat(...workflows.map((workflow) => writeDelimited(WorkflowCodec, workflow)));

function cut(bytes: Uint8Array, length: number): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += length) chunks.push(bytes.slice(at, at + length));
  return chunks;
}

/** The messages that were read, and the error that ended reading. */
async function readAll(
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  options?: Parameters<typeof readDelimited>[2],
): Promise<{ verbs: string[]; error: string }> {
  const verbs: string[] = [];
  try {
    for await (const { verb } of readDelimited(WorkflowCodec, chunks, options)) verbs.push(verb);
    return { verbs, error: "" };
  } catch (error) {
    return { verbs, error: error instanceof Error ? error.message : "no Error" };
  }
}
const start = "cannot decode pitboss.v1.Workflow from binary: ";

describe("writeDelimited", () => {
  it("puts the size before the message, as a varint", () => {
    expect([...writeDelimited(WorkflowCodec, named(""))]).toEqual([0]);
    expect([...writeDelimited(WorkflowCodec, named("ab"))]).toEqual([4, 10, 2, 97, 98]);
    const long = named("x".repeat(300));
    expect(writeDelimited(WorkflowCodec, long)).toEqual(
      concat(varint(303), WorkflowCodec.encode(long)),
    );
  });
});

describe("readDelimited", () => {
  it.each([1, 2, 7, 1000, 1024, 1025, stream.length])(
    "reads messages from chunks of %i bytes",
    async (length) => {
      const { verbs, error } = await readAll(cut(stream, length));
      expect(error).toBe("");
      expect(verbs).toEqual(workflows.map(({ verb }) => verb));
    },
  );

  it("reads a chunk of many messages, then others", async () => {
    const long = Array.from({ length: 300 }, (_, index) => named(`workflow ${index}`));
    const bytes = concat(...long.map((workflow) => writeDelimited(WorkflowCodec, workflow)));
    const { verbs, error } = await readAll([...cut(bytes, 1500), new Uint8Array(0)]);
    expect(error).toBe("");
    expect(verbs).toEqual(long.map(({ verb }) => verb));
  });

  it("yields each message as soon as all its bytes have arrived", async () => {
    const [first = stream, second = stream] = workflows.map((workflow) =>
      writeDelimited(WorkflowCodec, workflow),
    );
    const steps: string[] = [];
    function* chunks(): Generator<Uint8Array> {
      for (const chunk of [first.slice(0, 3), concat(first.slice(3), second), first]) {
        steps.push("chunk");
        yield chunk;
      }
    }
    for await (const { verb } of readDelimited(WorkflowCodec, chunks())) steps.push(verb);
    expect(steps).toEqual(["chunk", "chunk", "first", "", "chunk", "first"]);
  });

  it("reads from an async iterable", async () => {
    async function* chunks(): AsyncGenerator<Uint8Array> {
      yield stream;
    }
    const verbs: string[] = [];
    for await (const { verb } of readDelimited(WorkflowCodec, chunks())) verbs.push(verb);
    expect(verbs).toEqual(workflows.map(({ verb }) => verb));
  });

  it("copies the bytes: a chunk may be overwritten", async () => {
    const chunk = new Uint8Array(1);
    function* chunks(): Generator<Uint8Array> {
      for (const byte of stream) {
        chunk[0] = byte;
        yield chunk;
      }
    }
    expect((await readAll(chunks())).verbs).toEqual(workflows.map(({ verb }) => verb));
  });

  it("yields nothing for no bytes", async () => {
    expect(await readAll([])).toEqual({ verbs: [], error: "" });
    expect(await readAll([new Uint8Array(0)])).toEqual({ verbs: [], error: "" });
  });

  it.each([
    ["inside a message", [4, 10, 2, 97]],
    ["before a message", [4]],
    ["inside a size", [0x80]],
  ])("refuses a stream that ends %s", async (_, bytes) => {
    expect(await readAll([Uint8Array.of(0, ...bytes)])).toEqual({
      verbs: [""],
      error: `${start}the stream ends inside a message [binary.truncated]`,
    });
  });

  it.each([
    ["2^31", varint(0x80000000)],
    ["2^35 - 1", varint(0x7ffffffff)],
    ["more than five bytes", [0x81, 0x80, 0x80, 0x80, 0x80, 0x00]],
  ])("refuses a size of %s", async (_, bytes) => {
    expect((await readAll([Uint8Array.from(bytes)])).error).toBe(
      `${start}the size of a message is not a varint of 31 bits [binary.malformed]`,
    );
  });

  it("accepts a size that is padded to up to five bytes", async () => {
    expect(await readAll([Uint8Array.from([...varint(4, 5), 10, 2, 97, 98])])).toEqual({
      verbs: ["ab"],
      error: "",
    });
  });

  it("refuses a large message before its bytes have arrived", async () => {
    expect(delimitedDefaults.maxBytes).toBe(4_194_304);
    expect((await readAll([Uint8Array.from(varint(4_194_305))])).error).toBe(
      `${start}4194305 bytes are more than the 4194304 that are accepted [input.bytes]`,
    );
    expect((await readAll([Uint8Array.from(varint(4_194_304))])).error).toBe(
      `${start}the stream ends inside a message [binary.truncated]`,
    );
  });

  it("applies maxBytes to each message, not to the sum", async () => {
    const two = concat(writeDelimited(WorkflowCodec, named("ab")), [5, 10, 3, 97, 98, 99]);
    expect(await readAll([two], { maxBytes: 4 })).toEqual({
      verbs: ["ab"],
      error: `${start}5 bytes are more than the 4 that are accepted [input.bytes]`,
    });
    expect(await readAll([two], { maxBytes: 5 })).toEqual({ verbs: ["ab", "abc"], error: "" });
    expect((await readAll([two], {})).error).toBe("");
  });

  it("refuses chunks that are not a Uint8Array", async () => {
    expect((await readAll(["chunk" as never])).error).toBe(
      `${start}a chunk is not a Uint8Array [input.type]`,
    );
  });

  it("needs memory for a chunk and a message, not for the stream", async () => {
    const one = writeDelimited(WorkflowCodec, named("x".repeat(97)));
    expect(one.length).toBe(100);
    const size = 77_777;
    const ring = concat(...new Array<Uint8Array>(800).fill(one));
    const total = 100_000_000;
    function* chunks(): Generator<Uint8Array> {
      for (let at = 0; at < total; at += size) {
        yield ring.subarray(at % 100, (at % 100) + Math.min(size, total - at));
      }
    }
    let most = 0;
    let count = 0;
    const before = process.memoryUsage().arrayBuffers;
    for await (const { verb } of readDelimited(WorkflowCodec, chunks())) {
      if (verb.length !== 97) throw new Error("a message is wrong");
      if (++count % 10_000 === 0) most = Math.max(most, process.memoryUsage().arrayBuffers);
    }
    expect(count).toBe(total / 100);
    expect(most - before).toBeLessThan(1_000_000);
  });

  it("grows for a large message only, however small its chunks are", async () => {
    const large = writeDelimited(WorkflowCodec, named("x".repeat(1_000_000)));
    const { verbs, error } = await readAll([...cut(large, 999), ...cut(stream, 7)]);
    expect(error).toBe("");
    expect(verbs.map(({ length }) => length)).toEqual([1_000_000, 5, 0, 3000, 4]);
  });

  it.each<[unknown, string]>([
    [null, "expected an object, got null"],
    [{ maxBytes: Number.NaN }, limitText("maxBytes", "NaN")],
    [{ maxBytes: null }, limitText("maxBytes", "null")],
    [{ maxBytes: -1 }, limitText("maxBytes", "-1")],
    [{ maxBytes: 1.5 }, limitText("maxBytes", "1.5")],
    [{ maxElements: 0 }, limitText("maxElements", "0")],
  ])("refuses wrong options when it is called: %j", (options, text) => {
    expect(textOf(() => readDelimited(WorkflowCodec, [], options as never))).toBe(
      `cannot configure pitboss.v1.Workflow: ${text} [config]`,
    );
  });

  it.each([null, undefined, 5, {}])("refuses what is no iterable: %j", (chunks) => {
    expect(textOf(() => readDelimited(WorkflowCodec, chunks as never))).toContain(
      "expected an iterable of Uint8Arrays, got",
    );
  });

  it("limits the elements of each message", async () => {
    const two = concat(...[0, 1].map(() => writeDelimited(WorkflowCodec, named("ab"))));
    expect(await readAll([two], { maxElements: 1 })).toEqual({ verbs: ["ab", "ab"], error: "" });
    expect(
      (await readAll([Uint8Array.of(6, 10, 1, 97, 10, 1, 98)], { maxElements: 1 })).error,
    ).toBe(`${start}verb: more than the 1 elements that are accepted (at byte 5) [input.elements]`);
  });

  it("refuses a chunk whose buffer was transferred", async () => {
    const chunk = Uint8Array.from(stream);
    structuredClone(chunk, { transfer: [chunk.buffer] });
    expect((await readAll([chunk])).error).toBe(
      `${start}a chunk is a Uint8Array without a buffer [input.type]`,
    );
  });

  it("throws what decode throws", async () => {
    expect((await readAll([Uint8Array.of(0, 2, 10, 5)])).verbs).toEqual([""]);
    expect((await readAll([Uint8Array.of(0, 2, 10, 5)])).error).toBe(errorOfDecode([10, 5]));
  });
});

function limitText(key: string, received: string): string {
  return `${key}: expected a whole number of at least 1, or Infinity, got ${received}`;
}

function errorOfDecode(bytes: number[]): string {
  try {
    return WorkflowCodec.decode(Uint8Array.from(bytes)).verb;
  } catch (error) {
    return String(error instanceof Error ? error.message : error);
  }
}

describe("what is no codec or no stream", () => {
  const { proxy: revoked, revoke } = Proxy.revocable<object>({}, {});
  revoke();
  const throwing = new Proxy({}, { get: () => JSON.parse(""), has: () => JSON.parse("") });
  const values: readonly [received: string, value: unknown][] = [
    ["null", null],
    ["undefined", undefined],
    ["5", 5],
    ["a function", () => {}],
    ["an object", {}],
    ["an object", { typeName: "x" }],
    ["an object", revoked],
    ["an object", throwing],
    ["an object", { ...WorkflowCodec, encode: null, decode: null }],
  ];

  it.each(values)("is refused as a codec: %s", (received, value) => {
    const message = `cannot configure delimited messages: codec: expected a codec, got ${received} [config]`;
    expect(textOf(() => Reflect.apply(writeDelimited, undefined, [value, named("a")]))).toBe(
      message,
    );
    expect(textOf(() => Reflect.apply(readDelimited, undefined, [value, []]))).toBe(message);
  });

  it.each([...values, ["an object", { [Symbol.asyncIterator]: 5 }]])(
    "is refused as chunks: %s",
    (received, value) => {
      expect(textOf(() => Reflect.apply(readDelimited, undefined, [WorkflowCodec, value]))).toBe(
        `${start}expected an iterable of Uint8Arrays, got ${received} [input.type]`,
      );
    },
  );

  it("is refused as a chunk", async () => {
    for (const chunk of [revoked, throwing, null, "x", [1], Object.create(Uint8Array.prototype)]) {
      const value = chunk as Uint8Array;
      // Not a generator, which would wait for the chunk as for a promise.
      const chunks: AsyncIterable<Uint8Array> = {
        [Symbol.asyncIterator]: () => ({ next: async () => ({ done: false, value }) }),
      };
      expect(await readAll(chunks)).toEqual({
        verbs: [],
        error: `${start}a chunk is not a Uint8Array [input.type]`,
      });
    }
  });
});
