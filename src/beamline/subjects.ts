import { guarded } from "../contract/base/result.js";
import type { Parameters } from "../contract/channel.js";
import { ContractError, mismatch } from "../wire/error.js";
import type { ChannelName, channelAddresses } from "./channel-addresses.js";
import { type BeamlineChannel, channels } from "./channels.js";
import { subjectDescription, subjectPattern } from "./fields.js";

/** The parameters of a channel's address: no argument, or one object with all of them. */
export type SubjectParameters<Name extends ChannelName> = [
  Parameters<(typeof channelAddresses)[Name]>,
] extends [never]
  ? []
  : [parameters: Readonly<Record<Parameters<(typeof channelAddresses)[Name]>, string>>];

/**
 * The subject or path of a channel. Throws ContractError `channel.address` for an unknown channel name,
 * and for a parameter that is not one token of letters, digits, _ and -.
 *
 * @example
 * formatSubject("decide"); // "beamline.router.v1.decide"
 * formatSubject("custom_provider", { provider_id: "crm" }); // "beamline.provider.crm.v1"
 */
export function formatSubject<Name extends ChannelName>(
  name: Name,
  ...parameters: SubjectParameters<Name>
): string {
  const channel = channels.find((candidate) => candidate.name === name);
  if (channel === undefined) {
    const issue = mismatch("", "channel.address", "the name of a BeamLine channel", name);
    throw new ContractError("address", typeName, issue);
  }
  return guarded("address", typeName, () => channel.at({ ...parameters[0] }));
}

/** The type name in errors. */
const typeName = "beamline subject";

/** The channel of a subject, and the parameters in it. */
export interface ParsedSubject {
  readonly channel: BeamlineChannel;
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * The channel and the parameters of a subject or path; undefined for an address that is not BeamLine's,
 * or is of another version.
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
 * Whether a text is a subject by the syntax that workers check: tokens of ASCII letters, digits, `_` and
 * `-`, separated by single dots. Wildcards are for subscriptions, so they are not accepted.
 *
 * @example
 * isSubject("caf.exec.assign.v1"); // true
 * isSubject("caf..assign"); // false
 */
export function isSubject(text: unknown): text is string {
  return typeof text === "string" && subjectPattern.test(text);
}

const relatedKinds: ReadonlySet<unknown> = new Set(["reply", "ack", "dlq"]);

/**
 * A subject derived from another: for its replies (`reply`), for the acknowledgements of its assignments
 * (`ack`), or for its dead letters (`dlq`). Throws ContractError `format` for a text that is not a
 * subject, `enum` for another kind. Document: the BeamLine NATS subjects.
 *
 * @example
 * relatedSubjectOf("caf.exec.assign.v1", "ack"); // "caf.exec.assign.v1.ack"
 */
export function relatedSubjectOf(subject: string, kind: "reply" | "ack" | "dlq"): string {
  if (!relatedKinds.has(kind)) {
    throw new ContractError(
      "address",
      typeName,
      mismatch("kind", "enum", "reply, ack or dlq", kind),
    );
  }
  if (isSubject(subject)) return `${subject}.${kind}`;
  throw new ContractError("address", typeName, mismatch("", "format", subjectDescription, subject));
}
