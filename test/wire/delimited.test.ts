import { create } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import { WorkflowCodec } from "../../gen/pitboss/v1/workflow_codec.js";
import { type Workflow, WorkflowSchema } from "../../gen/pitboss/v1/workflow_pb.js";
import { delimitedDefaults } from "../../src/wire/delimited.js";
import { readDelimited, writeDelimited } from "../../src/wire/index.js";
import { concat, varint } from "../support/binary/bytes.js";

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
  chunks: Iterable<Uint8Array>,
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

  it("throws what decode throws", async () => {
    expect((await readAll([Uint8Array.of(0, 2, 10, 5)])).verbs).toEqual([""]);
    expect((await readAll([Uint8Array.of(0, 2, 10, 5)])).error).toBe(errorOfDecode([10, 5]));
  });
});

function errorOfDecode(bytes: number[]): string {
  try {
    return WorkflowCodec.decode(Uint8Array.from(bytes)).verb;
  } catch (error) {
    return String(error instanceof Error ? error.message : error);
  }
}
