import { describe, expect, it } from "vitest";
import { Comparison, subjects } from "../support/binary/compare.js";
import { loadTestAllTypes } from "../support/binary/test-all-types.js";
import { allExamples } from "../support/examples.js";
import type { Difference } from "../support/json/judge.js";

/** The differences that occur in every run; strictness.test.ts has examples of all. */
const common: readonly Difference[] = [
  "end of a group at a known field",
  "length beyond 32 bits",
  "unknown varint of more than 10 bytes",
  "value beyond the end of its message",
  "wire type of another kind",
];

const testAllTypes = await loadTestAllTypes();
/** Enough for every build. After a change of the codec, run it with a hundred times as many. */
const total = Number(process.env["CONCORD_CASES"] ?? 20_000);
const comparison = new Comparison(total);
/** Ten times the duration on a slow machine. */
const timeout = Math.max(60_000, total * 5);

describe("a generated codec behaves like protobuf-es", { timeout }, () => {
  it.each(subjects.map((subject) => ({ subject, name: subject.codec.typeName })))(
    "with $name",
    ({ subject }) => {
      comparison.ofSubject(subject);
    },
  );

  it("with a message of fields of every kind", () => {
    comparison.ofEveryKind(testAllTypes);
  });

  it.each(allExamples)("with $name, wherever it is cut", (example) => {
    comparison.ofExample(example);
  });

  it("in many cases, with the intended differences among them", () => {
    expect(comparison.cases).toBeGreaterThanOrEqual(comparison.total);
    expect([...comparison.seen.keys()]).toEqual(expect.arrayContaining([...common]));
  });
});
