import { ScalarType } from "@bufbuild/protobuf";
import * as z from "zod/mini";
import type { FieldRule } from "../contract/model/field-rule.js";
import { filled, formed, type StringRule } from "../contract/rules/formats.js";
import { fieldRules } from "./dialect.js";

/** A key that NATS JSON omits when the field is unset: its value is never "" or null. */
export const absentNotEmpty = { neverEmpty: true } as const;

/** A required tenant id. */
export const tenant: StringRule = (text) => filled(text).check(z.maxLength(256));

/** A tenant id, or the empty string if there is none. */
export const tenantOrNone: StringRule = (text) => text.check(z.maxLength(256));

/** The only version of the NATS JSON contracts. */
export const versionOne: StringRule = formed(/^1$/, 'the contract version "1"');

/** The same, or the empty string, from senders that do not know the field. */
export const versionOneOrNone: StringRule = formed(/^1?$/, 'the contract version "1"');

/** The syntax of subjects that workers check: no empty token and no wildcard. */
export const subjectPattern = /^[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*$/;
export const subjectDescription = "a subject of dot-separated tokens of letters, digits, _ and -";

/** A NATS subject. */
export const subject: StringRule = formed(subjectPattern, subjectDescription);

/** A required boolean with a fixed value, which distinguishes two kinds of reply. */
export function exactly<B extends boolean>(value: B): FieldRule<B, B, false, true> {
  return fieldRules
    .converter<B, B>({
      kind: { kind: "scalar", scalar: ScalarType.BOOL },
      rule: () => z.custom<B>((given) => given === value, String(value)),
      read(json, context) {
        if (json === value) return value;
        context.mismatch("type", String(value), json);
        return undefined;
      },
      write: (kept) => kept,
      wireSchema: () => ({ const: value }),
    })
    .required();
}

/** The final states of a job, in results and in usage events. */
export const execStatuses = ["success", "error", "timeout", "cancelled"] as const;
