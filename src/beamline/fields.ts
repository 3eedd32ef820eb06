import { filled, formed, type StringRule } from "../contract/formats.js";

/** An id that NATS JSON leaves out when it is unset: the key never holds "" or null. */
export const absentNotEmpty = { neverEmpty: true } as const;

/** A tenant id that must be there. */
export const tenant: StringRule = (text) => filled(text).max(256);

/** A tenant id, or the empty string where there is none. */
export const tenantOrNone: StringRule = (text) => text.max(256);

/** The one version of the NATS JSON contracts. */
export const versionOne: StringRule = formed(/^1$/, 'the contract version "1"');

/** The same, or the empty string of senders that do not know the field. */
export const versionOneOrNone: StringRule = formed(/^1?$/, 'the contract version "1"');
