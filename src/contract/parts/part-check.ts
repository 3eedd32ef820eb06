import type { Part } from "../../../gen/concord/parts/v1/part_pb.js";
import { type ContractIssue, mismatch } from "../../wire/error.js";
import { crc32 } from "../base/crc32.js";
import { checksumOf } from "./part-id.js";
import type { Incomplete } from "./pending.js";

/** What is wrong with a part, whatever the others are; undefined if nothing is. */
export function faultOf(
  { index, count, records }: Part,
  maxParts: number,
): ContractIssue | undefined {
  if (count < 1 || count > maxParts) {
    return mismatch("count", "part.malformed", `a count from 1 to ${maxParts}`, count);
  }
  if (index >= count) {
    return mismatch("index", "part.malformed", `an index below the count of ${count}`, index);
  }
  if (count > 1 && records.length === 0) {
    return fault("records", `part ${index} of ${count} has no records`);
  }
  return undefined;
}

/** How a part contradicts the other parts of its message; undefined if it does not. */
export function contradictionOf(
  message: Incomplete,
  { index, count, records }: Part,
): ContractIssue | undefined {
  if (message.count !== count) {
    const expected = `${message.count} as in the parts before`;
    return mismatch("count", "part.malformed", expected, count);
  }
  const before = message.parts.get(index);
  if (before === undefined || isSame(before, records)) return undefined;
  return fault("records", `part ${index} of ${count} came before with other records`);
}

/** What is wrong with the records of all parts of a message, concatenated; undefined if they are what was sent. */
export function checksumFault(id: bigint, records: Uint8Array): ContractIssue | undefined {
  const [sent, received] = [checksumOf(id), crc32(records)];
  if (sent === received) return undefined;
  const text = `the id has the CRC-32 ${hex(sent)}, and the records of its parts have ${hex(received)}`;
  return fault("id", text);
}

function fault(path: string, message: string): ContractIssue {
  return { path, rule: "part.malformed", message };
}

function hex(checksum: number): string {
  return checksum.toString(16).padStart(8, "0");
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  for (let index = 0; index < one.length; index++) {
    if (one[index] !== other[index]) return false;
  }
  return true;
}
