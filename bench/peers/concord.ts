import { type Message, ScalarType } from "@bufbuild/protobuf";
import type { AnyContract } from "../../src/contract/contract.js";
import type { SuiteCase } from "../suite/cases.js";
import type { Operation } from "../suite/operations.js";
import {
  type EncodingPeer,
  meanLength,
  roomFor,
  toContender,
  type Works,
  work,
} from "./contender.js";
import { hasScalar } from "./descriptors.js";
import { comparison, itself, type Meaning } from "./library.js";

const packages = ["@concord/contracts"];

const checkingOperations = [
  "check",
  "jsonIn",
  "jsonOut",
  "validatedEncode",
  "validatedDecode",
] as const satisfies readonly Operation[];

/**
 * Ours, with all its methods. The size budget is not enforced: large messages are over it. Methods that
 * enforce rules are left out where the messages of the case break them.
 */
export const concord: EncodingPeer = {
  name: "concord",
  kind: "ours",
  packages,
  open(suiteCase) {
    const { contract, encoded, keepsRules } = suiteCase;
    const { codec } = contract;
    const messages: Message[] = encoded.map((bytes) => codec.decode(bytes));
    const target = roomFor(encoded);
    const works: Works<Meaning> = {
      encode: work(messages, codec.encode, itself),
      encodeInto: work(
        messages,
        (message) => codec.encodeInto(message, target, 0),
        (end) => target.subarray(0, end),
      ),
      decode: work(encoded, codec.decode, itself),
    };
    return toContender({
      ...comparison(suiteCase),
      bytes: meanLength(messages, codec.encode),
      works: keepsRules ? { ...works, ...checkingWorks(suiteCase, messages) } : works,
      leftOut: keepsRules ? {} : refusalsOf(contract, messages),
    });
  },
};

/** The methods that enforce the rules. */
function checkingWorks(
  { contract, encoded }: SuiteCase,
  messages: readonly Message[],
): Works<Meaning> {
  const texts = messages.map((message) => contract.toJsonText(message));
  const unlimited = { maxBytes: Number.MAX_SAFE_INTEGER };
  const anySize = { budget: false };
  return {
    check: work(messages, contract.check, itself),
    jsonIn: work(texts, contract.fromJsonText, itself),
    jsonOut: work(messages, contract.toJsonText, contract.fromJsonText),
    validatedEncode: work(messages, (message) => contract.encode(message, anySize), itself),
    validatedDecode: work(encoded, (bytes) => contract.decode(bytes, unlimited), itself),
  };
}

/** Why those methods reject the messages. */
function refusalsOf(
  contract: AnyContract,
  messages: readonly Message[],
): Partial<Record<Operation, string>> {
  const refused = messages.map((message) => contract.safeCheck(message)).find(({ ok }) => !ok);
  const [issue] = refused === undefined || refused.ok ? [] : refused.error.issues;
  const reason = `the messages break a rule: ${issue?.path}: ${issue?.message}`;
  return Object.fromEntries(checkingOperations.map((operation) => [operation, reason]));
}

/**
 * Ours where memory may be shared with the caller: decoding gives messages whose bytes are views of the
 * input, as most other libraries always do. Small results of encoding share memory in any case.
 */
export const sharedMemory: EncodingPeer = {
  name: "concord, shared memory",
  kind: "variant",
  packages,
  open(suiteCase) {
    const { contract, encoded } = suiteCase;
    const { codec, schema } = contract;
    const messages: Message[] = encoded.map((bytes) => codec.decode(bytes));
    const encode = work(messages, codec.encode, itself);
    const alias = { alias: true };
    const decode = work(encoded, (bytes) => codec.decode(bytes, alias), itself);
    return toContender({
      ...comparison(suiteCase),
      bytes: meanLength(messages, codec.encode),
      works: hasScalar(schema, ScalarType.BYTES) ? { encode, decode } : { encode },
    });
  },
};
