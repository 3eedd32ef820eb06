import { type DescMessage, getOption, hasOption } from "@bufbuild/protobuf";
import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import { budget } from "../../gen/concord/options/v1/budget_pb.js";
import { ContractError, type ContractIssue } from "../wire/error.js";

/** What a message may cost. A figure that no document gives is undefined. */
export interface MessageBudget {
  /** The most bytes that `encode` lets pass. */
  readonly maxBytes?: number;
  /** The longest acceptable median time to encode, in microseconds. */
  readonly encodeMicros?: number;
  /** The longest acceptable median time to decode, in microseconds. */
  readonly decodeMicros?: number;
}

/** The budget that stands on a message in its proto file. */
export function budgetOf(schema: DescMessage): MessageBudget {
  if (!hasOption(schema, budget)) return {};
  const { maxBytes, encodeUs, decodeUs } = getOption(schema, budget);
  return {
    ...(maxBytes > 0 ? { maxBytes } : {}),
    ...(encodeUs > 0 ? { encodeMicros: encodeUs } : {}),
    ...(decodeUs > 0 ? { decodeMicros: decodeUs } : {}),
  };
}

/** How many bytes one top-level field takes in an encoded message: tags, lengths and values. */
export interface FieldBytes {
  /** The field's name in the proto, or its number when the message does not know it. */
  readonly field: string;
  readonly bytes: number;
}

/** Where the bytes of an encoded message go, largest field first. The sum is the message's size. */
export function fieldBytes(schema: DescMessage, encoded: Uint8Array): FieldBytes[] {
  const names = new Map(schema.fields.map((field) => [field.number, field.name]));
  const totals = new Map<string, number>();
  const reader = new BinaryReader(encoded);
  while (reader.pos < reader.len) {
    const start = reader.pos;
    const [number, wireType] = reader.tag();
    reader.skip(wireType, wireType === WireType.StartGroup ? number : undefined);
    const name = names.get(number) ?? `field ${number}`;
    totals.set(name, (totals.get(name) ?? 0) + reader.pos - start);
  }
  return [...totals].map(([field, bytes]) => ({ field, bytes })).sort((a, b) => b.bytes - a.bytes);
}

/** Throws ContractError `budget.size` when the encoded message is larger than `maxBytes`. */
export function enforceSize(schema: DescMessage, encoded: Uint8Array, maxBytes: number): void {
  if (encoded.length <= maxBytes) return;
  const largest = fieldBytes(schema, encoded).slice(0, 3);
  const parts = largest.map(({ field, bytes }) => `${field} ${bytes}`).join(", ");
  const issue: ContractIssue = {
    path: "",
    rule: "budget.size",
    message: `${encoded.length} bytes exceed the budget of ${maxBytes} (${parts}); send less, or encode with { budget: false }`,
    expected: `at most ${maxBytes} bytes`,
    received: `${encoded.length} bytes`,
  };
  throw new ContractError("encode", schema.typeName, issue);
}
