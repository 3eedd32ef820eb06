import type { DescMessage } from "@bufbuild/protobuf";
import { PartCodec } from "../../../gen/concord/parts/v1/part_codec.js";
import type { Part } from "../../../gen/concord/parts/v1/part_pb.js";
import { ContractError } from "../../wire/error.js";
import { writeVarint } from "../../wire/varint.js";
import { formatPath, type Step } from "../base/context.js";
import type { Dialect } from "../base/dialect.js";
import { reportLimit } from "../base/limits.js";
import { readOptions } from "../base/settings.js";
import type { CheckOptions } from "../options.js";

import { measureBytes } from "./measure.js";
import { eachRecord, type WireRecord } from "./records.js";

/** Options of `encodeParts`. */
export interface PartsOptions extends CheckOptions {
  /**
   * The most bytes of each part, its carrier included. Default: the message's budget; where it has none,
   * there is no limit and one part. A small limit costs 14 bytes and more for each part.
   */
  readonly maxBytes?: number;
  /** What all parts of the message share, a number of 64 bits. Default: random. */
  readonly id?: bigint;
}

/** How a message is cut: its options with what stands for those that are missing. */
export interface PartsSettings {
  readonly strict: boolean;
  readonly maxBytes: number;
  readonly id: bigint;
}

/** The settings of one call. Throws ContractError `config` for options of the wrong kind. */
export function readPartsOptions(
  typeName: string,
  options: PartsOptions,
  budget = Number.POSITIVE_INFINITY,
): PartsSettings {
  const given = readOptions(typeName, options, ({ maxBytes, id }, context) => {
    reportLimit(context, "maxBytes", maxBytes);
    if (id === undefined || (typeof id === "bigint" && id === BigInt.asUintN(64, id))) return;
    context.mismatch("config", "a bigint of 64 bits without a sign", id, "id");
  });
  const { strict = false, maxBytes = budget, id = randomId() } = given;
  return { strict, maxBytes, id };
}

/** The message whose bytes are cut. */
export interface Uncut {
  readonly schema: DescMessage;
  readonly keys: Dialect["keys"];
  readonly bytes: Uint8Array;
}

/**
 * Cuts an encoded message at the borders of its top-level records, each part as large as it can be.
 * Throws ContractError `budget.size` with the place of a record that no part can hold.
 */
export function toParts(uncut: Uncut, { id, maxBytes }: PartsSettings): Uint8Array[] {
  const ends = cut(uncut, id, maxBytes);
  const count = ends.length;
  return ends.map((end, index) => {
    const records = uncut.bytes.subarray(ends[index - 1] ?? 0, end);
    return PartCodec.encode({ ...PartCodec.create(), id, index, count, records });
  });
}

function randomId(): bigint {
  return crypto.getRandomValues(new BigUint64Array(1))[0] ?? 0n;
}

/** Where the parts of a message end. How many there are is known only then, and has its place in each. */
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
      const path = placeOf(uncut, record);
      const fault = `a record of ${record.end - start} bytes makes a part of ${size}`;
      throw tooLarge(uncut, path, fault, size, maxBytes);
    }
    end = record.end;
  });
  ends.push(end);
  return ends;
}

/** The size of a part whose other fields have `head` bytes. */
function sizeOf(head: number, length: number): number {
  return length === 0 ? head : head + 1 + varintSize(length) + length;
}

/** Room for a varint of 32 bits. */
const room = new Uint8Array(5);

function varintSize(value: number): number {
  return writeVarint(value, room, 0);
}

/** The field of a top-level record, with its index in a list or its key in a map. */
function placeOf({ schema, keys, bytes }: Uncut, { start, end }: WireRecord): string {
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
