import { gunzipSync, gzipSync } from "node:zlib";
import type { Message } from "@bufbuild/protobuf";
import { framesCase } from "../suite/cases.js";
import { type EncodingPeer, meanLength, toContender, work } from "./contender.js";
import { comparison, itself } from "./library.js";

/** Each packet of the frames' case compressed by itself: the other way to make it smaller. */
export const gzip: EncodingPeer = {
  name: "gzip of protobuf",
  kind: "format",
  packages: ["@concord/contracts"],
  open(suiteCase) {
    const { id, contract, encoded } = suiteCase;
    if (id !== framesCase) return undefined;
    const { codec } = contract;
    const messages: Message[] = encoded.map((bytes) => codec.decode(bytes));
    const write = (message: Message): Uint8Array => gzipSync(codec.encode(message));
    const read = (bytes: Uint8Array): Message => codec.decode(gunzipSync(bytes));
    return toContender({
      ...comparison(suiteCase),
      bytes: meanLength(messages, write),
      works: {
        encode: work(messages, write, gunzipSync),
        decode: work(messages.map(write), read, itself),
      },
    });
  },
};
