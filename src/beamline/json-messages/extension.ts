import {
  createJsonContract,
  type JsonContract,
  type JsonContractValue,
  optional,
} from "../../contract/json-contract.js";
import { filled, oneOf } from "../../contract/rules/formats.js";
import { fieldRules as t } from "../dialect.js";
import { absentNotEmpty, tenantOrNone } from "../fields.js";

const extensionRequest = {
  trace_id: t.string(undefined, absentNotEmpty),
  tenant_id: t.string(tenantOrNone, absentNotEmpty),
  payload: t.value().required(),
  metadata: t.struct(),
};

/**
 * A message on its way through an extension: before routing (`pre`), at a validator, or after the
 * provider answered (`post`). `payload` is the message as any JSON. Document: the BeamLine extensions API.
 */
export type ExtensionRequest = JsonContractValue<typeof extensionRequest>;
/** Throws with the codes of its rules. */
export const ExtensionRequest: JsonContract<ExtensionRequest> = /* @__PURE__ */ createJsonContract(
  "beamline.ExtensionRequest",
  extensionRequest,
);

const extensionReply = { payload: t.value(), metadata: t.struct() };

/**
 * What a `pre` or `post` extension made of a message. Without `payload` it stays as it was; `metadata` is
 * merged into the context. Document: the BeamLine extensions API.
 */
export type ExtensionReply = JsonContractValue<typeof extensionReply>;
/** Throws with the codes of its rules. */
export const ExtensionReply: JsonContract<ExtensionReply> = /* @__PURE__ */ createJsonContract(
  "beamline.ExtensionReply",
  extensionReply,
);

const validatorReply = {
  status: t.string(oneOf(["ok", "reject"])),
  reason: t.string(),
  details: t.struct(),
};

/** A validator's verdict; without `status` the message passes. Document: the BeamLine extensions API. */
export type ValidatorReply = JsonContractValue<typeof validatorReply>;
/** Throws with the codes of its rules; `rule` for a reason without a rejection. */
export const ValidatorReply: JsonContract<ValidatorReply> = /* @__PURE__ */ createJsonContract(
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
  prompt: t.string().required(),
  parameters: t.struct(),
  context: t.struct(),
};

/** One call to a provider that is an extension. Document: the BeamLine extensions API. */
export type CustomProviderRequest = JsonContractValue<typeof customProviderRequest>;
/** Throws with the codes of its rules. */
export const CustomProviderRequest: JsonContract<CustomProviderRequest> =
  /* @__PURE__ */ createJsonContract("beamline.CustomProviderRequest", customProviderRequest);

const customProviderReply = {
  provider_id: t.string(filled).required(),
  output: t.string().required(),
  usage: optional({
    prompt_tokens: t.int64({ min: 0n }),
    completion_tokens: t.int64({ min: 0n }),
  }),
  metadata: t.struct(),
};

/** The answer of a provider that is an extension. Document: the BeamLine extensions API. */
export type CustomProviderReply = JsonContractValue<typeof customProviderReply>;
/** Throws with the codes of its rules. */
export const CustomProviderReply: JsonContract<CustomProviderReply> =
  /* @__PURE__ */ createJsonContract("beamline.CustomProviderReply", customProviderReply);
