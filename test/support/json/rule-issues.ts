import * as z from "zod/mini";
import { Context } from "../../../src/contract/base/context.js";
import type { FieldRuleParts } from "../../../src/contract/model/field-rule.js";
import { issueSettings, toContractIssues } from "../../../src/contract/rules/issues.js";
import { type ContractIssue, formatIssue } from "../../../src/wire/error.js";

/** What a zod rule says against a value, as contracts put it. */
export function issuesOfRule(
  rule: z.ZodMiniType,
  value: unknown,
  toSteps: NonNullable<FieldRuleParts["steps"]> = (steps) => steps,
): ContractIssue[] {
  const result = z.compile(rule).safeParse(value, issueSettings);
  if (result.success) return [];
  return result.error.issues.flatMap((issue) => toContractIssues(issue, toSteps));
}

/** What the rule of a field says against a value, one line for each issue. */
export function ruleTexts({ rule, steps }: FieldRuleParts, value: unknown): string[] {
  return issuesOfRule(rule(), value, steps).map(formatIssue);
}

/** What some work gives, and what it reports, one line for each issue. */
export function reported<T>(work: (context: Context) => T): { value: T; issues: string[] } {
  const context = new Context();
  const value = work(context);
  return { value, issues: context.issues.map(formatIssue) };
}
