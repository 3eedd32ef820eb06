import { PartCodec } from "../../gen/concord/parts/v1/part_codec.js";
import type { Part } from "../../gen/concord/parts/v1/part_pb.js";
import type { Random } from "./random.js";
import { shuffled } from "./random.js";

/** The bytes of a part. */
export function partOf(fields: Partial<Omit<Part, "$typeName">>): Uint8Array {
  return PartCodec.encode({ ...PartCodec.create(), ...fields });
}

/** Parts as from an unreliable network: in any order, and every third one twice. */
export function asArriving(random: Random, parts: readonly Uint8Array[]): Uint8Array[] {
  return shuffled(random, [...parts, ...parts.filter(() => random() < 0.34)]);
}
