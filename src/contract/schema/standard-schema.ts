import type { ContractIssue } from "../../wire/error.js";
import { parsePath } from "../../wire/path.js";
import type { Step } from "../base/context.js";
import type { JsonResult } from "../base/result.js";

/**
 * A contract's JSON as a Standard Schema (https://standardschema.dev, version 1), the validator interface
 * of form, router and RPC libraries. Input: wire JSON as an object; output: the message.
 */
export interface StandardSchema<M, J> {
  readonly version: 1;
  readonly vendor: "concord";
  readonly validate: (value: unknown) => StandardResult<M>;
  /** Only for the compiler. */
  readonly types?: { readonly input: J; readonly output: M } | undefined;
}

/** The result of {@link StandardSchema.validate}: the message, or the issues. Never throws for a wrong value. */
export type StandardResult<M> =
  | { readonly value: M; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] };

/** One issue. `path` has the keys and indexes of the wire JSON that lead to the value. */
export interface StandardIssue {
  readonly message: string;
  readonly path: readonly Step[];
}

/** The result of a safe JSON method as a Standard Schema result. */
export function toStandardResult<M>(result: JsonResult<M>): StandardResult<M> {
  return result.ok ? { value: result.value } : { issues: result.error.issues.map(toStandardIssue) };
}

function toStandardIssue({ path, message }: ContractIssue): StandardIssue {
  return { message, path: parsePath(path) };
}
