import { type MessageEnvelope, MessageType } from "../../gen/pitboss/v1/envelope_pb.js";
import type { Result } from "../contract/base/result.js";
import type { Contract } from "../contract/contract.js";
import type { CheckOptions } from "../contract/options.js";
import { toStandardResult } from "../contract/schema/standard-schema.js";
import type { ContractIssue } from "../wire/error.js";

/**
 * The same contract, which also reads errors whose verb it does not know: a backend that could not read a
 * request answers with a verb of its own (`GENERIC`). `anyVerb` is the contract without the list of verbs;
 * it is asked only where the verb is all that is wrong. `strict`, checking and writing refuse such errors.
 */
export function readErrorsOfAnyVerb<J>(
  contract: Contract<MessageEnvelope, J>,
  anyVerb: Contract<MessageEnvelope, J>,
): Contract<MessageEnvelope, J> {
  const read = <R extends Result<MessageEnvelope>>(
    by: (using: Contract<MessageEnvelope, J>) => R,
    options: CheckOptions | undefined,
  ): R => {
    const result = by(contract);
    // Wrong options are an error of the first call; only after it may they be read.
    if (result.ok || !result.error.issues.every(isVerbFault)) return result;
    if (options?.strict === true) return result;
    const again = by(anyVerb);
    return again.ok && again.value.type === MessageType.ERROR ? again : result;
  };
  const lenient: Contract<MessageEnvelope, J> = {
    ...contract,
    decode: (bytes, options) => unwrap(lenient.safeDecode(bytes, options)),
    safeDecode: (bytes, options) => read((using) => using.safeDecode(bytes, options), options),
    fromJson: (json, options) => unwrap(lenient.safeFromJson(json, options)),
    safeFromJson: (json, options) => read((using) => using.safeFromJson(json, options), options),
    fromJsonText: (text, options) => unwrap(lenient.safeFromJsonText(text, options)),
    safeFromJsonText: (text, options) =>
      read((using) => using.safeFromJsonText(text, options), options),
    "~standard": {
      ...contract["~standard"],
      validate: (value) => toStandardResult(lenient.safeFromJson(value)),
    },
  };
  return lenient;
}

function isVerbFault({ path, rule }: ContractIssue): boolean {
  return path === "verb" && rule === "format";
}

function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw result.error;
}
