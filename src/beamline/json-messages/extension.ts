import {
  createJsonContract,
  type JsonContract,
  type JsonContractValue,
  optional,
} from "../../contract/json-contract.js";
import { filled, longText, oneOf } from "../../contract/rules/formats.js";
import { fieldRules as t } from "../dialect.js";
import { absentNotEmpty, tenantOrNone } from "../fields.js";
import { createReplyContract } from "./reply-contract.js";

const extensionRequest = {
  trace_id: t.string(undefined, absentNotEmpty),
  tenant_id: t.string(tenantOrNone, absentNotEmpty),
  payload: t.value().required(),
  metadata: t.struct(),
};

/**
 * A message that an extension processes: before routing (`pre`), as a validator, or after the provider
 * has answered (`post`). `payload` is the message as any JSON. Document: the BeamLine extensions API.
 */
export type ExtensionRequest = JsonContractValue<typeof extensionRequest>;
/** Its methods throw ContractError with the codes of the rules. */
export const ExtensionRequest: JsonContract<ExtensionRequest> = /* @__PURE__ */ createJsonContract(
  "beamline.ExtensionRequest",
  extensionRequest,
);

const extensionReply = { payload: t.value(), metadata: t.struct() };

/**
 * The reply of a `pre` or `post` extension. Without `payload` the message is unchanged; `metadata` is
 * merged into the context. Document: the BeamLine extensions API.
 */
export type ExtensionReply = JsonContractValue<typeof extensionReply>;
/** Its methods throw ContractError with the codes of the rules. */
export const ExtensionReply: JsonContract<ExtensionReply> = /* @__PURE__ */ createReplyContract(
  "beamline.ExtensionReply",
  extensionReply,
);

const validatorReply = {
  status: t.string(oneOf(["ok", "reject"])),
  reason: t.string(),
  details: t.struct(),
};

/** The reply of a validator; without `status` the message is accepted. Document: the BeamLine extensions API. */
export type ValidatorReply = JsonContractValue<typeof validatorReply>;
/** Its methods throw ContractError with the codes of the rules, `rule` for a reason without a rejection. */
export const ValidatorReply: JsonContract<ValidatorReply> = /* @__PURE__ */ createReplyContract(
  "beamline.ValidatorReply",
  validatorReply,
  ({ status, reason }, report) => {
    if (reason !== undefined && status !== "reject") {
      report(["reason"], "rule", "must be absent unless status is reject");
    }
  },
);

const customProviderRequest = {
  trace_id: t.string(undefined, absentNotEmpty),
  tenant_id: t.string(tenantOrNone, absentNotEmpty),
  provider_id: t.string(filled).required(),
  prompt: t.string(longText).required(),
  parameters: t.struct(),
  context: t.struct(),
};

/** A call to a provider that is implemented as an extension. Document: the BeamLine extensions API. */
export type CustomProviderRequest = JsonContractValue<typeof customProviderRequest>;
/** Its methods throw ContractError with the codes of the rules. */
export const CustomProviderRequest: JsonContract<CustomProviderRequest> =
  /* @__PURE__ */ createJsonContract("beamline.CustomProviderRequest", customProviderRequest);

const customProviderReply = {
  provider_id: t.string(filled).required(),
  output: t.string(longText).required(),
  usage: optional({
    prompt_tokens: t.int64({ min: 0n }),
    completion_tokens: t.int64({ min: 0n }),
  }),
  metadata: t.struct(),
};

/** The answer of a provider that is implemented as an extension. Document: the BeamLine extensions API. */
export type CustomProviderReply = JsonContractValue<typeof customProviderReply>;
/** Its methods throw ContractError with the codes of the rules. */
export const CustomProviderReply: JsonContract<CustomProviderReply> =
  /* @__PURE__ */ createReplyContract("beamline.CustomProviderReply", customProviderReply);
