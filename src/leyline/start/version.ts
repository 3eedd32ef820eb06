import { isMessage, type Message } from "@bufbuild/protobuf";
import { isPlainObject } from "../../contract/base/plain-data.js";
import { attempt, guarded, type Result } from "../../contract/base/result.js";
import type { Contract } from "../../contract/contract.js";
import { ContractError, type ContractIssue, mismatch, type Operation } from "../../wire/error.js";

/**
 * The version of the message contracts, the value of all `version` fields. Document: the Leyline document,
 * "SystemStatePacket"; the number comes from its companion document on enums and constants.
 */
export const schemaVersion = 1;

/**
 * Checks only the version of a message, its bytes or its wire JSON. Throws ContractError
 * `version.mismatch` unless `version` is exactly 1; a missing version counts as 0. Types without a
 * `version` field have the version of their package and always pass. Throws the errors of decoding for
 * bytes that cannot be decoded, and `type` for a message of another type. Document: the Leyline document, "Internal Integration" (`check_version()`) and "Failure Modes".
 *
 *     checkVersion(SystemStatePacket, { version: 2, packet_id: "p-1" });
 *     // cannot decode esper.leyline.v1.SystemStatePacket from JSON: version: expected 1, got 2 [version.mismatch]
 */
export function checkVersion<M extends Message>(contract: Contract<M>, value: unknown): void {
  const input = inputOf(contract, value);
  const issue = versionIssue(contract, input);
  if (issue !== undefined)
    throw new ContractError(operations[input.kind], contract.typeName, issue);
}

/** Like {@link checkVersion}, but returns the error instead of throwing it. */
export function safeCheckVersion<M extends Message>(
  contract: Contract<M>,
  value: unknown,
): Result<void> {
  return attempt(() => checkVersion(contract, value));
}

/** A value to validate, with the kind that decides which method of a contract reads it. */
export type VersionedInput<M> =
  | { readonly kind: "message"; readonly value: M }
  | { readonly kind: "bytes"; readonly value: Uint8Array }
  | { readonly kind: "json"; readonly value: unknown };

/** The operation in errors, for each kind of input. */
export const operations = {
  message: "check",
  bytes: "decode",
  json: "decode from JSON",
} as const satisfies Record<VersionedInput<never>["kind"], Operation>;

/** Throws ContractError `config` for what is no contract. */
function assertContract(contract: unknown): void {
  if (typeof contract === "object" && contract !== null && "definition" in contract) return;
  throw new ContractError(
    "check",
    "leyline contracts",
    mismatch("", "config", "a contract", contract),
  );
}

/**
 * Finds the kind of a value. Throws ContractError `type` for a message of another type, and `config` for
 * what is no contract.
 */
export function inputOf<M extends Message>(
  contract: Contract<M>,
  value: unknown,
): VersionedInput<M> {
  assertContract(contract);
  return guarded("check", contract.typeName, () => {
    if (value instanceof Uint8Array) return { kind: "bytes", value };
    if (!isMessage(value)) return { kind: "json", value };
    if (contract.is(value)) return { kind: "message", value };
    const issue = mismatch("", "type", `a ${contract.typeName} message`, value);
    throw new ContractError("check", contract.typeName, issue);
  });
}

/**
 * The issue of a version other than {@link schemaVersion}; undefined if the version is right or cannot
 * be read.
 */
export function versionIssue<M extends Message>(
  contract: Contract<M>,
  input: VersionedInput<M>,
): ContractIssue | undefined {
  if (!Object.hasOwn(contract.definition.constants, "version")) return undefined;
  const operation = operations[input.kind];
  const version = guarded(operation, contract.typeName, () => versionOf(contract, input));
  if (version === undefined || version === schemaVersion) return undefined;
  return mismatch("version", "version.mismatch", `${schemaVersion}`, version);
}

/** The version of a message; undefined for JSON whose version is not an integer. */
function versionOf<M extends Message>(
  contract: Contract<M>,
  input: VersionedInput<M>,
): number | undefined {
  switch (input.kind) {
    case "message":
      return toVersion(Reflect.get(input.value, "version"));
    case "bytes":
      return toVersion(Reflect.get(contract.codec.decode(input.value), "version"));
    case "json":
      return isPlainObject(input.value) ? toVersion(input.value["version"] ?? 0) : undefined;
  }
}

function toVersion(value: unknown): number | undefined {
  return typeof value === "number" && Number.isInteger(value) ? value : undefined;
}
