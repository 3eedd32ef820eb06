import {
  createJsonContract,
  type JsonContract,
  type JsonContractValue,
} from "../../contract/json-contract.js";
import { filled, longText, oneOf } from "../../contract/rules/formats.js";
import { fieldRules as t } from "../dialect.js";
import { absentNotEmpty, tenant } from "../fields.js";
import { createReplyContract } from "./reply-contract.js";

const ingressMessage = {
  message_id: t.string(filled).required(),
  correlation_id: t.string(undefined, absentNotEmpty),
  tenant_id: t.string(tenant).required(),
  trace_id: t.string(undefined, absentNotEmpty),
  message_type: t.string(filled).required(),
  payload: t.string((text) => longText(filled(text))).required(),
  metadata: t.map(t.string()),
  timestamp_ms: t.int64({ min: 0n }),
  policy_id: t.string(undefined, absentNotEmpty),
};

/**
 * A message that clients sent to the system before the gateway existed. Deprecated by BeamLine;
 * supported so that it can be read. Document: the BeamLine API registry, `beamline.ingress.v1.message`.
 */
export type IngressMessage = JsonContractValue<typeof ingressMessage>;
/** Its methods throw ContractError with the codes of the rules. */
export const IngressMessage: JsonContract<IngressMessage> = /* @__PURE__ */ createJsonContract(
  "beamline.IngressMessage",
  ingressMessage,
);

const ingressAck = {
  message_id: t.string(filled).required(),
  correlation_id: t.string(undefined, absentNotEmpty),
  status: t.string(oneOf(["accepted", "rejected", "error"])).required(),
  message: t.string(),
  error_code: t.string(),
  metadata: t.map(t.string()),
  timestamp_ms: t.int64({ min: 0n }),
};

/** The answer to an {@link IngressMessage}. Document: the BeamLine API registry. */
export type IngressAck = JsonContractValue<typeof ingressAck>;
/** Its methods throw ContractError with the codes of the rules. */
export const IngressAck: JsonContract<IngressAck> = /* @__PURE__ */ createReplyContract(
  "beamline.IngressAck",
  ingressAck,
);
