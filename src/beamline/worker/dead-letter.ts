import {
  DeadLetterCodec,
  DeadLetterMessageCodec,
} from "../../../gen/beamline/worker/v1/dead_letter_codec.js";
import {
  DeadLetterMessageSchema,
  DeadLetterSchema,
  type DeadLetter as GeneratedDeadLetter,
  type DeadLetterMessage as GeneratedDeadLetterMessage,
} from "../../../gen/beamline/worker/v1/dead_letter_pb.js";
import { isPlainObject } from "../../contract/base/plain-data.js";
import { type Contract, createContract } from "../../contract/contract.js";
import { type FieldRule, fieldRule, plainPresence } from "../../contract/model/field-rule.js";
import type { Wire } from "../../contract/rules/define.js";
import type { FieldRules } from "../../contract/rules/field-rules.js";
import { filled, oneOf } from "../../contract/rules/formats.js";
import { define, type dialect } from "../dialect.js";
import { absentNotEmpty, subject, tenantOrNone } from "../fields.js";
import { reportCorrelation } from "../strict.js";

const encoder = new TextEncoder();

/** A string, or the JSON object that the Router writes, which is stored as its JSON text. */
function textOrObject(t: FieldRules<typeof dialect>): FieldRule<Uint8Array, string, false, false> {
  const { parts } = t.bytes();
  const object = t.struct().parts;
  return fieldRule(
    {
      ...parts,
      read(json, context) {
        if (!isPlainObject(json)) return parts.read(json, context);
        return encoder.encode(JSON.stringify(object.read(json, context)));
      },
      wireSchema: (context) => ({
        anyOf: [parts.wireSchema(context), object.wireSchema(context)],
      }),
    },
    plainPresence,
  );
}

const deadLetterMessage = /* @__PURE__ */ define(DeadLetterMessageSchema, (t) => ({
  id: t.string(filled).required(),
  subject: t.string(filled).required(),
  headers: t.map(t.string()),
  payload: textOrObject(t),
}));

/** The original message of a dead letter, unchanged. Document: the BeamLine NATS subjects. */
export type DeadLetterMessage = GeneratedDeadLetterMessage;
export type DeadLetterMessageJson = Wire<typeof deadLetterMessage>;
export const DeadLetterMessage: Contract<DeadLetterMessage, DeadLetterMessageJson> =
  /* @__PURE__ */ createContract(
    DeadLetterMessageSchema,
    deadLetterMessage,
    DeadLetterMessageCodec,
  );

const deadLetter = /* @__PURE__ */ define(
  DeadLetterSchema,
  (t) => ({
    originalSubject: t.string(subject).required(),
    msgId: t.string(filled).required(),
    reason: t
      .string(oneOf(["maxdeliver_exhausted", "validation_failed", "processing_error"]))
      .required(),
    errorCode: t.string(filled).required(),
    timestamp: t.int64({ min: 0n }).required(),
    traceId: t.string(undefined, absentNotEmpty),
    tenantId: t.string(tenantOrNone, absentNotEmpty),
    message: t.message(DeadLetterMessage),
  }),
  {
    strict: reportCorrelation,
    refine({ errorCode, message, msgId, originalSubject, reason }, report) {
      if (errorCode !== reason.toUpperCase()) {
        report(["error_code"], "rule", "must be reason in upper case");
      }
      if (message === undefined) return;
      if (message.id !== msgId) report(["message", "id"], "rule", "must be equal to msg_id");
      if (message.subject !== originalSubject) {
        report(["message", "subject"], "rule", "must be equal to original_subject");
      }
    },
  },
);

/** A message that could not be processed, with the reason. Document: the BeamLine NATS subjects. */
export type DeadLetter = GeneratedDeadLetter;
export type DeadLetterJson = Wire<typeof deadLetter>;
export const DeadLetter: Contract<DeadLetter, DeadLetterJson> = /* @__PURE__ */ createContract(
  DeadLetterSchema,
  deadLetter,
  DeadLetterCodec,
);
