import { forEach } from "../measure.js";
import type { SuiteCase } from "../suite/cases.js";
import type { Contender, Peer } from "../suite/peer.js";
import { loadModule } from "./modules.js";
import { meanSize } from "./sizes.js";
import { type PreparedTree, type WriterModule, writerRoom, writerSource } from "./write-source.js";
import { prepareTrees } from "./write-tree.js";

/**
 * Writes a message whose texts are UTF-8 already and whose sizes are known: what is left of encoding
 * when nothing is converted, measured or checked. Modules are written into the folder.
 */
export function createWriteLimit(folder: URL): Peer {
  return {
    name: "limit: write",
    kind: "limit",
    packages: [],
    open({ contract, encoded, keepsRules }: SuiteCase): Contender | string {
      const longest = Math.max(...encoded.map(({ length }) => length));
      if (longest > writerRoom) return `a message has ${longest} bytes, more than ${writerRoom}`;
      const { schema, typeName } = contract;
      const name = `write-${typeName}`;
      const writer = loadModule<WriterModule>(folder, name, writerSource(schema));
      const { bytes, nodes, write } = writer;
      const messages = encoded.map((one) => contract.codec.decode(one));
      const trees = prepareTrees(schema, messages, nodes);
      const encode = (tree: PreparedTree): Uint8Array =>
        new Uint8Array(bytes.buffer, 0, write(tree));
      return {
        tasks: {
          encode: forEach(trees, encode),
          encodeInto: forEach(trees, write),
          ...(keepsRules ? { validatedEncode: forEach(trees, encode) } : {}),
        },
        bytes: meanSize(encoded),
        prove: () => differenceOf(encode, trees, encoded),
      };
    },
  };
}

/** Compares what an encoder writes with the canonical bytes. Returns the first difference. */
export function differenceOf(
  encode: (tree: PreparedTree) => Uint8Array,
  trees: readonly PreparedTree[],
  encoded: readonly Uint8Array[],
): string | undefined {
  for (const [index, tree] of trees.entries()) {
    const expected = encoded[index];
    const written = encode(tree);
    if (expected !== undefined && Buffer.compare(written, expected) === 0) continue;
    return `message ${index} is written as ${written.length} bytes that are not the canonical ${expected?.length}`;
  }
  return undefined;
}
