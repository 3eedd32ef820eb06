import { isDeepStrictEqual } from "node:util";
import { forEach } from "../measure.js";
import type { SuiteCase } from "../suite/cases.js";
import type { Contender, Peer } from "../suite/peer.js";
import { loadModule } from "./modules.js";
import { type ObjectsModule, objectsSource } from "./objects-source.js";

/**
 * Makes the objects of a message from those of another, whose texts, 64-bit integers and byte arrays it
 * takes over: what is left of decoding when nothing is read. Modules are written into the folder.
 */
export function createObjectsLimit(folder: URL): Peer {
  return {
    name: "limit: objects",
    kind: "limit",
    packages: [],
    open({ contract, encoded, keepsRules }: SuiteCase): Contender {
      const source = objectsSource(contract.schema);
      const { build } = loadModule<ObjectsModule>(folder, `objects-${contract.typeName}`, source);
      const messages: object[] = encoded.map((bytes) => contract.codec.decode(bytes));
      const decode = forEach(messages, build);
      return {
        tasks: keepsRules ? { decode, validatedDecode: decode } : { decode },
        bytes: undefined,
        prove: () => copyFault(build, messages),
      };
    },
  };
}

/** Where a function returns a message with other values, or with an object of the original. */
export function copyFault(
  build: (message: object) => object,
  messages: readonly object[],
): string | undefined {
  for (const [index, message] of messages.entries()) {
    const copy = build(message);
    if (!isDeepStrictEqual(copy, message)) return `message ${index} is built with other values`;
    const place = sharedPlace(copy, message, "");
    if (place !== undefined) return `message ${index} is built with the same object at ${place}`;
  }
  return undefined;
}

/** The first place at which two equal values have the same object; byte arrays may be the same. */
function sharedPlace(copy: unknown, original: unknown, place: string): string | undefined {
  if (typeof copy !== "object" || copy === null || copy instanceof Uint8Array) return undefined;
  if (copy === original) return place === "" ? "its root" : place;
  for (const [key, value] of Object.entries(copy)) {
    const inner = place === "" ? key : `${place}.${key}`;
    const found = sharedPlace(value, Reflect.get(Object(original), key), inner);
    if (found !== undefined) return found;
  }
  return undefined;
}
