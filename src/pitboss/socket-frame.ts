import * as z from "zod/mini";
import { isPlainObject } from "../contract/base/plain-data.js";
import { guarded } from "../contract/base/result.js";
import { keyRequired } from "../contract/base/texts.js";
import { parseJsonText } from "../contract/interpreter/syntax.js";
import { contractDefaults } from "../contract/options.js";
import { issueSettings, toContractIssues } from "../contract/rules/issues.js";
import { ContractError, type ContractIssue, mismatch, type Operation } from "../wire/error.js";
import { MessageEnvelope } from "./envelope.js";
import { withoutInternalKeys } from "./internal-keys.js";
import { type EnvelopeRepairs, repairEnvelope } from "./lenient-envelope.js";
import {
  type ParseEnvelopeOptions,
  parseEnvelopeDefaults,
  readParseOptions,
} from "./parse-envelope.js";

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
 * A frame of the protocol before v1.1, which is sent on the same socket: `run_rule` from the frontend;
 * `rule_result`, `event` (such as `views:refresh`), `echo` and an `error` without a session from the
 * backend. `timestamp` is ISO 8601 text, often without a time zone, and is kept unchanged. Further keys are
 * kept too.
 */
export type LegacyFrame = z.infer<(typeof legacyFrames)[LegacyType]>;

/**
 * One text frame of the socket: an envelope of Message Protocol v1.1, or a frame of the protocol before it.
 * `repairs` says what a lenient reader changed in an envelope.
 */
export type SocketFrame =
  | {
      readonly kind: "envelope";
      readonly envelope: MessageEnvelope;
      readonly repairs?: EnvelopeRepairs;
    }
  | { readonly kind: "legacy"; readonly frame: LegacyFrame };

const typeName = "pitboss.SocketFrame";
const expectedType = `"request", "response", "error" or the type of a legacy frame (${Object.keys(legacyFrames).join(", ")})`;

/**
 * Parses a text frame: an envelope or a legacy frame, by its key `type`. An `error` with a `session_id` is an
 * envelope, one without is a legacy frame. The options are those of {@link parseEnvelope}; a frame that was
 * read with `lenient` has its `repairs`. Throws ContractError: `json.syntax` for invalid JSON, `enum` for an
 * unknown `type`, the codes of the rules for an envelope or a legacy frame that breaks them, `config` for
 * invalid options.
 */
export function parseSocketFrame(
  text: string,
  options: ParseEnvelopeOptions = parseEnvelopeDefaults,
): SocketFrame {
  const {
    contract = MessageEnvelope,
    lenient,
    now = parseEnvelopeDefaults.now,
  } = readParseOptions(options);
  const json = parseJsonText(typeName, text, contractDefaults);
  if (!isPlainObject(json) || !isEnvelope(json)) {
    return { kind: "legacy", frame: checkLegacy("decode from JSON", json) };
  }
  if (lenient !== true) return { kind: "envelope", envelope: contract.fromJson(json) };
  const { json: repaired, ...repairs } = repairEnvelope(json, now);
  return { kind: "envelope", envelope: contract.fromJson(repaired), repairs };
}

/**
 * Formats a frame as text for the socket; {@link stripInternalKeys} is applied to an envelope first. Throws
 * ContractError with the codes of the rules, `config` for invalid options.
 */
export function formatSocketFrame(
  frame: SocketFrame,
  options: Pick<ParseEnvelopeOptions, "contract"> = {},
): string {
  const { contract = MessageEnvelope } = readParseOptions(options);
  return guarded("encode to JSON", typeName, () =>
    frame.kind === "envelope"
      ? contract.toJsonText(stripInternalKeys(frame.envelope))
      : JSON.stringify(checkLegacy("encode to JSON", frame.frame)),
  );
}

/**
 * Returns the envelope without the keys of `messageBody` that start with `_`. The backend keeps its own
 * state in them (`_tools`, `_ctx`), and must not send it: every method of the contract refuses such keys, so
 * remove them before sending. Keys of nested objects are kept. The given envelope is not changed. Throws
 * ContractError `input.unreadable` for a value that is not an envelope. Document: the Pitboss quick start, `messageBody`.
 */
export function stripInternalKeys(envelope: MessageEnvelope): MessageEnvelope {
  return guarded("encode to JSON", MessageEnvelope.typeName, () => {
    const body = envelope.messageBody ?? {};
    const messageBody = withoutInternalKeys(body);
    return messageBody === body ? envelope : { ...envelope, messageBody };
  });
}

function isEnvelope({ type, session_id }: Readonly<Record<string, unknown>>): boolean {
  if (type === "error") return session_id !== undefined;
  return type === "request" || type === "response";
}

function checkLegacy(operation: Operation, json: unknown): LegacyFrame {
  if (!isPlainObject(json)) return refuse(mismatch("", "type", "an object", json), operation);
  const type = json["type"];
  if (type === undefined) {
    return refuse({ path: "type", rule: "required", message: keyRequired }, operation);
  }
  if (!isLegacyType(type)) return refuse(mismatch("type", "enum", expectedType, type), operation);
  const result = legacyFrames[type].safeParse(json, issueSettings);
  if (result.success) return result.data;
  const issues = result.error.issues.flatMap((issue) => toContractIssues(issue, (steps) => steps));
  const [first = mismatch("", "type", "a frame", json), ...others] = issues.map(withCommonText);
  throw new ContractError(operation, typeName, first, others.slice(0, 19));
}

function isLegacyType(type: unknown): type is LegacyType {
  return typeof type === "string" && Object.hasOwn(legacyFrames, type);
}

/** Gives a missing key the same error text as everywhere else. */
function withCommonText(issue: ContractIssue): ContractIssue {
  const { path, rule } = issue;
  return rule === "required" ? { path, rule, message: keyRequired } : issue;
}

function refuse(issue: ContractIssue, operation: Operation): never {
  throw new ContractError(operation, typeName, issue);
}
