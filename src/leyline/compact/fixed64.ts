import { ScalarType } from "@bufbuild/protobuf";
import { type FieldRule, fieldRule, plainPresence } from "../../contract/model/field-rule.js";
import { integer64Parts } from "../../contract/rules/scalars.js";
import { dialect } from "../dialect.js";

/** An unsigned integer of 64 bits that always takes 8 bytes; its JSON is that of a uint64. */
export function fixed64(): FieldRule<bigint, string, false, false> {
  const parts = integer64Parts(ScalarType.UINT64, {}, dialect.int64);
  return fieldRule(
    { ...parts, kind: { kind: "scalar", scalar: ScalarType.FIXED64 } },
    plainPresence,
  );
}
