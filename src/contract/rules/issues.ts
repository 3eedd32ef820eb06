import * as z from "zod/mini";
import { isByteArray } from "../../wire/buffers.js";
import { type ContractIssue, type ErrorCode, mismatch } from "../../wire/error.js";
import { formatPath, maxIssues, type Step } from "../base/context.js";
import { didYouMean } from "../base/nearest.js";
import { isObject } from "../base/plain-data.js";
import { noSuchProperty } from "../base/texts.js";

/** An issue as zod reports it. */
export type ZodIssue = z.core.$ZodIssue;

/**
 * The options with which every rule is run: an issue has its value as `input`, and its message is the text
 * after "expected" unless the rule has its own.
 */
export const issueSettings = {
  reportInput: true,
  error: (issue: z.core.$ZodRawIssue): string => describeExpected(issue),
} as const;

/** The parameters of an issue that a rule between fields reports. */
export interface RefinementFault {
  /** The path in the wire JSON, from the message that has the rule. */
  readonly at: readonly Step[];
  readonly rule: ErrorCode;
  /** Whether methods that read take it. */
  readonly isTolerated: boolean;
}

/** The parameters of an issue whose value is none of the known names. */
export interface NameFault {
  readonly known: readonly string[];
}

/** An issue of a nested value as an issue of the rule around it; `path` leads to the nested value. */
export function nested(
  issue: ZodIssue,
  path: readonly Step[],
): z.core.$ZodRawIssue<z.core.$ZodIssueCustom> {
  return {
    code: "custom",
    path: [...path, ...issue.path],
    input: issue.input,
    message: issue.message,
    params: { source: sourceOf(issue) },
    continue: isTolerated(issue),
  };
}

function sourceOf(issue: ZodIssue): ZodIssue {
  if (issue.code !== "custom") return issue;
  const source: unknown = issue.params?.["source"];
  return isIssue(source) ? source : issue;
}

/** Whether methods that read take what this issue reports. */
export function isTolerated(issue: z.core.$ZodRawIssue | ZodIssue): boolean {
  if (issue.code !== "custom") return false;
  const source: unknown = issue.params?.["source"] ?? issue;
  if (!isIssue(source) || source.code !== "custom") return false;
  return source.params?.["isTolerated"] === true;
}

function isIssue(value: unknown): value is ZodIssue {
  return typeof value === "object" && value !== null && "code" in value && "path" in value;
}

/** Converts a zod issue. `toSteps` converts its path to steps of the wire JSON. */
export function toContractIssues(
  found: ZodIssue,
  toSteps: (steps: readonly Step[]) => readonly Step[],
): ContractIssue[] {
  const path = found.path.map((step) => (typeof step === "number" ? step : String(step)));
  const issue = sourceOf(found);
  if (issue.code === "custom" && isFault(issue.params)) {
    const steps = [...toSteps(path), ...issue.params.at];
    return [{ path: formatPath(steps), rule: issue.params.rule, message: issue.message }];
  }
  if (issue.code === "unrecognized_keys") {
    // The keys that the object has: see describeExpected.
    const known = issue.message.split(" ");
    return issue.keys.slice(0, maxIssues).map((key) => ({
      path: formatPath([...toSteps(path), key]),
      rule: "unknown_key",
      message: `${noSuchProperty}${didYouMean(key, known)}`,
    }));
  }
  // A wrong $typeName means a wrong message, so the path is that of the message.
  const steps = toSteps(path.at(-1) === "$typeName" ? path.slice(0, -1) : path);
  const hint = isNameFault(issue) ? didYouMean(issue.input, issue.params.known) : "";
  return [mismatch(formatPath(steps), ruleOf(issue), issue.message, issue.input, hint)];
}

function isNameFault(issue: ZodIssue): issue is ZodIssue & { readonly params: NameFault } {
  return issue.code === "custom" && Array.isArray(issue.params?.["known"]);
}

function isFault(params: unknown): params is RefinementFault {
  return typeof params === "object" && params !== null && "at" in params && "rule" in params;
}

function ruleOf(issue: ZodIssue): ErrorCode {
  switch (issue.code) {
    case "too_small":
    case "too_big":
      return isNumber(issue.origin) ? "range" : "length";
    case "invalid_format":
      return "format";
    case "custom":
      return ruleOfCustom(issue.input);
    case "not_multiple_of":
      return "range";
    case "invalid_value":
      return typeof issue.input === "number" ? "range" : "type";
    case "invalid_type":
      if (isNotFinite(issue)) return "float.not_finite";
      return issue.input === undefined ? "required" : "type";
    default:
      return "type";
  }
}

/** zod reports NaN and the infinities as a wrong type. */
function isNotFinite(issue: { readonly expected?: unknown; readonly input?: unknown }): boolean {
  return issue.expected === "number" && typeof issue.input === "number";
}

function ruleOfCustom(input: unknown): ErrorCode {
  if (typeof input === "string") return "format";
  if (typeof input === "number" || typeof input === "bigint") return "range";
  return isByteArray(input) ? "length" : "type";
}

const typeDescriptions: Readonly<Record<string, string>> = {
  string: "a string",
  number: "a number",
  int: "an integer",
  bigint: "a bigint",
  boolean: "true or false",
  array: "an array",
  object: "an object",
  Uint8Array: "a Uint8Array",
  undefined: "nothing",
};

function describeExpected(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case "unrecognized_keys":
      return knownKeys(issue.inst).join(" ");
    case "invalid_type":
      if (isNotFinite(issue)) return "a finite number";
      if (issue.expected === "object" && isObject(issue.input)) return "a plain object";
      return typeDescriptions[issue.expected] ?? `a ${issue.expected}`;
    case "too_small":
      return `${describeSize(issue.origin)}${issue.inclusive === false ? "more than" : "at least"} ${issue.minimum}${unit(issue.origin, issue.minimum)}`;
    case "too_big":
      return `${describeSize(issue.origin)}${issue.inclusive === false ? "less than" : "at most"} ${issue.maximum}${unit(issue.origin, issue.maximum)}`;
    case "invalid_format":
      return issue.pattern === undefined ? `a ${issue.format}` : `a string like ${issue.pattern}`;
    case "invalid_value":
      return issue.values
        .map((value) => (typeof value === "string" ? value : String(value)))
        .join(" or ");
    case "invalid_union":
      return "a member of the oneof";
    default:
      return "another value";
  }
}

function knownKeys(rule: unknown): readonly string[] {
  return rule instanceof z.ZodMiniObject ? Object.keys(rule.def.shape) : [];
}

function isNumber(origin: string): boolean {
  return origin === "number" || origin === "int" || origin === "bigint";
}

function describeSize(origin: string): string {
  if (isNumber(origin)) return "a number of ";
  return origin === "string" ? "a string of " : "";
}

function unit(origin: string, count: number | bigint): string {
  if (isNumber(origin)) return "";
  const one = Number(count) === 1;
  if (origin === "string") return one ? " character" : " characters";
  return one ? " item" : " items";
}
