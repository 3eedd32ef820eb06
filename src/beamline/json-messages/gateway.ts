import * as z from "zod/mini";
import {
  createJsonContract,
  type JsonContract,
  type JsonContractValue,
  required,
} from "../../contract/json-contract.js";
import { filled, filledAtMostBytes, longText, oneOf } from "../../contract/rules/formats.js";
import { fieldRules as t } from "../dialect.js";
import { absentNotEmpty } from "../fields.js";
import { createReplyContract } from "./reply-contract.js";

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

const gatewayMessage = {
  message_id: t.string(filled).required(),
  message_type: t.string(filled).required(),
  payload: t
    .string((text) => longText(filled(text)).check(z.regex(base64, "base64 with its padding")))
    .required(),
  metadata: t.struct(),
  policy_id: t.string(undefined, absentNotEmpty),
};

/**
 * A message that a client posts to the gateway. `payload` is base64; tenant id and trace id are in the
 * headers `X-Tenant-ID` and `X-Trace-ID`. Document: the BeamLine API registry, `POST /api/v1/messages`.
 */
export type GatewayMessage = JsonContractValue<typeof gatewayMessage>;
/** Its methods throw ContractError with the codes of the rules. */
export const GatewayMessage: JsonContract<GatewayMessage> = /* @__PURE__ */ createJsonContract(
  "beamline.GatewayMessage",
  gatewayMessage,
);

const gatewayDecision = {
  message_id: t.string(filled).required(),
  provider_id: t.string(filledAtMostBytes(128)).required(),
  reason: t.string(filled).required(),
  priority: t.int32({ min: 0, max: 100 }),
  expected_latency_ms: t.int64({ min: 0n }),
  expected_cost: t.double({ min: 0 }),
  currency: t.string(oneOf(["USD"])).required(),
  trace_id: t.string(undefined, absentNotEmpty),
};

/** The decision on a {@link GatewayMessage}; `expected_cost` is in US dollars. Document: the BeamLine API registry. */
export type GatewayDecision = JsonContractValue<typeof gatewayDecision>;
/** Its methods throw ContractError with the codes of the rules. */
export const GatewayDecision: JsonContract<GatewayDecision> = /* @__PURE__ */ createReplyContract(
  "beamline.GatewayDecision",
  gatewayDecision,
);

const gatewayError = {
  error: required({
    code: t.string(filled).required(),
    message: t.string(filled).required(),
    details: t.struct(),
    trace_id: t.string(undefined, absentNotEmpty),
    timestamp: t.timestamp(),
  }),
};

/** The gateway's error reply to a {@link GatewayMessage}. Document: the BeamLine API registry. */
export type GatewayError = JsonContractValue<typeof gatewayError>;
/** Its methods throw ContractError with the codes of the rules. */
export const GatewayError: JsonContract<GatewayError> = /* @__PURE__ */ createReplyContract(
  "beamline.GatewayError",
  gatewayError,
);
