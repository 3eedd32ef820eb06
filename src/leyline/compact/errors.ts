import { ContractError, type ContractIssue } from "../../wire/error.js";
import { SystemStatePacket } from "../state.js";

/** The fault of a byte array of the compact form. `path` is a place in the wire JSON of a StateUpdate. */
export function malformed(path: string, message: string): ContractError {
  return unreadable({ path, rule: "frame.malformed", message });
}

/** What a reader throws; it names the packet that the byte array belongs to. */
export function unreadable(
  first: ContractIssue,
  others: readonly ContractIssue[] = [],
): ContractError {
  return new ContractError("read from frames", SystemStatePacket.typeName, first, others);
}

/** A dictionary's id as people read it. */
export function formatId(id: bigint): string {
  return id.toString(16).padStart(16, "0");
}
