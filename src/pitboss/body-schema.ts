import type { Step } from "../contract/base/context.js";
import type { Report } from "../contract/model/definition.js";

import { preview } from "../wire/preview.js";
import { excerpt } from "./excerpt.js";

/**
 * A schema of a verb's `messageBody`: any [Standard Schema](https://standardschema.dev) that answers at
 * once, such as one of zod, valibot or arktype. It only judges: what it would make of the body is not used.
 */
export interface BodySchema<Body = unknown> {
  readonly "~standard": {
    readonly version: 1;
    readonly validate: (value: unknown) => BodyVerdict | Promise<BodyVerdict>;
    /** Only for the compiler. */
    readonly types?: { readonly input: Body; readonly output: unknown } | undefined;
  };
}

/** What a {@link BodySchema} says of a body: no `issues` when it is right. */
export interface BodyVerdict {
  readonly issues?: readonly BodyIssue[] | undefined;
}

/** One thing that is wrong with a body. */
export interface BodyIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** Reports what a verb's schema says of a request's body. What the schema throws goes to the caller. */
export function reportBody(schema: BodySchema, body: unknown, report: Report): void {
  const verdict = schema["~standard"].validate(body);
  if (verdict instanceof Promise) {
    verdict.catch(() => undefined);
    report(["messageBody"], "config", "the schema of this verb must answer at once");
    return;
  }
  for (const { message, path = [] } of verdict.issues ?? []) {
    const words = typeof message === "string" ? excerpt(message) : preview(message);
    report(["messageBody", ...path.map(toStep)], "rule", words);
  }
}

function toStep(segment: PropertyKey | { readonly key: PropertyKey }): Step {
  const key = typeof segment === "object" ? segment.key : segment;
  return typeof key === "number" ? key : String(key);
}
