import { MessageEnvelopeCodec } from "../../gen/pitboss/v1/envelope_codec.js";
import {
  Decision,
  DecisionSchema,
  type MessageEnvelope as MessageEnvelopeMessage,
  MessageEnvelopeSchema,
  MessageType,
  MessageTypeSchema,
} from "../../gen/pitboss/v1/envelope_pb.js";
import { type Contract, createContract } from "../contract/contract.js";
import { filled, formed, oneOf } from "../contract/formats.js";
import type { Wire } from "../contract/rules.js";
import { ContractError, mismatch } from "../wire/error.js";
import { define } from "./dialect.js";

const documentedVerbs = ["RULE", "CONTENT"] as const;
const verbName = /^[A-Z][A-Z0-9_]*$/;

/** What {@link createEnvelope} takes. */
export interface EnvelopeOptions {
  /** Verbs that the application has registered besides RULE and CONTENT. Default none. */
  readonly verbs?: readonly string[];
}

function defineEnvelope(verbs: readonly string[]) {
  return define(
    MessageEnvelopeSchema,
    (t) => ({
      type: t.enum(MessageTypeSchema, "MESSAGE_TYPE_", { zero: "refused" }).required(),
      version: t.string(formed(/^\d+\.\d+$/, 'a version such as "1.1"')).required(),
      timestamp: t.int64({ min: 0n }),
      sessionId: t.string(filled).required(),
      requestId: t.string(filled).required(),
      verb: t.string(oneOf(verbs)).required(),
      nextAgent: t.optional(t.string(filled)).nullable(),
      returnCode: t.sint32({ min: -1, max: 1 }),
      decision: t.enum(DecisionSchema, "DECISION_", { zero: "unset" }).nullable(),
      confidence: t.double({ min: 0, max: 1 }),
      reason: t.string(),
      messageBody: t.struct().always(),
    }),
    {
      constants: { version: "1.1" },
      across({ type, returnCode, decision, confidence, messageBody }, report) {
        const decided = decision !== Decision.UNSPECIFIED;
        if (type === MessageType.REQUEST && returnCode !== 0) {
          report(["returnCode"], "rule", "must be 0 when type is request");
        }
        if (type === MessageType.ERROR && returnCode !== -1) {
          report(["returnCode"], "rule", "must be -1 when type is error");
        }
        if (type !== MessageType.RESPONSE && decided) {
          report(["decision"], "rule", "must be null unless type is response");
        }
        if (!decided && confidence !== 0) {
          report(["confidence"], "rule", "must be 0 when decision is null");
        }
        for (const key of Object.keys(messageBody ?? {})) {
          if (key.startsWith("_")) {
            report(["messageBody", key], "rule", "a key that starts with _ stays in the backend");
          }
        }
      },
    },
  );
}

const envelope = defineEnvelope(documentedVerbs);

/** One request, agent response or error of a session. Document: the Pitboss quick start. */
export type MessageEnvelope = MessageEnvelopeMessage;
export type MessageEnvelopeJson = Wire<typeof envelope>;
/** The contract for the two documented verbs, RULE and CONTENT; {@link createEnvelope} takes more. */
export const MessageEnvelope: Contract<MessageEnvelope, MessageEnvelopeJson> = createContract(
  MessageEnvelopeSchema,
  envelope,
  MessageEnvelopeCodec,
);

/**
 * Makes an envelope contract that also takes the verbs that an application has registered. Throws
 * ContractError `format` for a verb that is no upper-case name.
 */
export function createEnvelope(
  options: EnvelopeOptions,
): Contract<MessageEnvelope, MessageEnvelopeJson> {
  const verbs = [...(options.verbs ?? [])];
  for (const [index, verb] of verbs.entries()) {
    if (verbName.test(verb)) continue;
    const expected = "an upper-case verb such as RULE";
    const issue = mismatch(`verbs[${index}]`, "format", expected, verb);
    throw new ContractError("register", MessageEnvelopeSchema.typeName, issue);
  }
  const definition = defineEnvelope([...documentedVerbs, ...verbs]);
  return createContract(MessageEnvelopeSchema, definition, MessageEnvelopeCodec);
}
