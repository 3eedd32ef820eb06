import { ScalarType } from "@bufbuild/protobuf";
import * as z from "zod/mini";
import type { FieldRule } from "../contract/model/field-rule.js";
import { filled, formed, type StringRule } from "../contract/rules/formats.js";
import { fieldRules } from "./dialect.js";

/** An id that NATS JSON leaves out when it is unset: the key never holds "" or null. */
export const absentNotEmpty = { neverEmpty: true } as const;

/** A tenant id that must be there. */
export const tenant: StringRule = (text) => filled(text).check(z.maxLength(256));

/** A tenant id, or the empty string where there is none. */
export const tenantOrNone: StringRule = (text) => text.check(z.maxLength(256));

/** The one version of the NATS JSON contracts. */
export const versionOne: StringRule = formed(/^1$/, 'the contract version "1"');

/** The same, or the empty string of senders that do not know the field. */
export const versionOneOrNone: StringRule = formed(/^1?$/, 'the contract version "1"');

/** The grammar of subjects that workers check: no empty token, and no wildcard. */
export const subjectPattern = /^[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*$/;
export const subjectWords = "a subject of dot-separated tokens of letters, digits, _ and -";

/** A NATS subject. */
export const subject: StringRule = formed(subjectPattern, subjectWords);

/** A key of a form that holds one of two words of JSON, by which replies are told apart. */
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

/** How a job may end: what a result says, and what is billed for it. */
export const execStatuses = ["success", "error", "timeout", "cancelled"] as const;
