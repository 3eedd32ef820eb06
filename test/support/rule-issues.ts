import * as z from "zod/mini";
import { issueSettings, toContractIssues } from "../../src/contract/issues.js";
import type { LeafParts } from "../../src/contract/leaf.js";
import { Walk } from "../../src/contract/walk.js";
import { type ContractIssue, describeIssue } from "../../src/wire/error.js";

/** What a zod rule says against a value, as contracts put it. */
export function issuesOfRule(
  rule: z.ZodMiniType,
  value: unknown,
  toSteps: NonNullable<LeafParts["steps"]> = (steps) => steps,
): ContractIssue[] {
  const result = z.compile(rule).safeParse(value, issueSettings);
  if (result.success) return [];
  return result.error.issues.flatMap((issue) => toContractIssues(issue, toSteps));
}

/** What the rule of a field says against a value, one line for each issue. */
export function ruleTexts({ rule, steps }: LeafParts, value: unknown): string[] {
  return issuesOfRule(rule(), value, steps).map(describeIssue);
}

/** What some work gives, and what it reports, one line for each issue. */
export function walked<T>(work: (walk: Walk) => T): { value: T; issues: string[] } {
  const walk = new Walk();
  const value = work(walk);
  return { value, issues: walk.issues.map(describeIssue) };
}
