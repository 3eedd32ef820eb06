import { forEach } from "../measure.js";
import type { Peer } from "../suite/peer.js";
import { meanSize } from "./sizes.js";

const slabSize = 64 * 1024;

/**
 * Copies the bytes that are there already: no encoder can be faster. `encode` gives a view of a slab
 * of 64 KiB that is used again and again, or for longer messages of an array that is there already.
 */
export const copyLimit: Peer = {
  name: "limit: copy",
  kind: "limit",
  packages: [],
  open({ encoded }) {
    const longest = Math.max(...encoded.map(({ length }) => length));
    const slab = new Uint8Array(Math.max(slabSize, longest));
    let used = 0;
    const encode = (bytes: Uint8Array): Uint8Array => {
      const { length } = bytes;
      if (used + length > slab.length) used = 0;
      const view = new Uint8Array(slab.buffer, used, length);
      view.set(bytes);
      used += length;
      return view;
    };
    const target = new Uint8Array(longest);
    const encodeInto = (bytes: Uint8Array): number => {
      target.set(bytes, 0);
      return bytes.length;
    };
    return {
      tasks: { encode: forEach(encoded, encode), encodeInto: forEach(encoded, encodeInto) },
      bytes: meanSize(encoded),
      prove() {
        for (const [index, bytes] of encoded.entries()) {
          const into = target.subarray(0, encodeInto(bytes));
          if (Buffer.compare(encode(bytes), bytes) !== 0 || Buffer.compare(into, bytes) !== 0) {
            return `the copy of message ${index} has other bytes`;
          }
        }
        return undefined;
      },
    };
  },
};
