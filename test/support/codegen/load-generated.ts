import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Message } from "@bufbuild/protobuf";
import type { GenMessage } from "@bufbuild/protobuf/codegenv2";
import fc from "fast-check";
import ts from "typescript";
import { expect } from "vitest";
import { messages } from "../../../src/testing/messages.js";
import type { Codec } from "../../../src/wire/codec.js";
import { checkAliasing, checkDecode, checkEncode } from "../binary/differential.js";
import type { Subject } from "../binary/test-all-types.js";
import { compile, generateTypes, requestFor, run, type Sources, writeAll } from "./generate.js";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/**
 * Generates the types and codecs of .proto texts into a temporary folder, and deletes it after `work`. The
 * folder can import this project's sources and dependencies.
 */
export async function withGenerated<T>(
  sources: Sources,
  target: "ts" | "js",
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "concord-generated-"));
  try {
    const imports = {
      "#wire": "./src/wire/index.ts",
      "#wire/internal": "./src/wire/internal.ts",
      "#wire/wkt": "./gen/google/wkt.ts",
    };
    writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module", imports }));
    for (const name of ["src", "gen", "node_modules"]) {
      symlinkSync(join(root, name), join(folder, name));
    }
    const files = compile(sources);
    const parameter = `target=${target},import_extension=js`;
    writeAll(folder, generateTypes(requestFor(files, parameter)));
    writeAll(folder, run(requestFor(files, `${parameter},runtime=#wire`)));
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Loads every message type of a generated folder, with its codec. */
export async function loadSubjects(folder: string): Promise<Subject[]> {
  const schemas = new Map<string, GenMessage<Message>>();
  const codecs: Codec<Message>[] = [];
  for (const name of readdirSync(folder)) {
    if (!/_(?:pb|codec)\.[jt]s$/.test(name)) continue;
    const module: Readonly<Record<string, unknown>> = await import(join(folder, name));
    for (const value of Object.values(module)) {
      if (isSchema(value)) schemas.set(value.typeName, value);
      else if (isCodec(value)) codecs.push(value);
    }
  }
  if (codecs.length !== schemas.size) throw new Error("there is not one codec for each message");
  return codecs.map((codec) => {
    const schema = schemas.get(codec.typeName);
    if (schema === undefined) throw new Error(`there is no message ${codec.typeName}`);
    return { schema, codec };
  });
}

function isSchema(value: unknown): value is GenMessage<Message> {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "message";
}

function isCodec(value: unknown): value is Codec<Message> {
  return typeof value === "object" && value !== null && "encodeInto" in value;
}

/** Asserts that a codec behaves like protobuf-es for a few messages. */
export function checkSubject(subject: Subject): void {
  const property = fc.property(messages(subject.schema, 1), (message) => {
    const bytes = checkEncode(subject, message);
    expect(checkDecode(subject, bytes)).toEqual([]);
    checkAliasing(subject, bytes, {});
  });
  fc.assert(property, { seed: 1, numRuns: 12 });
}

/** The errors of TypeScript for the code in a folder, under its strictest settings. */
export function typeErrors(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => name.endsWith(".ts"));
  const program = ts.createProgram(
    names.map((name) => join(folder, name)),
    {
      target: ts.ScriptTarget.ES2022,
      lib: ["lib.es2024.d.ts"],
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      types: ["node"],
      typeRoots: [join(root, "node_modules/@types")],
      noEmit: true,
      allowImportingTsExtensions: true,
      skipLibCheck: true,
      strict: true,
      exactOptionalPropertyTypes: true,
      noFallthroughCasesInSwitch: true,
      noImplicitOverride: true,
      noImplicitReturns: true,
      noPropertyAccessFromIndexSignature: true,
      noUncheckedIndexedAccess: true,
      noUnusedLocals: true,
      noUnusedParameters: true,
      isolatedModules: true,
      verbatimModuleSyntax: true,
    },
  );
  return ts.getPreEmitDiagnostics(program).map(({ file, start = 0, messageText }) => {
    const line = file === undefined ? "" : file.text.slice(0, start).split("\n").length;
    return `${file?.fileName}:${line} ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
  });
}
