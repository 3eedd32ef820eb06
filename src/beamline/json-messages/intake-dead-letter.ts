import {
  createJsonContract,
  type JsonContract,
  type JsonContractValue,
  required,
} from "../../contract/json-contract.js";
import { filled, formed } from "../../contract/rules/formats.js";
import { fieldRules as t } from "../dialect.js";
import { subject } from "../fields.js";

const intakeDeadLetter = {
  original_subject: t.string(subject).required(),
  original_payload_hash: t
    .string(formed(/^[0-9a-f]{64}$/, "64 hexadecimal digits in lower case"))
    .required(),
  validation_error: required({
    code: t.string(filled).required(),
    message: t.string().required(),
    severity: t.string(filled).required(),
  }),
  reason: t.string(filled),
  context: t.struct(),
  received_at: t.int64({ min: 0n }).required(),
  router_node_id: t.string(filled).required(),
};

/**
 * A message that the Router's intake refused, without its payload: `original_payload_hash` is the payload's
 * SHA-256. `validation_error.code` is a code of `intakeErrors` and `severity` is `error` or `warn`; both, and
 * `reason`, are open, as a newer Router may have others. `context` has the ids of the message that could be
 * read; `received_at` is in milliseconds since 1970. Document: the BeamLine Router's intake error handler.
 */
export type IntakeDeadLetter = JsonContractValue<typeof intakeDeadLetter>;
/** Its methods throw ContractError with the codes of the rules. */
export const IntakeDeadLetter: JsonContract<IntakeDeadLetter> = /* @__PURE__ */ createJsonContract(
  "beamline.IntakeDeadLetter",
  intakeDeadLetter,
);
