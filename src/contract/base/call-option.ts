import { ContractError, type Operation } from "../../wire/error.js";

/**
 * Calls a function that a caller gave as the option `path`. Throws ContractError `config` in place of what
 * it throws: that is no fault of the message.
 */
export function callOption<T>(
  operation: Operation,
  typeName: string,
  path: string,
  call: () => T,
): T {
  try {
    return call();
  } catch {
    const message = "the function threw an error";
    throw new ContractError(operation, typeName, { path, rule: "config", message });
  }
}
