import { cutPath } from "./path.js";
import { cut, previewReceived } from "./preview.js";

/**
 * Every code that a {@link ContractError} can have. The list is closed: a new code needs a new version of
 * this package.
 */
export const errorCodes = [
  /** The bytes are not a valid encoding of this message type. */
  "binary.malformed",
  /** The bytes end in the middle of a field. */
  "binary.truncated",
  /** A circuit breaker rejects the call: recent calls failed too often, or it was opened manually. */
  "breaker.open",
  /** The encoded message is larger than its contract allows. */
  "budget.size",
  /** A parameter of a channel's address is missing or is not a single segment. */
  "channel.address",
  /** A setting has a value that the documents do not allow. */
  "config",
  /** Two keys of a JSON object mean the same field or the same oneof. */
  "duplicate_key",
  /** A JSON value is not a name (or number) of the enum. */
  "enum",
  /** An enum number has no name, and the JSON needs a name. */
  "enum.unknown",
  /** NaN or an infinity, where the JSON cannot represent it. */
  "float.not_finite",
  /** A string does not have the required format. */
  "format",
  /** A frame refers to a dictionary that was not received. */
  "frame.dictionary_missing",
  /** The columns of a frame, or the frame and its dictionary, contradict each other. */
  "frame.malformed",
  /** The message has unknown binary fields, which a frame cannot carry. */
  "frame.unknown_fields",
  /** The input is larger than the reader accepts. */
  "input.bytes",
  /** The input is nested more deeply than the reader accepts. */
  "input.depth",
  /** The input has more sub-messages, texts, byte arrays, map entries and unknown fields than the reader accepts. */
  "input.elements",
  /** The input as a whole has the wrong type for this method, e.g. it is not a Uint8Array. */
  "input.type",
  /** Reading a property of the input threw an error. */
  "input.unreadable",
  /** An integer outside ±(2^53 - 1), where the JSON has plain numbers. */
  "int64.unsafe",
  /** The text is not JSON. */
  "json.syntax",
  /** The message has unknown binary fields, which its JSON cannot carry. */
  "json.unknown_fields",
  /** A string, list or map is too short or too long. */
  "length",
  /** A part contradicts itself or the other parts of its message. */
  "part.malformed",
  /** The encoding of a payload is not supported. */
  "payload.encoding",
  /** An envelope's payload is not a message of the type that the envelope names. */
  "payload.type",
  /** A number is outside its range. */
  "range",
  /** Two contracts have the same type name. */
  "registry.duplicate",
  /** A required key or message is missing. */
  "required",
  /** Fields contradict each other. */
  "rule",
  /** A message belongs to another session, or answers no open request of this one. */
  "session.mismatch",
  /** A state may not follow the previous one. */
  "transition",
  /** A value has the wrong type. */
  "type",
  /** A key or property that the contract does not define. */
  "unknown_key",
  /** A message has a version that is not supported. */
  "version.mismatch",
  /** A workflow was stopped by its caller. */
  "workflow.aborted",
  /** A workflow took more steps than its maximum. */
  "workflow.step_limit",
  /** There is no workflow for this verb, or no agent of this name in it. */
  "workflow.unknown",
] as const;

/** One of the closed list of {@link errorCodes}. */
export type ErrorCode = (typeof errorCodes)[number];

/** One error of one value. */
export interface ContractIssue {
  /**
   * The path in the value, with the key names of the wire JSON: `seed_states[3].stage`. Empty for the whole
   * value. A key is cut to 80 characters, a path to 320: `a.b[...].y.z`.
   */
  readonly path: string;
  /** The kind of error, one of {@link errorCodes}. */
  readonly rule: ErrorCode;
  /** The error as a phrase: `expected a SeedLifecycleStage name, got "FOO"`. At most 640 characters. */
  readonly message: string;
  /** What was expected, if the message has the form "expected X, got Y". At most 320 characters. */
  readonly expected?: string;
  /** What was found instead, cut to 80 characters. */
  readonly received?: string;
  /** Where a reader stopped, counted from 0: the byte of a binary, or for `json.syntax` the UTF-16 code unit of a text. */
  readonly offset?: number;
}

/**
 * What was being done when a {@link ContractError} was created. Its message begins with it, and the type
 * follows the first word: "cannot decode T from JSON".
 */
export type Operation =
  | "check"
  | "decode"
  | "decode from JSON"
  | "encode"
  | "encode to JSON"
  | "register"
  | "address"
  | "configure"
  | "start"
  | "assemble from parts"
  | "write as a frame"
  | "read from frames"
  | "convert"
  | "run"
  | "match"
  | "create"
  | "compare"
  | "copy"
  | "sign";

/** An operation with its type, as it follows "cannot" in an error text. */
function describe(operation: Operation, type: string): string {
  if (operation === "check") return `accept ${type}`;
  if (operation === "start") return `start with ${type}`;
  const [verb, ...rest] = (operation === "decode" ? "decode from binary" : operation).split(" ");
  return [verb, type, ...rest].join(" ");
}

/**
 * The only error class of this package. Everything in its text is also available as data: `code`, `type`,
 * `path` and `issues`. It never contains the message or the bytes themselves.
 */
export class ContractError extends Error {
  override readonly name = "ContractError";
  /** The code of the first issue. */
  readonly code: ErrorCode;
  /** The full name of the message type, e.g. `beamline.flow.v1.RouteRequest`, or the name of the channel, JSON contract, breaker or group of options. */
  readonly type: string;
  /** The path of the first issue. */
  readonly path: string;
  /** The issues that were found, at least one and at most 20; fewer if they would have more than 14,000 bytes. */
  readonly issues: readonly ContractIssue[];

  constructor(
    operation: Operation,
    type: string,
    first: ContractIssue,
    others: readonly ContractIssue[] = [],
  ) {
    const name = cut(type, longestType);
    super(`cannot ${describe(operation, name)}: ${formatIssue(first)}${andMore(others.length)}`);
    this.code = first.rule;
    this.type = name;
    this.issues = smallIssues(first, others);
    this.path = this.issues[0]?.path ?? "";
  }

  /** `instanceof` is also true for errors of another copy of this package. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return isContractError(value);
  }
}

/** Whether a value is a {@link ContractError}, of this or another copy of the package. */
export function isContractError(value: unknown): value is ContractError {
  try {
    return hasShape(value);
  } catch {
    // A revoked Proxy, or a getter that throws.
    return false;
  }
}

function hasShape(value: unknown): boolean {
  return (
    value instanceof Error &&
    value.name === "ContractError" &&
    "code" in value &&
    typeof value.code === "string" &&
    "type" in value &&
    typeof value.type === "string" &&
    "path" in value &&
    typeof value.path === "string" &&
    "issues" in value &&
    Array.isArray(value.issues)
  );
}

/** Formats one issue as one line: `path: message [rule]`. */
export function formatIssue(issue: ContractIssue): string {
  const { path, message, rule } = smallIssue(issue);
  return `${path === "" ? "" : `${path}: `}${message} [${rule}]`;
}

/**
 * Creates an issue whose message is "expected X, got Y" with `hint` at its end; `received` is cut to 80
 * characters.
 */
export function mismatch(
  path: string,
  rule: ErrorCode,
  expected: string,
  received: unknown,
  hint = "",
): ContractIssue {
  const shown = previewReceived(received, rule);
  const message = `expected ${expected}, got ${shown}${hint}`;
  return { path, rule, message, expected, received: shown };
}

/** Maximum lengths in characters. */
const longestType = 200;
const longestMessage = 640;
const longestExpected = 320;
/** Maximum of all issues of an error, in bytes of their JSON. */
const maxIssueBytes = 14_000;

/** The issue itself if none of its texts is too long, else a copy with texts that are cut. */
function smallIssue(issue: ContractIssue): ContractIssue {
  const { path, message, expected, received } = issue;
  const small = {
    ...issue,
    path: cutPath(path),
    message: cut(message, longestMessage),
    ...(expected === undefined ? {} : { expected: cut(expected, longestExpected) }),
    ...(received === undefined ? {} : { received: cut(received) }),
  };
  const isSame =
    small.path === path &&
    small.message === message &&
    small.expected === expected &&
    small.received === received;
  return isSame ? issue : small;
}

/** The first issue, and as many of the others as an error may carry. */
function smallIssues(first: ContractIssue, others: readonly ContractIssue[]): ContractIssue[] {
  const issues = [smallIssue(first)];
  let bytes = 0;
  for (const other of others) {
    const issue = smallIssue(other);
    if (bytes === 0) bytes = sizeOf(issues[0]);
    bytes += sizeOf(issue);
    if (bytes > maxIssueBytes) break;
    issues.push(issue);
  }
  return issues;
}

function sizeOf(issue: ContractIssue | undefined): number {
  return new TextEncoder().encode(JSON.stringify(issue)).length;
}

function andMore(count: number): string {
  if (count === 0) return "";
  return count === 1 ? " (and 1 more issue)" : ` (and ${count} more issues)`;
}
