import type { Message } from "@bufbuild/protobuf";
import { Context } from "../../src/contract/base/context.js";
import type { AnyContract } from "../../src/contract/contract.js";
import { type EncodingPeer, toContender, type Work, work } from "./contender.js";
import { describeDifference } from "./difference.js";

/**
 * JSON.stringify and JSON.parse on the wire JSON of the messages, as objects and as text. Both pairs of
 * operations are the same: what it takes as a format, and the limit of JSON in and JSON out.
 */
export const json: EncodingPeer = {
  name: "JSON",
  kind: "format",
  packages: [],
  open({ contract, encoded }) {
    const objects = encoded.map((bytes) => wireJsonOf(contract, contract.codec.decode(bytes)));
    const texts = objects.map((object) => JSON.stringify(object));
    const sizes = texts.map((text) => Buffer.byteLength(text));
    const parse = (text: string): unknown => JSON.parse(text);
    const write = (): Work<unknown> => work(objects, (object) => JSON.stringify(object), parse);
    const read = (): Work<unknown> => work(texts, parse, (object) => object);
    return toContender({
      count: objects.length,
      bytes: sizes.reduce((sum, size) => sum + size, 0) / sizes.length,
      works: { encode: write(), decode: read(), jsonIn: read(), jsonOut: write() },
      expected: (index) => objects[index],
      difference: describeDifference,
    });
  },
};

/** The wire JSON of a message, also where the message breaks rules, as the largest ones do. */
function wireJsonOf({ definition }: AnyContract, message: Message): unknown {
  const context = new Context();
  const object = definition.write(message, context);
  const [issue] = context.issues;
  if (issue !== undefined) throw new Error(`cannot write JSON: ${issue.path}: ${issue.message}`);
  return object;
}
