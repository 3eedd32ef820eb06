import { fromBinary, type Message, toBinary } from "@bufbuild/protobuf";
import { createValidator } from "@bufbuild/protovalidate";
import type { AnyContract } from "../../src/contract/contract.js";
import { meanSize } from "../limits/sizes.js";
import { forEach } from "../measure.js";
import type { SuiteCase } from "../suite/cases.js";
import type { Contender, Peer } from "../suite/peer.js";
import { annotate } from "./annotate.js";
import { brokenMessages } from "./broken-message.js";
import { carriedRules } from "./field-rules.js";
import { rulesBroken, verdictFault } from "./verdict.js";

/** How many of a contract's rules protovalidate runs, and what it does not run, one line each. */
export interface RuleReport {
  readonly ruleCount: number;
  readonly leftOut: readonly string[];
}

/** Counts the rules of a contract that protovalidate runs, nested messages included. */
export function protovalidateRules(contract: AnyContract): RuleReport {
  const { fields, leftOut } = carriedRules(contract);
  return { ruleCount: fields.reduce((sum, { count }) => sum + count, 0), leftOut };
}

/**
 * Protovalidate, on messages of protobuf-es, with the rules of the contract that it can express; see
 * {@link carriedRules}. Its binary codec is that of protobuf-es.
 */
export const protovalidateChecker: Peer = {
  name: "protovalidate",
  kind: "checker",
  packages: ["@bufbuild/protovalidate", "@bufbuild/protobuf"],
  open({ contract, encoded, keepsRules }: SuiteCase): Contender | string {
    if (!keepsRules) return rulesBroken;
    const { fields } = carriedRules(contract);
    const { schema, registry } = annotate(contract.schema, fields);
    const validator = createValidator({ registry });
    const messages: Message[] = encoded.map((bytes) => fromBinary(schema, bytes));
    const hold = (message: Message): Message => {
      const { kind, error } = validator.validate(schema, message);
      if (kind === "valid") return message;
      throw new Error(`protovalidate refuses a ${contract.typeName}: ${error.message}`);
    };
    const accepts = (message: Message): boolean => {
      const { kind, error } = validator.validate(schema, message);
      if (kind === "error") throw error;
      return kind === "valid";
    };
    return {
      tasks: {
        check: forEach(messages, hold),
        validatedEncode: forEach(messages, (message) => toBinary(schema, hold(message))),
        validatedDecode: forEach(encoded, (bytes) => hold(fromBinary(schema, bytes))),
      },
      bytes: meanSize(encoded),
      prove: () =>
        verdictFault({
          accepts,
          weAccept: (message) => contract.safeCheck(message).ok,
          good: messages,
          broken: brokenMessages(contract, fields, messages),
        }),
    };
  },
};
