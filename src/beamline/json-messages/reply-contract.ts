import {
  createJsonContract,
  type JsonContract,
  type JsonContractValue,
  type JsonFields,
} from "../../contract/json-contract.js";
import type { Report } from "../../contract/model/definition.js";

/**
 * Creates the contract of a reply that exists in JSON only: where a key may be absent, null is read as an
 * absent key, because the Router and the gateway write it so. It is neither checked nor written.
 */
export function createReplyContract<F extends JsonFields>(
  typeName: string,
  fields: F,
  refine?: (value: JsonContractValue<F>, report: Report) => void,
): JsonContract<JsonContractValue<F>> {
  return createJsonContract(typeName, fields, refine, "unset");
}
