import { describe, expect, it } from "vitest";
import { formatIssues } from "../../../src/contract/rules/format-issues.js";
import type { ContractIssue } from "../../../src/wire/error.js";
import { formatPath, parsePath } from "../../../src/wire/path.js";

const issue = (path: string, message: string): ContractIssue => ({ path, rule: "type", message });

describe("formatIssues", () => {
  it("prints paths as a tree", () => {
    const issues = [
      issue("", "one field of the oneof is required"),
      issue("message.tenant_id", "expected a string, got 5"),
      issue("message.payload", "expected at least 1 byte, got 0 bytes"),
      issue("seed_states[3].stage", 'expected a SeedLifecycleStage name, got "FOO"'),
      issue("seed_states[3]", "no seed"),
      issue("seed_states[12].metrics.loss", "expected a number, got null"),
      issue('context["a b"]', "expected a string, got true"),
    ];
    expect(formatIssues({ type: "a.B", issues })).toBe(
      [
        "a.B: 7 issues",
        "├─ one field of the oneof is required [type]",
        "├─ message",
        "│  ├─ tenant_id: expected a string, got 5 [type]",
        "│  └─ payload: expected at least 1 byte, got 0 bytes [type]",
        "├─ seed_states",
        "│  ├─ [3]",
        "│  │  ├─ no seed [type]",
        '│  │  └─ stage: expected a SeedLifecycleStage name, got "FOO" [type]',
        "│  └─ [12].metrics.loss: expected a number, got null [type]",
        '└─ context["a b"]: expected a string, got true [type]',
      ].join("\n"),
    );
  });

  it("prints one issue in two lines", () => {
    expect(formatIssues({ type: "a.B", issues: [issue("c", "wrong")] })).toBe(
      "a.B: 1 issue\n└─ c: wrong [type]",
    );
  });
});

describe("parsePath", () => {
  it("returns the steps of a path", () => {
    const paths = [
      [],
      ["a"],
      ["seed_states", 3, "stage"],
      ["a", "b c", "", "x.y", 'quo"te', "[0]", 12, "$z", "@type"],
      [0, 1, "é\n"],
    ];
    for (const steps of paths) expect(parsePath(formatPath(steps))).toEqual(steps);
  });
});
