import {
  ContractError,
  type ContractIssue,
  isContractError,
  type Operation,
} from "../../wire/error.js";
import { unsafeCast } from "./unsafe-cast.js";

/** The result of a `safe…` method: the value, or the error that the throwing method throws. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: ContractError };

/** A value that was read. */
export interface ReadValue<T> {
  readonly value: T;
  /** What a writer must not do and a reader takes; missing if there is nothing. `check` refuses it. */
  readonly tolerated?: readonly ContractIssue[];
}

/** The result of a `safe…` method that reads: the value, or the error that the throwing method throws. */
export type ReadResult<T> =
  | ({ readonly ok: true } & ReadValue<T>)
  | { readonly ok: false; readonly error: ContractError };

/** A value read from JSON, and the paths of the keys that were ignored because the message has none of that name. */
export interface JsonValue<T> extends ReadValue<T> {
  readonly unknownKeys: readonly string[];
}

/** The result of a `safe…` method that reads JSON: the value and the ignored keys, or the error. */
export type JsonResult<T> =
  | ({ readonly ok: true } & JsonValue<T>)
  | { readonly ok: false; readonly error: ContractError };

/** The result of a `safe…` function that reads binary or JSON: the value and, of JSON, the ignored keys, or the error. */
export type AnyReadResult<T> =
  | ({ readonly ok: true } & ReadValue<T> & Partial<Pick<JsonValue<T>, "unknownKeys">>)
  | { readonly ok: false; readonly error: ContractError };

/** Throws a ContractError with these issues, if there are any. */
export function refuse(
  operation: Operation,
  typeName: string,
  issues: readonly ContractIssue[],
): void {
  if (issues.length === 0) return;
  const [first, ...others] = issues;
  if (first !== undefined) throw new ContractError(operation, typeName, first, others);
}

/**
 * Runs work in which only user code throws: getters, Proxies, callbacks. Throws ContractError
 * `input.unreadable` in place of whatever it throws, a ContractError too: that one is about something else.
 */
export function guardedRead<T>(operation: Operation, typeName: string, work: () => T): T {
  try {
    return work();
  } catch {
    throw unreadable(operation, typeName);
  }
}

/**
 * Runs work that calls methods of ours and user code. Their ContractErrors pass; throws ContractError
 * `input.unreadable` in place of anything else. Where only user code throws, use {@link guardedRead}.
 */
export function guarded<T>(operation: Operation, typeName: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (isContractError(cause)) throw cause;
    throw unreadable(operation, typeName);
  }
}

function unreadable(operation: Operation, typeName: string): ContractError {
  const message = "reading the value threw an error";
  return new ContractError(operation, typeName, { path: "", rule: "input.unreadable", message });
}

/** Runs a throwing method for its `safe…` counterpart. Errors that are no ContractError are thrown. */
export function attempt<T>(work: () => T): Result<T> {
  try {
    return { ok: true, value: work() };
  } catch (error) {
    if (isContractError(error)) return { ok: false, error };
    throw error;
  }
}

/** What a `safe…` method that reads has read. Throws the error that it returns. */
export function unwrap<V extends object>(
  result: ({ readonly ok: true } & V) | { readonly ok: false; readonly error: ContractError },
): V {
  if (!result.ok) throw result.error;
  const { ok, ...read } = result;
  return unsafeCast<V>(read);
}

/** Like {@link attempt}, for a method that reads. */
export function attemptRead<V extends object>(
  work: () => V,
): ({ readonly ok: true } & V) | { readonly ok: false; readonly error: ContractError } {
  const result = attempt(work);
  return result.ok ? { ok: true, ...result.value } : result;
}
