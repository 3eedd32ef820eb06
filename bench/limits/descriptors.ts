import { type DescField, type DescMessage, ScalarType } from "@bufbuild/protobuf";

/** The message types that a message can hold, itself first, each once. */
export function messageTypes(schema: DescMessage): DescMessage[] {
  const found = new Set([schema]);
  for (const type of found) {
    for (const { message } of type.fields) if (message !== undefined) found.add(message);
  }
  return [...found];
}

/** True for a field whose google.protobuf.Struct is a JSON object in messages of protobuf-es. */
export function isJsonObject({ message, parent }: DescField): boolean {
  return (
    message?.typeName === "google.protobuf.Struct" && parent.typeName !== "google.protobuf.Value"
  );
}

/** The name of a generated function: what it does, and the message type. */
export function functionName(role: string, { typeName }: DescMessage): string {
  return `${role}_${typeName.replaceAll(".", "_")}`;
}

/** The scalar type of a field's values; an enum's values are those of int32. Undefined for messages. */
export function valueType(field: DescField): ScalarType | undefined {
  return field.enum === undefined ? field.scalar : ScalarType.INT32;
}

/** The error for a kind of field that no message of the suite has. */
export function unsupported({ parent, name }: DescField, feature: string): Error {
  return new Error(`the limits do not know ${feature}, which ${parent.typeName}.${name} has`);
}

/** True for fields that hold their zero when nobody sets them. */
export function isImplicit({ presence }: DescField): boolean {
  // The number of FeatureSet.FieldPresence.IMPLICIT.
  return presence === 2;
}
