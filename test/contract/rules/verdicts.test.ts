import { describe, expect, it } from "vitest";
import { contracts } from "../../../src/all.js";
import { detached, Liar, lying, nested, verdicts } from "../../support/all-verdicts.js";

const hostile: readonly unknown[] = [
  undefined,
  null,
  5,
  "\ud800",
  Symbol("s"),
  () => 1,
  new Date(0),
  new Map(),
  [],
  [undefined],
  // biome-ignore lint/suspicious/noSparseArray: a hole is what is tested.
  [, 1],
  [null],
  Liar.from([1]),
  lying(["a"]),
  {},
  { case: "x", value: 1 },
  { a: undefined },
  { a: Number.NaN },
  new Uint8Array(3),
  new Proxy(Uint8Array.of(1), {}),
  Object.create(Uint8Array.prototype),
  Object.defineProperty(Uint8Array.of(1), "length", { value: 5 }),
  detached(),
  new Proxy([1], {}),
  nested(60),
  [{ no: 0, wireType: 9, data: "x" }],
];

describe("every method that takes a message", () => {
  it("gives the same verdict for every hostile value in every field of every contract", () => {
    const differing: string[] = [];
    for (const contract of contracts) {
      const properties = contract.schema.members.map(({ localName }) => localName);
      for (const property of [...properties, "$unknown"]) {
        for (const [index, value] of hostile.entries()) {
          const message = { ...contract.create(), [property]: value };
          const [check, ...others] = verdicts(contract, message);
          // JSON cannot carry unknown fields, so only these may pass the check alone.
          const isJsonOnly = others.every(
            (one) => one === check || /json\.|enum\.unknown|int64|not_finite/.test(one),
          );
          if (!isJsonOnly)
            differing.push(
              `${contract.typeName}.${property} ${index}: ${[check, ...others].join(" | ")}`,
            );
        }
      }
    }
    expect(differing).toEqual([]);
  });
});
