import { avroShape, int64, toAvroSchema } from "./avro-schema.js";
import { type EncodingPeer, roomFor } from "./contender.js";
import { openFormat, plainMessages } from "./format.js";

type Avsc = typeof import("avsc");

/** Avsc, with a schema of the same fields. It compiles code for each type of message. */
export function createAvsc({ Type, types }: Avsc): EncodingPeer {
  return {
    name: "avsc",
    kind: "format",
    packages: ["avsc"],
    open(suiteCase) {
      const registry = { [int64]: createLong(types) };
      const type = Type.forSchema(toAvroSchema(suiteCase.contract.schema), { registry });
      const target = roomFor(suiteCase.encoded);
      return openFormat(plainMessages(suiteCase, avroShape), {
        encode: (value) => type.toBuffer(value),
        decode: (bytes) => type.fromBuffer(bytes),
        encodeInto: (value) => type.encode(value, target, 0),
        written: (end) => target.subarray(0, end),
      });
    },
  };
}

/** Integers of 64 bits as bigint, in the way that avsc documents. */
function createLong({ LongType }: Avsc["types"]) {
  return LongType.__with({
    fromBuffer: (bytes: Buffer) => bytes.readBigInt64LE(),
    toBuffer(value: bigint) {
      const bytes = Buffer.alloc(8);
      bytes.writeBigInt64LE(value);
      return bytes;
    },
    fromJSON: BigInt,
    toJSON: String,
    isValid: (value: unknown) => typeof value === "bigint",
    compare: (a: bigint, b: bigint) => (a === b ? 0 : a < b ? -1 : 1),
  });
}
