import { ScalarType } from "@bufbuild/protobuf";
import type { SuiteCase } from "../suite/cases.js";
import { type EncodingPeer, roomFor } from "./contender.js";
import { hasScalar } from "./descriptors.js";
import { type Format, openFormat, plainMessages } from "./format.js";
import { schemalessShape } from "./plain.js";

type Msgpackr = typeof import("msgpackr");

/**
 * Msgpackr without records, which is MessagePack as everybody reads it, and with records, whose keys
 * both sides know and no message repeats.
 */
export function createMsgpackr(msgpackr: Msgpackr): EncodingPeer[] {
  const peer = (name: string, records: boolean): EncodingPeer => ({
    name,
    kind: "format",
    packages: ["msgpackr"],
    open: (suiteCase) =>
      openFormat(
        plainMessages(suiteCase, schemalessShape),
        createFormat(msgpackr, suiteCase, records),
      ),
  });
  return [peer("msgpackr", false), peer("msgpackr records", true)];
}

/** Numbers with a fraction take four bytes, unless a message has some that need eight: it is all or none. */
function createFormat(
  { FLOAT32_OPTIONS, Packr, REUSE_BUFFER_MODE }: Msgpackr,
  { contract, encoded }: SuiteCase,
  records: boolean,
): Format {
  const { ALWAYS, NEVER } = FLOAT32_OPTIONS;
  const useFloat32 = hasScalar(contract.schema, ScalarType.DOUBLE) ? NEVER : ALWAYS;
  const packr = new Packr({
    useRecords: records,
    useFloat32,
    ...(records ? { structures: [] } : {}),
  });
  const target = roomFor(encoded);
  return {
    encode: (value) => packr.pack(value),
    decode: (bytes) => packr.unpack(bytes),
    encodeInto(value) {
      packr.useBuffer(target);
      packr.pack(value, REUSE_BUFFER_MODE);
      return packr.position;
    },
    written: (end) => target.subarray(0, end),
  };
}
