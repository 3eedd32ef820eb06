import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { exceptions } from "./vectors/exceptions.js";
import { type Deviation, difference, judge, report } from "./vectors/judge.js";
import { subjects } from "./vectors/lookup.js";
import { type Input, observe, type Seen } from "./vectors/observe.js";

interface Vector extends Input {
  readonly name: string;
  readonly seen: readonly Seen[];
}

/** The vectors of a type, as written by `pnpm vectors`. */
interface Vectors {
  readonly type: string;
  readonly valid: readonly Vector[];
  readonly json: readonly Vector[];
  readonly binary: readonly Vector[];
  readonly values: readonly Vector[];
}

const folder = new URL("./vectors/0.1.0/", import.meta.url);
const recorded = readdirSync(folder).flatMap((file): Vectors[] =>
  JSON.parse(readFileSync(new URL(file, folder), "utf8")),
);

function deviationsOf({ type, valid, json, binary, values }: Vectors): Deviation[] {
  const subject = subjects.get(type);
  if (subject === undefined) {
    return [{ type, case: "the type is gone", text: "no contract has this name" }];
  }
  return [...valid, ...json, ...binary, ...values].flatMap((vector) => {
    const text = difference(vector.seen, observe(subject, vector));
    return text === undefined ? [] : [{ type, case: vector.name, text }];
  });
}

describe("the vectors of 0.1.0", () => {
  it("have the same outcome, with no exception too many", () => {
    expect(recorded.length).toBeGreaterThan(0);
    const { uncovered, unneeded } = judge(recorded.flatMap(deviationsOf), exceptions);
    expect(report(uncovered)).toBe("");
    expect(unneeded, "exceptions that no vector needs").toEqual([]);
  });

  it("have exceptions only for changes in the changelog", () => {
    const lines = readFileSync(new URL("../CHANGELOG.md", import.meta.url), "utf8").split("\n");
    expect(exceptions.filter(({ change }) => !lines.includes(change))).toEqual([]);
  });
});

describe("a vector with another outcome", () => {
  const issues = [{ rule: "range", path: "a" }];
  const before: Seen[] = [
    { by: "check, encode", issues },
    { by: "toJson", json: "{}" },
  ];

  it("is described by its methods and both outcomes", () => {
    expect(difference(before, before)).toBeUndefined();
    const after = [
      { by: "check", issues },
      { by: "encode", bytes: "" },
    ];
    expect(difference(before, after)).toBe(
      'encode, toJson: was {"issues":[{"rule":"range","path":"a"}]}, is {"bytes":""}',
    );
  });

  it("is covered by an exception of its type and name only", () => {
    const deviation = { type: "a.B", case: "c = 1", text: "" };
    const fitting = { type: /^a\./, case: "c = 1", change: "" };
    const others = [
      { ...fitting, type: "a" },
      { ...fitting, case: "c = 10" },
    ];
    expect(judge([deviation], [fitting, ...others])).toEqual({ uncovered: [], unneeded: others });
    expect(judge([deviation], others).uncovered).toEqual([deviation]);
  });

  it("is reported only if it is among the first ten", () => {
    const many = Array.from({ length: 30 }, () => ({ type: "a.B", case: "c", text: "d" }));
    expect(report(many).split("\n")).toHaveLength(21);
    expect(report(many)).toContain("30 vectors have another outcome");
  });
});
