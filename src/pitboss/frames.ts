import * as z from "zod/mini";
import { isPlainObject } from "../contract/base/plain-data.js";
import { keyRequired } from "../contract/base/texts.js";
import { parseJsonText } from "../contract/interpreter/syntax.js";
import { contractDefaults } from "../contract/options.js";
import { issueSettings, toContractIssues } from "../contract/rules/issues.js";
import { ContractError, type ContractIssue, mismatch, type Operation } from "../wire/error.js";
import { type EnvelopeContract, MessageEnvelope } from "./envelope.js";
import { withoutInternalKeys } from "./internal-keys.js";

const filled = z.string().check(z.minLength(1, "a non-empty string"));
const object = z.custom<Record<string, unknown>>(isPlainObject, "an object");

const legacyFrames = {
  run_rule: z.looseObject({
    type: z.literal("run_rule"),
    rule_code: filled,
    rule_id: z.nullish(z.union([z.string(), z.number()], "a string or a number")),
  }),
  rule_result: z.looseObject({
    type: z.literal("rule_result"),
    message: z.string(),
    timestamp: z.optional(z.string()),
  }),
  event: z.looseObject({
    type: z.literal("event"),
    event: filled,
    payload: z.optional(object),
    timestamp: z.optional(z.string()),
  }),
  echo: z.looseObject({ type: z.literal("echo"), message: z.string() }),
  error: z.looseObject({
    type: z.literal("error"),
    rule: z.nullish(z.string()),
    message: z.string(),
    timestamp: z.optional(z.string()),
  }),
} as const;

type LegacyType = keyof typeof legacyFrames;

/**
 * A frame of the protocol before v1.1, which travels on the same socket: `run_rule` from the frontend,
 * `rule_result`, `event` (such as `views:refresh`), `echo` and an `error` without session from the
 * backend. `timestamp` is ISO 8601 text, often without a zone, and is kept as it stands. Further keys
 * are kept too.
 */
export type LegacyFrame = z.infer<(typeof legacyFrames)[LegacyType]>;

/** One text frame of the socket: an envelope of Message Protocol v1.1, or a frame of the protocol before it. */
export type Frame =
  | { readonly kind: "envelope"; readonly envelope: MessageEnvelope }
  | { readonly kind: "legacy"; readonly frame: LegacyFrame };

const typeName = "pitboss.Frame";
const types = `"request", "response", "error" or the type of a legacy frame (${Object.keys(legacyFrames).join(", ")})`;

/**
 * Reads a text frame and tells what it is. The key `type` decides; an `error` is an envelope when it has
 * a `session_id`, and a legacy frame when not. Throws ContractError: `json.syntax` for a text that is no
 * JSON, `enum` for an unknown `type`, and for what is in an envelope what the contract's doors throw.
 * `contract` is what {@link createEnvelope} gives when the application has verbs of its own.
 */
export function readFrame(text: string, contract: EnvelopeContract = MessageEnvelope): Frame {
  const json = parseJsonText(typeName, text, contractDefaults.maxLength);
  const type = isPlainObject(json) ? json["type"] : undefined;
  if (type === "request" || type === "response" || (type === "error" && hasSession(json))) {
    return { kind: "envelope", envelope: contract.fromJson(json) };
  }
  return { kind: "legacy", frame: checkLegacy("decode from JSON", json) };
}

/**
 * The text of a frame, ready for the socket. An envelope first goes through {@link stripInternalKeys}.
 * Throws ContractError as the doors of the contract do.
 */
export function writeFrame(frame: Frame, contract: EnvelopeContract = MessageEnvelope): string {
  return frame.kind === "envelope"
    ? contract.toJsonText(stripInternalKeys(frame.envelope))
    : JSON.stringify(checkLegacy("encode to JSON", frame.frame));
}

/**
 * The envelope without the keys of `messageBody` that start with `_`. The backend keeps its own state
 * there (`_tools`, `_ctx`), which must not leave it: every door of the contract refuses such keys, and
 * this is the step of sending that takes them out. Keys deeper down stay. The envelope that is given is
 * not changed. Document: the Pitboss quick start, `messageBody`.
 */
export function stripInternalKeys(envelope: MessageEnvelope): MessageEnvelope {
  const body = envelope.messageBody ?? {};
  const messageBody = withoutInternalKeys(body);
  return messageBody === body ? envelope : { ...envelope, messageBody };
}

function hasSession(json: unknown): boolean {
  return isPlainObject(json) && json["session_id"] !== undefined;
}

function checkLegacy(operation: Operation, json: unknown): LegacyFrame {
  if (!isPlainObject(json)) return refuse(mismatch("", "type", "an object", json), operation);
  const type = json["type"];
  if (type === undefined) {
    return refuse({ path: "type", rule: "required", message: keyRequired }, operation);
  }
  if (!isLegacyType(type)) return refuse(mismatch("type", "enum", types, type), operation);
  const result = legacyFrames[type].safeParse(json, issueSettings);
  if (result.success) return result.data;
  const issues = result.error.issues.flatMap((issue) => toContractIssues(issue, (steps) => steps));
  const [first = mismatch("", "type", "a frame", json), ...others] = issues.map(nameMissing);
  throw new ContractError(operation, typeName, first, others.slice(0, 19));
}

function isLegacyType(type: unknown): type is LegacyType {
  return typeof type === "string" && Object.hasOwn(legacyFrames, type);
}

/** A missing key in the words of all readers of JSON. */
function nameMissing(issue: ContractIssue): ContractIssue {
  const { path, rule } = issue;
  return rule === "required" ? { path, rule, message: keyRequired } : issue;
}

function refuse(issue: ContractIssue, operation: Operation): never {
  throw new ContractError(operation, typeName, issue);
}
