import {
  clone,
  create,
  createFileRegistry,
  type DescFile,
  type DescMessage,
  type FileRegistry,
  fromJson,
  setExtension,
} from "@bufbuild/protobuf";
import {
  type DescriptorProto,
  FieldOptionsSchema,
  type FileDescriptorProto,
  FileDescriptorProtoSchema,
  FileDescriptorSetSchema,
} from "@bufbuild/protobuf/wkt";
import {
  FieldRulesSchema,
  field as fieldOption,
} from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import type { FieldRules } from "./field-rules.js";

/** A message type whose fields have options of protovalidate. */
export interface AnnotatedSchema {
  readonly schema: DescMessage;
  readonly registry: FileRegistry;
}

/** Sets rules as options of protovalidate, on copies of the file of a message and of what it imports. */
export function annotate(schema: DescMessage, rules: readonly FieldRules[]): AnnotatedSchema {
  const files = new Map<string, FileDescriptorProto>();
  copyFiles(schema.file, files);
  for (const {
    field: { parent, name },
    json,
  } of rules) {
    const file = files.get(parent.file.proto.name);
    const field = file && copyOf(parent, file)?.field.find((candidate) => candidate.name === name);
    if (field === undefined)
      throw new Error(`no copied file has the field ${parent.typeName}.${name}`);
    field.options ??= create(FieldOptionsSchema);
    setExtension(field.options, fieldOption, fromJson(FieldRulesSchema, json));
  }
  const registry = createFileRegistry(
    create(FileDescriptorSetSchema, { file: [...files.values()] }),
  );
  const annotated = registry.getMessage(schema.typeName);
  if (annotated === undefined) throw new Error(`the copied files have no ${schema.typeName}`);
  return { schema: annotated, registry };
}

/** Copies a file after its imports. */
function copyFiles(file: DescFile, files: Map<string, FileDescriptorProto>): void {
  if (files.has(file.proto.name)) return;
  for (const imported of file.dependencies) copyFiles(imported, files);
  files.set(file.proto.name, clone(FileDescriptorProtoSchema, file.proto));
}

/** A message type in the copy of its file. */
function copyOf(
  { parent, name }: DescMessage,
  file: FileDescriptorProto,
): DescriptorProto | undefined {
  const types = parent === undefined ? file.messageType : copyOf(parent, file)?.nestedType;
  return types?.find((type) => type.name === name);
}
