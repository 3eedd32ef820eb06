import { preview } from "./preview.js";

/**
 * Every code that a {@link ContractError} can carry. The list is closed: a new code is a new version of
 * this package.
 */
export const errorCodes = [
  /** The bytes are no message of this type. */
  "binary.malformed",
  /** The bytes end in the middle of a field. */
  "binary.truncated",
  /** A circuit breaker denies the call: its work failed too often of late, or it was opened by hand. */
  "breaker.open",
  /** The encoded message is larger than its contract allows. */
  "budget.size",
  /** An address parameter is missing or is not one segment. */
  "channel.address",
  /** A setting has a value that the documents do not allow. */
  "config",
  /** Two keys of a JSON object mean the same field or the same oneof. */
  "duplicate_key",
  /** A JSON value is no name (or number) of the enum. */
  "enum",
  /** An enum number has no name to be written with. */
  "enum.unknown",
  /** NaN or an infinity, where the JSON has no word for it. */
  "float.not_finite",
  /** A string does not have the form that is asked for. */
  "format",
  /** A frame refers to a dictionary that has not arrived. */
  "frame.dictionary_missing",
  /** The columns of a frame, or the frame and its dictionary, contradict each other. */
  "frame.malformed",
  /** The message has binary fields that a frame cannot carry. */
  "frame.unknown_fields",
  /** The input has more bytes than the reader accepts. */
  "input.bytes",
  /** The input is nested more deeply than the reader accepts. */
  "input.depth",
  /** The input as a whole is not of the type that this door takes. */
  "input.type",
  /** Reading a property of the input threw. */
  "input.unreadable",
  /** An integer beyond 2^53 - 1, where the JSON has plain numbers. */
  "int64.unsafe",
  /** The text is not JSON. */
  "json.syntax",
  /** The message has binary fields that its JSON cannot carry. */
  "json.unknown_fields",
  /** A string, list or map is too short or too long. */
  "length",
  /** A part contradicts itself or the other parts of its message. */
  "part.malformed",
  /** A payload is encoded in a way that nobody here can read. */
  "payload.encoding",
  /** An envelope's payload is not the message that its type names. */
  "payload.type",
  /** A number lies outside its range. */
  "range",
  /** Two contracts have the same type name. */
  "registry.duplicate",
  /** A key or message that must be there is missing. */
  "required",
  /** Fields contradict each other. */
  "rule",
  /** A message belongs to another session, or answers no request of this one. */
  "session.mismatch",
  /** A state cannot follow the one before it. */
  "transition",
  /** A value has the wrong type. */
  "type",
  /** A key or property that the contract does not have. */
  "unknown_key",
  /** A message of a version that nobody here speaks. */
  "version.mismatch",
  /** A workflow was stopped by its caller. */
  "workflow.aborted",
  /** A workflow took more steps than it may. */
  "workflow.step_limit",
  /** No workflow has this verb, or no workflow of this verb has this agent. */
  "workflow.unknown",
] as const;

/** One of the closed list of {@link errorCodes}. */
export type ErrorCode = (typeof errorCodes)[number];

/** One thing that is wrong with one value. */
export interface ContractIssue {
  /** Where in the value, in the words of the wire JSON: `seed_states[3].stage`. Empty for the whole value. */
  readonly path: string;
  /** Which kind of fault; the same closed list as {@link ContractError.code}. */
  readonly rule: ErrorCode;
  /** The fault as a phrase: `expected a SeedLifecycleStage name, got "FOO"`. */
  readonly message: string;
  /** What was expected, where the fault is a mismatch. */
  readonly expected?: string;
  /** What was found, cut to 80 characters, where the fault is a mismatch. */
  readonly received?: string;
  /** The byte at which a binary decoder gave up, counted from 0. */
  readonly offset?: number;
}

/**
 * What was being done when a {@link ContractError} arose; the first words of its message. The type
 * stands after the first word.
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
  | "sign";

/** An operation with its type, as a sentence goes on after "cannot". */
function describe(operation: Operation, type: string): string {
  if (operation === "check") return `accept ${type}`;
  if (operation === "start") return `start with ${type}`;
  const [verb, ...rest] = (operation === "decode" ? "decode from binary" : operation).split(" ");
  return [verb, type, ...rest].join(" ");
}

/**
 * The one error of this package. It is data: `code`, `type`, `path` and `issues` say everything that
 * the text says. It never holds the message or the bytes themselves.
 */
export class ContractError extends Error {
  override readonly name = "ContractError";
  /** The code of the first issue. */
  readonly code: ErrorCode;
  /** The full name of the message type, e.g. `beamline.flow.v1.RouteRequest`, or the name of the channel, form, breaker or section of settings. */
  readonly type: string;
  /** The path of the first issue. */
  readonly path: string;
  /** All issues that were found, at least one and at most 20. */
  readonly issues: readonly ContractIssue[];

  constructor(
    operation: Operation,
    type: string,
    first: ContractIssue,
    others: readonly ContractIssue[] = [],
  ) {
    super(`cannot ${describe(operation, type)}: ${describeIssue(first)}${andMore(others.length)}`);
    this.code = first.rule;
    this.type = type;
    this.path = first.path;
    this.issues = [first, ...others];
  }

  /** Recognises errors of another copy of this package too. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return isContractError(value);
  }
}

/** True for a {@link ContractError}, of this or of another copy of the package. */
export function isContractError(value: unknown): value is ContractError {
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

/** One line for one issue: `path: message [rule]`. */
export function describeIssue(issue: ContractIssue): string {
  const where = issue.path === "" ? "" : `${issue.path}: `;
  return `${where}${issue.message} [${issue.rule}]`;
}

/** An issue of the form "expected X, got Y"; `received` is cut to 80 characters. */
export function mismatch(
  path: string,
  rule: ErrorCode,
  expected: string,
  received: unknown,
): ContractIssue {
  const shown = preview(received);
  return { path, rule, message: `expected ${expected}, got ${shown}`, expected, received: shown };
}

function andMore(count: number): string {
  if (count === 0) return "";
  return count === 1 ? " (and 1 more issue)" : ` (and ${count} more issues)`;
}
