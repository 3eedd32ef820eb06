import {
  createJsonContract,
  type JsonContract,
  type JsonContractValue,
} from "../../contract/json-contract.js";
import { filled, oneOf } from "../../contract/rules/formats.js";
import { fieldRules as t } from "../dialect.js";

const alert = {
  alert_id: t.string(filled).required(),
  severity: t.string(oneOf(["critical", "warning", "info"])).required(),
  component: t.string(filled).required(),
  message: t.string(filled).required(),
  timestamp: t.timestamp().required(),
  metadata: t.struct(),
};

/**
 * An alert of a component to the operators. It is published on the subject of its severity; `timestamp`
 * is an RFC 3339 text. Document: the BeamLine NATS subjects, "Alerts".
 */
export type Alert = JsonContractValue<typeof alert>;
/** Its methods throw ContractError with the codes of the rules. */
export const Alert: JsonContract<Alert> = /* @__PURE__ */ createJsonContract(
  "beamline.Alert",
  alert,
);
