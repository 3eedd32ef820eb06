// Writes the codecs of the well-known types to gen/google/protobuf, from the descriptors of protobuf-es.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { create } from "@bufbuild/protobuf";
import {
  CodeGeneratorRequestSchema,
  file_google_protobuf_any,
  file_google_protobuf_api,
  file_google_protobuf_duration,
  file_google_protobuf_empty,
  file_google_protobuf_field_mask,
  file_google_protobuf_source_context,
  file_google_protobuf_struct,
  file_google_protobuf_timestamp,
  file_google_protobuf_type,
  file_google_protobuf_wrappers,
} from "@bufbuild/protobuf/wkt";
import { loadCodecPlugin } from "./load-codec-plugin.mjs";

const files = [
  file_google_protobuf_any,
  file_google_protobuf_api,
  file_google_protobuf_duration,
  file_google_protobuf_empty,
  file_google_protobuf_field_mask,
  file_google_protobuf_source_context,
  file_google_protobuf_struct,
  file_google_protobuf_timestamp,
  file_google_protobuf_type,
  file_google_protobuf_wrappers,
];

/** Generates the files below `out`. */
export async function generateWellKnownTypes(out) {
  const plugin = await loadCodecPlugin();
  const request = create(CodeGeneratorRequestSchema, {
    fileToGenerate: files.map((file) => file.proto.name),
    parameter: "target=ts,import_extension=js,runtime=#wire",
    protoFile: ordered(files).map((file) => file.proto),
  });
  for (const { name, content } of plugin.run(request).file) {
    const path = join(out, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}

/** Files after those that they import. */
function ordered(files, seen = new Set()) {
  return files.flatMap((file) => {
    if (seen.has(file.name)) return [];
    seen.add(file.name);
    return [...ordered(file.dependencies, seen), file];
  });
}
