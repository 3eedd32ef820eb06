import { ScalarType } from "@bufbuild/protobuf";
import { type FieldRule, fieldRule, plainPresence } from "../../contract/model/field-rule.js";
import { integer64Parts } from "../../contract/rules/scalars.js";
import { dialect } from "../dialect.js";

/** Field rule of a fixed64: an unsigned integer of always 8 bytes. Its JSON is the same as for a uint64. */
export function fixed64(): FieldRule<bigint, string, false, false> {
  const parts = integer64Parts(ScalarType.UINT64, {}, dialect.int64);
  return fieldRule(
    { ...parts, kind: { kind: "scalar", scalar: ScalarType.FIXED64 } },
    plainPresence,
  );
}
