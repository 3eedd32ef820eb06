import type { Message } from "@bufbuild/protobuf";
import { type ContractError, type ContractIssue, isContractError } from "../../wire/error.js";
import { Context } from "../base/context.js";
import { guarded, guardedRead, type ReadValue } from "../base/result.js";
import type { Contract } from "../contract.js";
import type { Monitor } from "./monitor.js";

/** Decodes a message with a method of the contract, and emits version mismatches and enum numbers without a name. */
export function decodeMonitored<M extends Message>(
  monitor: Monitor,
  contract: Contract<M>,
  bytes: Uint8Array,
  decode: () => ReadValue<M>,
): ReadValue<M> {
  const type = monitor.typeOf("decode", contract);
  const { typeName } = type;
  const start = monitor.now();
  let read: ReadValue<M>;
  try {
    read = guarded("decode", typeName, decode);
  } catch (error) {
    if (isContractError(error)) {
      const versionMismatch = isVersionMismatch(contract, error);
      monitor.emit({ kind: "refused", typeName, versionMismatch, error }, type);
    }
    throw error;
  }
  const durationMicros = monitor.microsSince(start);
  const context = new EnumContext();
  guardedRead("decode", typeName, () => contract.definition.strict(read.value, context));
  const { issues: invalidEnums } = context;
  const sizeBytes = bytes.length;
  monitor.emit({ kind: "decoded", typeName, sizeBytes, durationMicros, invalidEnums }, type);
  return read;
}

/** Keeps only the issues of enum numbers without a name. */
class EnumContext extends Context {
  override add(issue: ContractIssue): void {
    if (issue.rule === "enum.unknown") super.add(issue);
  }
}

/** Whether bytes were refused because of the version, which the contract fixes. */
function isVersionMismatch({ definition }: Contract, error: ContractError): boolean {
  return (
    Object.hasOwn(definition.constants, "version") &&
    // An issue with an offset is one of the decoder, not of the version's value.
    error.issues.some(({ path, offset }) => path === "version" && offset === undefined)
  );
}
