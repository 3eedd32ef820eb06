import { isContractError } from "../../../src/wire/error.js";

/** The text of the ContractError that a promise is rejected with. */
export async function rejection(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    return isContractError(error) ? error.message : `not a ContractError: ${String(error)}`;
  }
  return "nothing was refused";
}
