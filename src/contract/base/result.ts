import {
  ContractError,
  type ContractIssue,
  isContractError,
  type Operation,
} from "../../wire/error.js";

/** What a `safe…` door gives: the value, or the error that its throwing twin throws. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: ContractError };

/** What the safe JSON doors give: besides the value, the paths of keys that were read over. */
export type JsonResult<T> =
  | { readonly ok: true; readonly value: T; readonly unknownKeys: readonly string[] }
  | { readonly ok: false; readonly error: ContractError };

/** Throws the error of these issues, if there are any. A {@link Context} holds no more than one call tells. */
export function refuse(
  operation: Operation,
  typeName: string,
  issues: readonly ContractIssue[],
): void {
  const [first, ...others] = issues;
  if (first !== undefined) throw new ContractError(operation, typeName, first, others);
}

/** Getters, Proxies and a caller's functions are foreign code: what they throw must not cross our border. */
export function guarded<T>(operation: Operation, typeName: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (isContractError(cause)) throw cause;
    const message = "reading the value threw an error";
    throw new ContractError(operation, typeName, { path: "", rule: "input.unreadable", message });
  }
}

/** Makes the `safe…` twin of a door. */
export function attempt<T>(work: () => T): Result<T> {
  try {
    return { ok: true, value: work() };
  } catch (error) {
    if (isContractError(error)) return { ok: false, error };
    throw error;
  }
}

/** The same for a JSON door. */
export function attemptJson<T>(
  work: () => { value: T; unknownKeys: readonly string[] },
): JsonResult<T> {
  const result = attempt(work);
  return result.ok ? { ok: true, ...result.value } : result;
}
