import { isMessage, type Message } from "@bufbuild/protobuf";
import { isPlainObject } from "../../contract/base/plain-data.js";
import { attempt, guarded, type Result } from "../../contract/base/result.js";
import type { Contract } from "../../contract/contract.js";
import { ContractError, type ContractIssue, mismatch, type Operation } from "../../wire/error.js";

/**
 * The version of the message contracts, which `version` fields carry. Document: the Leyline document,
 * "SystemStatePacket"; the number is that of its companion on enums and constants.
 */
export const schemaVersion = 1;

/**
 * Refuses a message of another version, before anything else of it is judged: throws ContractError
 * `version.mismatch` unless its `version` is exactly 1, so 0 and a version that is missing are mismatches
 * too. The value is a message, its bytes or its wire JSON. Types without a `version` field have the
 * version of their package and always pass. Bytes that cannot be decoded throw what their decoder
 * throws. Document: the Leyline document, "Internal Integration" (`check_version()`) and "Failure Modes".
 *
 *     checkVersion(SystemStatePacket, { version: 2, packet_id: "p-1" });
 *     // cannot decode esper.leyline.v1.SystemStatePacket from JSON: version: expected 1, got 2 [version.mismatch]
 */
export function checkVersion<M extends Message>(contract: Contract<M>, value: unknown): void {
  const form = formOf(contract, value);
  const issue = versionIssue(contract, form);
  if (issue !== undefined) throw new ContractError(operations[form.kind], contract.typeName, issue);
}

/** What {@link checkVersion} throws, as a value. */
export function safeCheckVersion<M extends Message>(
  contract: Contract<M>,
  value: unknown,
): Result<void> {
  return attempt(() => checkVersion(contract, value));
}

/** Which of a contract's doors a value is for. */
export type JsonContract<M> =
  | { readonly kind: "message"; readonly value: M }
  | { readonly kind: "bytes"; readonly value: Uint8Array }
  | { readonly kind: "json"; readonly value: unknown };

/** The operation of the door that each form goes through. */
export const operations = {
  message: "check",
  bytes: "decode",
  json: "decode from JSON",
} as const satisfies Record<JsonContract<never>["kind"], Operation>;

/** The form of a value. What is a message of another type is refused with code `type`. */
export function formOf<M extends Message>(contract: Contract<M>, value: unknown): JsonContract<M> {
  return guarded("check", contract.typeName, () => {
    if (value instanceof Uint8Array) return { kind: "bytes", value };
    if (!isMessage(value)) return { kind: "json", value };
    if (contract.is(value)) return { kind: "message", value };
    const issue = mismatch("", "type", `a ${contract.typeName} message`, value);
    throw new ContractError("check", contract.typeName, issue);
  });
}

/** The fault of a version that is not ours; undefined for ours, and where no version can be read. */
export function versionIssue<M extends Message>(
  contract: Contract<M>,
  form: JsonContract<M>,
): ContractIssue | undefined {
  if (!Object.hasOwn(contract.definition.constants, "version")) return undefined;
  const operation = operations[form.kind];
  const version = guarded(operation, contract.typeName, () => versionOf(contract, form));
  if (version === undefined || version === schemaVersion) return undefined;
  return mismatch("version", "version.mismatch", `${schemaVersion}`, version);
}

/** The version that a message states; undefined for JSON whose version is no whole number. */
function versionOf<M extends Message>(
  contract: Contract<M>,
  form: JsonContract<M>,
): number | undefined {
  switch (form.kind) {
    case "message":
      return toVersion(Reflect.get(form.value, "version"));
    case "bytes":
      return toVersion(Reflect.get(contract.codec.decode(form.value), "version"));
    case "json":
      return isPlainObject(form.value) ? toVersion(form.value["version"] ?? 0) : undefined;
  }
}

function toVersion(value: unknown): number | undefined {
  return typeof value === "number" && Number.isInteger(value) ? value : undefined;
}
