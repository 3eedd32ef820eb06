import * as z from "zod/mini";
import { Context } from "../../../src/contract/base/context.js";
import type { FieldRuleParts } from "../../../src/contract/model/field-rule.js";
import { issueSettings, toContractIssues } from "../../../src/contract/rules/issues.js";
import { type ContractIssue, formatIssue } from "../../../src/wire/error.js";

/** The issues of a zod rule for a value, in the words of contracts. */
export function issuesOfRule(
  rule: z.ZodMiniType,
  value: unknown,
  toSteps: NonNullable<FieldRuleParts["steps"]> = (steps) => steps,
): ContractIssue[] {
  const result = z.compile(rule).safeParse(value, issueSettings);
  if (result.success) return [];
  return result.error.issues.flatMap((issue) => toContractIssues(issue, toSteps));
}

/** The issues of a field rule for a value, one line each. */
export function ruleTexts({ rule, steps }: FieldRuleParts, value: unknown): string[] {
  return issuesOfRule(rule(), value, steps).map(formatIssue);
}

/** What `work` returns, and the issues that it reports, one line each. */
export function reported<T>(work: (context: Context) => T): { value: T; issues: string[] } {
  const context = new Context();
  const value = work(context);
  return { value, issues: context.issues.map(formatIssue) };
}
