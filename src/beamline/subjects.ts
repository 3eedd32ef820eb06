import type { Parameters } from "../contract/channel.js";
import { ContractError, mismatch } from "../wire/error.js";
import type { ChannelName, channelAddresses } from "./channel-addresses.js";
import { type BeamlineChannel, channels } from "./channels.js";
import { subjectPattern, subjectWords } from "./fields.js";

/** The values that an address has places for: none, or one object with all of them. */
export type SubjectParameters<Name extends ChannelName> = [
  Parameters<(typeof channelAddresses)[Name]>,
] extends [never]
  ? []
  : [values: Readonly<Record<Parameters<(typeof channelAddresses)[Name]>, string>>];

/**
 * The subject or path of a channel. Throws ContractError `channel.address` for a name that no channel
 * has, and for a value that is not one token of letters, digits, _ and -.
 *
 * @example
 * formatSubject("decide"); // "beamline.router.v1.decide"
 * formatSubject("custom_provider", { provider_id: "crm" }); // "beamline.provider.crm.v1"
 */
export function formatSubject<Name extends ChannelName>(
  name: Name,
  ...values: SubjectParameters<Name>
): string {
  const channel = channels.find((candidate) => candidate.name === name);
  if (channel === undefined) {
    const issue = mismatch("", "channel.address", "the name of a BeamLine channel", name);
    throw new ContractError("address", typeName, issue);
  }
  return channel.at({ ...values[0] });
}

/** What errors carry as their type. */
const typeName = "beamline subject";

/** What a subject is: its channel, and the values that stand in it. */
export interface ParsedSubject {
  readonly channel: BeamlineChannel;
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * The channel of a subject or path; undefined for one that is not BeamLine's, or is of another version.
 *
 * @example
 * parseSubject("beamline.ext.pre.normalize_text.v1")?.parameters; // { extension_id: "normalize_text" }
 */
export function parseSubject(subject: string): ParsedSubject | undefined {
  if (typeof subject !== "string") return undefined;
  for (const channel of channels) {
    const parameters = channel.match(subject);
    if (parameters !== undefined) return { channel, parameters };
  }
  return undefined;
}

/**
 * True for a subject by the grammar that workers check: ASCII letters, digits, `_` and `-`, in tokens
 * between single dots. Wildcards are no part of a subject on which a message travels.
 *
 * @example
 * isSubject("caf.exec.assign.v1"); // true
 * isSubject("caf..assign"); // false
 */
export function isSubject(text: unknown): text is string {
  return typeof text === "string" && subjectPattern.test(text);
}

/**
 * The subject that belongs to another: where it is answered (`reply`), where its assignments are
 * acknowledged (`ack`), or where its messages go that were given up (`dlq`). Throws ContractError
 * `format` for a text that is no subject. Document: the BeamLine NATS subjects.
 *
 * @example
 * relatedSubjectOf("caf.exec.assign.v1", "ack"); // "caf.exec.assign.v1.ack"
 */
export function relatedSubjectOf(subject: string, kind: "reply" | "ack" | "dlq"): string {
  if (isSubject(subject)) return `${subject}.${kind}`;
  throw new ContractError("address", typeName, mismatch("", "format", subjectWords, subject));
}
