import { ContractError, type ContractIssue } from "../../wire/error.js";
import { SystemStatePacket } from "../state.js";

/**
 * Error `frame.malformed` for an array of the compact form. `path` is a path in the wire JSON of a
 * StateUpdate.
 */
export function malformed(path: string, message: string): ContractError {
  return unreadable({ path, rule: "frame.malformed", message });
}

/** An error of a frame reader. */
export function unreadable(
  first: ContractIssue,
  others: readonly ContractIssue[] = [],
): ContractError {
  return new ContractError("read from frames", SystemStatePacket.typeName, first, others);
}

/** `1 unknown field` or `2 unknown fields`. */
export function countUnknownFields({ length }: readonly unknown[]): string {
  return length === 1 ? "1 unknown field" : `${length} unknown fields`;
}

/** A dictionary id as error texts show it: 8 hexadecimal digits. */
export function formatId(id: number): string {
  return id.toString(16).padStart(8, "0");
}
