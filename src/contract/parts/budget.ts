import { type DescMessage, getOption, hasOption } from "@bufbuild/protobuf";
import { budget } from "../../../gen/concord/options/v1/budget_pb.js";
import { ContractError, type ContractIssue } from "../../wire/error.js";
import type { Dialect } from "../base/dialect.js";
import { measureFields } from "./measure.js";

/** What a message may cost. A figure that no document gives is undefined. */
export interface MessageBudget {
  /** The most bytes that `encode` lets pass, and that each part of `encodeParts` has. */
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
  /** The field's name, or `field 99` when the message does not know it. */
  readonly field: string;
  readonly bytes: number;
}

/**
 * The fields of an encoded message, largest first. The sum is the message's size. Throws as
 * `measureBytes` does.
 */
export function fieldBytes(
  schema: DescMessage,
  encoded: Uint8Array,
  keys: Dialect["keys"] = "proto",
): FieldBytes[] {
  return measureFields(schema, encoded, keys)
    .parts.map(({ step, bytes }) => ({ field: String(step), bytes }))
    .sort((one, other) => other.bytes - one.bytes);
}

/** How a message that is larger than its budget is spoken of. */
export interface WaysOut {
  /** How the message's fields are spelled. Default: as in the proto. */
  readonly keys?: Dialect["keys"];
  /** What else than parts, e.g. `frames`. */
  readonly alternative?: string | undefined;
}

/** Throws ContractError `budget.size` when the encoded message is larger than `maxBytes`. */
export function enforceSize(
  schema: DescMessage,
  encoded: Uint8Array,
  maxBytes: number,
  { keys, alternative }: WaysOut = {},
): void {
  if (encoded.length <= maxBytes) return;
  const largest = fieldBytes(schema, encoded, keys).slice(0, 3);
  const parts = largest.map(({ field, bytes }) => `${field} ${bytes}`).join(", ");
  const ways = alternative === undefined ? "" : ` or ${alternative}`;
  const issue: ContractIssue = {
    path: "",
    rule: "budget.size",
    message: `${encoded.length} bytes exceed the budget of ${maxBytes} (${parts}); send encodeParts()${ways}, or encode with { budget: false }`,
    expected: `at most ${maxBytes} bytes`,
    received: `${encoded.length} bytes`,
  };
  throw new ContractError("encode", schema.typeName, issue);
}
