import type { DescMessage } from "@bufbuild/protobuf";
import { PartCodec } from "../../../gen/concord/parts/v1/part_codec.js";
import type { Part } from "../../../gen/concord/parts/v1/part_pb.js";
import { ContractError } from "../../wire/error.js";
import { writeVarint } from "../../wire/varint.js";
import { formatPath, type Step } from "../base/context.js";
import type { Dialect } from "../base/dialect.js";
import { reportLimit } from "../base/limits.js";
import { readOptions, reportKind } from "../base/settings.js";
import type { CheckOptions } from "../options.js";
import { measureBytes } from "./measure.js";
import { maxMessageNumber, partIdOf } from "./part-id.js";
import { eachRecord, type WireRecord } from "./records.js";

/** Options of `encodeParts`. */
export interface PartsOptions extends CheckOptions {
  /**
   * Maximum size of each encoded part in bytes, at least 1. Default: the message's budget; where it has
   * none, there is one part without a limit. Each part costs 14 bytes or more besides its records.
   */
  readonly maxBytes?: number;
  /**
   * The number of the message, from 0 to 2^32 - 1: the upper half of the id that its parts share. A message that
   * is sent again under the same number is recognised. Default: random, so that two equal messages are two.
   */
  readonly id?: number;
}

/** {@link PartsOptions} with all defaults. */
export interface PartsSettings {
  readonly strict: boolean;
  readonly maxBytes: number;
  /** Undefined: random. */
  readonly id: number | undefined;
}

/** The options of one call with defaults. Throws ContractError `config` for wrong options. */
export function readPartsOptions(
  typeName: string,
  options: PartsOptions,
  budget = Number.POSITIVE_INFINITY,
): PartsSettings {
  const given = readOptions(typeName, options, ({ strict, maxBytes, id }, context) => {
    reportKind(context, "strict", strict, "boolean");
    reportLimit(context, "maxBytes", maxBytes);
    if (id === undefined || (typeof id === "number" && id >>> 0 === id)) return;
    context.mismatch("config", `an integer from 0 to ${maxMessageNumber}`, id, "id");
  });
  const { strict = false, maxBytes = budget, id } = given;
  return { strict, maxBytes, id };
}

/** An encoded message that is to be cut into parts. */
export interface Uncut {
  readonly schema: DescMessage;
  readonly keys: Dialect["keys"];
  readonly bytes: Uint8Array;
}

/**
 * Cuts an encoded message between its top-level records, each part as large as `maxBytes` allows. Throws
 * ContractError `budget.size` with the path of a record that no part can hold.
 */
export function toParts(uncut: Uncut, settings: PartsSettings): Uint8Array[] {
  const { maxBytes } = settings;
  const id = partIdOf(uncut.bytes, settings.id);
  const ends = cut(uncut, id, maxBytes);
  const count = ends.length;
  return ends.map((end, index) => {
    const records = uncut.bytes.subarray(ends[index - 1] ?? 0, end);
    return PartCodec.encode({ ...PartCodec.create(), id, index, count, records });
  });
}

/** The offsets at which the parts end. Every part contains their count, so that a guess may need another try. */
function cut(uncut: Uncut, id: bigint, maxBytes: number): number[] {
  for (let count = 1; ; ) {
    const ends = cutFor(uncut, { ...PartCodec.create(), id, count }, maxBytes);
    if (varintSize(ends.length) === varintSize(count)) return ends;
    count = ends.length;
  }
}

function cutFor(uncut: Uncut, part: Part, maxBytes: number): number[] {
  const { bytes } = uncut;
  const ends: number[] = [];
  let start = 0;
  let end = 0;
  let head = PartCodec.size(part);
  if (head > maxBytes) {
    throw tooLarge(uncut, "", `a part without records has ${head} bytes`, head, maxBytes);
  }
  eachRecord(bytes, 0, bytes.length, 1, (record) => {
    if (sizeOf(head, record.end - start) > maxBytes && end > start) {
      ends.push(end);
      start = end;
      head = PartCodec.size({ ...part, index: ends.length });
    }
    const size = sizeOf(head, record.end - start);
    if (size > maxBytes) {
      const path = pathOf(uncut, record);
      const fault = `a record of ${record.end - start} bytes makes a part of ${size}`;
      throw tooLarge(uncut, path, fault, size, maxBytes);
    }
    end = record.end;
  });
  ends.push(end);
  return ends;
}

/** The size of a part with `length` bytes of records, whose other fields have `head` bytes. */
function sizeOf(head: number, length: number): number {
  return length === 0 ? head : head + 1 + varintSize(length) + length;
}

/** Scratch space for a varint of 32 bits. */
const room = new Uint8Array(5);

function varintSize(value: number): number {
  return writeVarint(value, room, 0);
}

/** The path of a top-level record: its field, with the index in a list or the key in a map. */
function pathOf({ schema, keys, bytes }: Uncut, { start, end }: WireRecord): string {
  const [field] = measureBytes(schema, bytes.subarray(start, end), keys).parts;
  const steps: Step[] = field?.step === undefined ? [] : [field.step];
  if (field?.kind === "map") {
    steps.push(...field.parts.flatMap(({ step }) => step ?? []));
  } else if (field?.kind === "list") {
    const before = measureBytes(schema, bytes.subarray(0, start), keys).parts;
    steps.push(before.find(({ step }) => step === field.step)?.parts.length ?? 0);
  }
  return formatPath(steps);
}

function tooLarge(
  { schema }: Uncut,
  path: string,
  fault: string,
  size: number,
  maxBytes: number,
): ContractError {
  return new ContractError("encode", schema.typeName, {
    path,
    rule: "budget.size",
    message: `${fault}, and a part has at most ${maxBytes}`,
    expected: `at most ${maxBytes} bytes`,
    received: `${size} bytes`,
  });
}
