import { isContractError } from "../../src/wire/error.js";

/** A ContractError as data. */
export interface Refusal {
  readonly code: string;
  readonly path: string;
  readonly offset: number | undefined;
  readonly message: string;
}

/** The ContractError that `work` throws. Throws if nothing is thrown, or another error. */
export function refusalOf(work: () => unknown): Refusal {
  let result: unknown;
  try {
    result = work();
  } catch (thrown) {
    if (!isContractError(thrown)) throw thrown;
    const { code, path, issues, message } = thrown;
    return { code, path, offset: issues[0]?.offset, message };
  }
  throw new Error(`nothing was refused, but given back: ${String(result)}`);
}

/** The code of the thrown error. */
export function codeOf(work: () => unknown): string {
  return refusalOf(work).code;
}

/** The text of the thrown error. */
export function textOf(work: () => unknown): string {
  try {
    work();
  } catch (thrown) {
    if (isContractError(thrown)) return thrown.message;
    throw thrown;
  }
  return "nothing was refused";
}
