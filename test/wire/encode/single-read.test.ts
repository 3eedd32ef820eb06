import { describe, expect, it } from "vitest";
import { unsafeCast } from "../../../src/contract/base/unsafe-cast.js";
import { allExamples } from "../../support/examples.js";

/** What counts how often each property of a value is read, however deep; `readAgain` lists those that were read more than once. */
function counted(value: object): { readonly value: object; readAgain(): string[] } {
  const reads = new Map<string, number>();
  const wrap = (inner: unknown, path: string): unknown => {
    if (typeof inner !== "object" || inner === null || inner instanceof Uint8Array) return inner;
    return new Proxy(inner, {
      get(target, key, receiver) {
        const at = `${path}.${String(key)}`;
        reads.set(at, (reads.get(at) ?? 0) + 1);
        return wrap(Reflect.get(target, key, receiver), at);
      },
    });
  };
  const readAgain = (): string[] => [...reads].filter(([, count]) => count > 1).map(([at]) => at);
  return { value: unsafeCast<object>(wrap(value, "")), readAgain };
}

describe("encodeInto", () => {
  it.each(allExamples)("reads each property of example $# once", ({ contract, json }) => {
    const message = contract.fromJson(json);
    const target = new Uint8Array(100_000);
    const { value, readAgain } = counted(message);
    const end = contract.codec.encodeInto(value, target, 0);
    expect(target.subarray(0, end)).toEqual(contract.codec.encode(message));
    expect(readAgain()).toEqual([]);
  });
});
