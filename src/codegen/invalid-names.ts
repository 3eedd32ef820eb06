import type { DescFile } from "@bufbuild/protobuf";
import { nestedTypes } from "@bufbuild/protobuf/reflect";
import { codecFile } from "./safe-name.js";

/**
 * Throws for names that every compiler rejects. A descriptor made by hand may have them, and they would become
 * code, or the path of a file elsewhere. Names with other characters than letters, digits and underscores
 * are refused by the plugin framework before, except for packages and files.
 */
export function refuseInvalidNames(files: readonly DescFile[]): void {
  const paths = new Map<string, string>();
  const types = new Map<string, string>();
  for (const file of files) {
    const { name } = file.proto;
    refusePath(name);
    const same = paths.get(codecFile(file));
    if (same !== undefined) {
      throw new Error(`${name}: ${same} has the same generated file, ${codecFile(file)}`);
    }
    paths.set(codecFile(file), name);
    for (const [kind, one] of namesIn(file)) {
      const parts = kind === "package" ? one.split(".") : [one];
      if (!parts.every((part) => /^[A-Za-z_]\w*$/.test(part))) {
        throw new Error(`${name}: invalid ${kind} name ${JSON.stringify(one)}`);
      }
    }
    for (const { typeName } of nestedTypes(file)) {
      const other = types.get(typeName);
      if (other !== undefined) {
        throw new Error(`${name}: ${typeName} is already defined in ${other}`);
      }
      types.set(typeName, name);
    }
  }
}

/** Throws for a path that protoc does not allow, or that an import statement would take for another one. */
function refusePath(name: string): void {
  const isOutside = name.split("/").some((part) => part === "" || part === "." || part === "..");
  if (!isOutside && !/[\\?#%\p{Cc}\u2028\u2029]/u.test(name)) return;
  throw new Error(
    `invalid file name ${JSON.stringify(name)}: it must be a relative path without empty parts, ".", "..", line ends, control characters, and \\ ? # %`,
  );
}

/** The names that a file gives to its package and to what it declares. */
function* namesIn(file: DescFile): Generator<readonly [kind: string, name: string]> {
  if (file.proto.package !== "") yield ["package", file.proto.package];
  for (const type of nestedTypes(file)) {
    yield [type.kind, type.name];
    if (type.kind !== "message") continue;
    for (const field of type.fields) yield ["field", field.name];
    for (const oneof of type.oneofs) yield ["oneof", oneof.name];
  }
}
