import type { DescField, DescMessage, DescOneof } from "@bufbuild/protobuf";
import { isPlainObject } from "../../src/contract/base/plain-data.js";
import { forEach } from "../measure.js";
import type { SuiteCase } from "../suite/cases.js";
import type { Contender, Peer } from "../suite/peer.js";
import { isJsonObject } from "./descriptors.js";
import { loadModule } from "./modules.js";
import { type ReaderModule, readerSource } from "./read-source.js";

/**
 * Reads every field of a message once and judges none: what is left of checking without rules. Modules
 * are written into the folder.
 */
export function createReadLimit(folder: URL): Peer {
  return {
    name: "limit: read",
    kind: "limit",
    packages: [],
    open({ contract, encoded, keepsRules }: SuiteCase): Contender | undefined {
      if (!keepsRules) return undefined;
      const { schema, typeName } = contract;
      const source = readerSource(schema);
      const { read } = loadModule<ReaderModule>(folder, `read-${typeName}`, source);
      const messages: object[] = encoded.map((bytes) => contract.codec.decode(bytes));
      return {
        tasks: { check: forEach(messages, read) },
        bytes: undefined,
        prove: () => sumFault(read, messages, schema),
      };
    },
  };
}

/** Compares a reader's sums with those that are computed from the descriptors. */
export function sumFault(
  read: (message: object) => number,
  messages: readonly object[],
  schema: DescMessage,
): string | undefined {
  for (const [index, message] of messages.entries()) {
    const [sum, expected] = [read(message), sumOf(message, schema)];
    if (!Object.is(sum, expected)) return `message ${index} is read as ${sum}, not as ${expected}`;
  }
  return undefined;
}

/** The sum in the order of the generated code, so that it is rounded alike. */
function sumOf(message: unknown, type: DescMessage): number {
  const values = type.members.flatMap((member) =>
    numbersOf(Reflect.get(Object(message), member.localName), member),
  );
  return values.reduce((sum, value) => sum + value, 0);
}

function numbersOf(value: unknown, member: DescField | DescOneof): number[] {
  if (value === undefined) return [];
  if (member.kind === "oneof") {
    const { case: name, value: inner }: { case?: unknown; value?: unknown } = Object(value);
    return member.fields.flatMap((field) =>
      field.localName === name ? [numberOf(inner, field)] : [],
    );
  }
  if (Array.isArray(value)) return [value.length, ...value.map((item) => numberOf(item, member))];
  if (member.fieldKind !== "map") return [numberOf(value, member)];
  return Object.entries(Object(value)).flatMap(([key, item]) => [
    key.length,
    numberOf(item, member),
  ]);
}

function numberOf(value: unknown, field: DescField): number {
  if (field.message !== undefined) {
    return isJsonObject(field) ? jsonNumber(value) : sumOf(value, field.message);
  }
  if (typeof value === "number") return value;
  if (typeof value === "string" || value instanceof Uint8Array) return value.length;
  return value ? 1 : 0;
}

function jsonNumber(json: unknown): number {
  if (typeof json === "number") return json;
  if (typeof json === "string") return json.length;
  if (Array.isArray(json)) return json.map(jsonNumber).reduce((a, b) => a + b, json.length);
  if (!isPlainObject(json)) return Number(json === true);
  const values = Object.entries(json).flatMap(([key, item]) => [key.length, jsonNumber(item)]);
  return values.reduce((a, b) => a + b, 0);
}
