import type { DescMessage, ScalarType } from "@bufbuild/protobuf";
import { messageTypes } from "../limits/descriptors.js";

/** Whether the message, or one that it can hold, has a field of this type. A Struct has doubles. */
export function hasScalar(schema: DescMessage, scalar: ScalarType): boolean {
  return messageTypes(schema).some(({ fields }) => fields.some((field) => field.scalar === scalar));
}
