import type { Message } from "@bufbuild/protobuf";
import { type AnyReadResult, attempt, attemptRead, unwrap } from "../../contract/base/result.js";
import type { Contract } from "../../contract/contract.js";
import type { DecodeOptions, JsonReadOptions } from "../../contract/options.js";
import { ContractError } from "../../wire/error.js";
import { inputOf, operations, type VersionedInput, versionIssue } from "./version.js";

/**
 * Validates a message, its bytes or its wire JSON, and returns the message. Returns and throws what
 * `contract.check`, `decode` or `fromJson` does, except that a message of another version is always
 * refused with `version.mismatch`, whatever else is wrong with it. Costs no more than that method unless
 * the message is refused. Document: the Leyline document, "Internal Integration"
 * (`validate_schema()`) and "Input Validation".
 *
 *     const command = validateSchema(AdaptationCommand, bytes);
 */
export function validateSchema<M extends Message>(
  contract: Contract<M>,
  value: unknown,
  options: DecodeOptions & JsonReadOptions = {},
): M {
  return unwrap(readSchema(contract, value, options)).value;
}

function readSchema<M extends Message>(
  contract: Contract<M>,
  value: unknown,
  options: DecodeOptions & JsonReadOptions,
): AnyReadResult<M> {
  const input = inputOf(contract, value);
  const result = validate(contract, input, options);
  if (result.ok) return result;
  const version = attempt(() => versionIssue(contract, input));
  const issue = version.ok ? version.value : undefined;
  // Bytes longer than the reader accepts must not be decoded just to read their version.
  if (issue === undefined || result.error.code === "input.bytes") throw result.error;
  throw new ContractError(operations[input.kind], contract.typeName, issue);
}

/** Like {@link validateSchema}, but returns the error; a success is that of the method which it calls. */
export function safeValidateSchema<M extends Message>(
  contract: Contract<M>,
  value: unknown,
  options: DecodeOptions & JsonReadOptions = {},
): AnyReadResult<M> {
  return attemptRead(() => unwrap(readSchema(contract, value, options)));
}

function validate<M extends Message>(
  contract: Contract<M>,
  input: VersionedInput<M>,
  options: DecodeOptions & JsonReadOptions,
): AnyReadResult<M> {
  switch (input.kind) {
    case "message":
      return contract.safeCheck(input.value, options);
    case "bytes":
      return contract.safeDecode(input.value, options);
    case "json":
      return contract.safeFromJson(input.value, options);
  }
}
