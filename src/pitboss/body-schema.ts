import type { Step } from "../contract/base/context.js";
import type { Report } from "../contract/model/definition.js";

import { preview } from "../wire/preview.js";
import { excerpt } from "./excerpt.js";

/**
 * A schema for the `messageBody` of a verb's requests: any synchronous
 * [Standard Schema](https://standardschema.dev), such as one of zod, valibot or arktype. It only validates:
 * its output is not used.
 */
export interface BodySchema<Body = unknown> {
  readonly "~standard": {
    readonly version: 1;
    readonly validate: (value: unknown) => BodyResult | Promise<BodyResult>;
    /** Types only. */
    readonly types?: { readonly input: Body; readonly output: unknown } | undefined;
  };
}

/** The result of a {@link BodySchema}: without `issues` if the body is valid. */
export interface BodyResult {
  readonly issues?: readonly BodyIssue[] | undefined;
}

/** One fault of a body. */
export interface BodyIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** Reports the issues of a request's body. What the schema throws is its fault (`config`), not the body's. */
export function reportBody(schema: BodySchema, body: unknown, report: Report): void {
  try {
    reportIssues(schema["~standard"].validate(body), report);
  } catch {
    report(["messageBody"], "config", "the schema of this verb threw an error");
  }
}

function reportIssues(result: BodyResult | Promise<BodyResult>, report: Report): void {
  if (result instanceof Promise) {
    result.catch(() => undefined);
    report(["messageBody"], "config", "the schema of this verb must answer at once");
    return;
  }
  for (const { message, path = [] } of result.issues ?? []) {
    const text = typeof message === "string" ? excerpt(message) : preview(message);
    report(["messageBody", ...path.map(toStep)], "rule", text);
  }
}

function toStep(segment: PropertyKey | { readonly key: PropertyKey }): Step {
  const key = typeof segment === "object" ? segment.key : segment;
  return typeof key === "number" ? key : String(key);
}
