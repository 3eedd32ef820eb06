import type { ContractIssue } from "../../wire/error.js";
import type { Step } from "../base/context.js";
import { parsePath } from "../base/parse-path.js";
import type { JsonResult } from "../base/result.js";

/**
 * The Standard Schema of a contract's JSON side (https://standardschema.dev, version 1): takes wire
 * JSON as an object, gives the message. What forms, routers and RPC libraries ask of a validator.
 */
export interface StandardSchema<M, J> {
  readonly version: 1;
  readonly vendor: "concord";
  readonly validate: (value: unknown) => StandardResult<M>;
  /** Only for the compiler. */
  readonly types?: { readonly input: J; readonly output: M } | undefined;
}

/** The result of {@link StandardSchema.validate}: the message, or what is wrong. */
export type StandardResult<M> =
  | { readonly value: M; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] };

/** One issue, with its place as the keys and indexes that lead to it. */
export interface StandardIssue {
  readonly message: string;
  readonly path: readonly Step[];
}

/** What a JSON door gives, as Standard Schema has it. */
export function toStandardResult<M>(result: JsonResult<M>): StandardResult<M> {
  return result.ok ? { value: result.value } : { issues: result.error.issues.map(toStandardIssue) };
}

/** An issue as Standard Schema has it. */
function toStandardIssue({ path, message }: ContractIssue): StandardIssue {
  return { message, path: parsePath(path) };
}
