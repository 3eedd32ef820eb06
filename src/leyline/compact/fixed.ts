import { ScalarType } from "@bufbuild/protobuf";
import { type FieldRule, fieldRule, plainPresence } from "../../contract/model/field-rule.js";
import { integer32Parts, integer64Parts } from "../../contract/rules/scalars.js";
import { dialect } from "../dialect.js";

/** Field rule of a fixed32: an unsigned integer of always 4 bytes. Its JSON is the same as for a uint32. */
export function fixed32(): FieldRule<number, number, false, false> {
  const parts = integer32Parts(ScalarType.UINT32, {});
  return fieldRule(
    { ...parts, kind: { kind: "scalar", scalar: ScalarType.FIXED32 } },
    plainPresence,
  );
}

/** Field rule of a fixed64: an unsigned integer of always 8 bytes. Its JSON is the same as for a uint64. */
export function fixed64(): FieldRule<bigint, string, false, false> {
  const parts = integer64Parts(ScalarType.UINT64, {}, dialect.int64);
  return fieldRule(
    { ...parts, kind: { kind: "scalar", scalar: ScalarType.FIXED64 } },
    plainPresence,
  );
}
