import { type DescMessage, getOption, hasOption } from "@bufbuild/protobuf";
import { budget } from "../../../gen/concord/options/v1/budget_pb.js";
import { ContractError, type ContractIssue } from "../../wire/error.js";
import type { Dialect } from "../base/dialect.js";
import { measureFields } from "./measure.js";

/** The budget of a message type. A figure that no document gives is not set. */
export interface MessageBudget {
  /** Maximum size of an encoded message, and of each part of `encodeParts`, in bytes. */
  readonly maxBytes?: number;
  /** Maximum median time to encode, in microseconds. Not enforced; the benchmarks measure it. */
  readonly encodeMicros?: number;
  /** Maximum median time to decode, in microseconds. Not enforced; the benchmarks measure it. */
  readonly decodeMicros?: number;
}

/** The budget of a message type, from the option `concord.options.v1.budget` in its proto file. */
export function budgetOf(schema: DescMessage): MessageBudget {
  if (!hasOption(schema, budget)) return {};
  const { maxBytes, encodeUs, decodeUs } = getOption(schema, budget);
  return {
    ...(maxBytes > 0 ? { maxBytes } : {}),
    ...(encodeUs > 0 ? { encodeMicros: encodeUs } : {}),
    ...(decodeUs > 0 ? { decodeMicros: decodeUs } : {}),
  };
}

/** The size of one top-level field in an encoded message: tags, lengths and values. */
export interface FieldBytes {
  /** The field's name, or `field 99` for an unknown field. */
  readonly field: string;
  readonly bytes: number;
}

/**
 * The sizes of a message's top-level fields, largest first. Their sum is the message's size. Throws what
 * `measureBytes` throws.
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

/** What the error `budget.size` names. */
export interface OversizeOptions {
  /** Spelling of the field names. Default: as in the proto. */
  readonly keys?: Dialect["keys"];
  /** What the message can be sent as instead of parts, e.g. `frames`. */
  readonly alternative?: string | undefined;
}

/**
 * Throws ContractError `budget.size` for an encoded message larger than `maxBytes`. The error names the
 * three largest fields and what to do instead.
 */
export function assertSize(
  schema: DescMessage,
  encoded: Uint8Array,
  maxBytes: number,
  { keys, alternative }: OversizeOptions = {},
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
