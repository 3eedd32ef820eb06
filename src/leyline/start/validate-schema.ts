import type { Message } from "@bufbuild/protobuf";
import { attempt, type Result } from "../../contract/base/result.js";
import type { Contract } from "../../contract/contract.js";
import type { DecodeOptions } from "../../contract/options.js";
import { ContractError } from "../../wire/error.js";
import { formOf, type JsonContract, operations, versionIssue } from "./version.js";

/**
 * A message that keeps all rules of its contract, given as a message, as bytes or as wire JSON: what
 * `contract.check`, `decode` and `fromJson` give and throw, except that a message of another version is
 * refused as such (`version.mismatch`) whatever else is wrong with it. Costs nothing besides its door
 * unless the message is refused. Document: the Leyline document, "Internal Integration"
 * (`validate_schema()`) and "Input Validation".
 *
 *     const command = validateSchema(AdaptationCommand, bytes);
 */
export function validateSchema<M extends Message>(
  contract: Contract<M>,
  value: unknown,
  options: DecodeOptions = {},
): M {
  const form = formOf(contract, value);
  const result = through(contract, form, options);
  if (result.ok) return result.value;
  const told = attempt(() => versionIssue(contract, form));
  const issue = told.ok ? told.value : undefined;
  // Bytes that are too long for this reader are not decoded to look for their version.
  if (issue === undefined || result.error.code === "input.bytes") throw result.error;
  throw new ContractError(operations[form.kind], contract.typeName, issue);
}

/** What {@link validateSchema} gives or throws, as a value. */
export function safeValidateSchema<M extends Message>(
  contract: Contract<M>,
  value: unknown,
  options?: DecodeOptions,
): Result<M> {
  return attempt(() => validateSchema(contract, value, options));
}

function through<M extends Message>(
  contract: Contract<M>,
  form: JsonContract<M>,
  options: DecodeOptions,
): Result<M> {
  switch (form.kind) {
    case "message":
      return contract.safeCheck(form.value, options);
    case "bytes":
      return contract.safeDecode(form.value, options);
    case "json":
      return contract.safeFromJson(form.value, options);
  }
}
