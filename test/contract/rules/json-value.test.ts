import type { JsonValue } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import { AssignmentJob } from "../../../src/beamline/index.js";
import { InjectedEvent } from "../../../src/sim/index.js";

const shapes: readonly (readonly [name: string, make: (size: number) => JsonValue])[] = [
  ["a list of numbers", (size) => Array.from({ length: size }, (_, index) => index)],
  ["a list of lists", (size) => Array.from({ length: size }, () => [1])],
  [
    "an object",
    (size) => Object.fromEntries(Array.from({ length: size }, (_, at) => [`k${at}`, at])),
  ],
  [
    "a list in forty others",
    (size) => {
      let value: JsonValue = Array.from({ length: size }, () => 1);
      for (let depth = 0; depth < 40; depth++) value = [value];
      return value;
    },
  ],
];

/** Counts every access to an object and to what is in it, at any depth. */
function counting<T extends object>(target: T): { proxy: T; count: () => number } {
  let count = 0;
  const wrap = <V extends object>(value: V): V =>
    new Proxy(value, {
      get(own, key, receiver) {
        count++;
        const read: unknown = Reflect.get(own, key, receiver);
        return typeof read === "object" && read !== null ? wrap(read) : read;
      },
      has: (own, key) => ++count > 0 && Reflect.has(own, key),
      ownKeys: (own) => (++count > 0 ? Reflect.ownKeys(own) : []),
      getOwnPropertyDescriptor(own, key) {
        count++;
        return Reflect.getOwnPropertyDescriptor(own, key);
      },
    });
  return { proxy: wrap(target), count: () => count };
}

const options = { budget: false };
const action = (value: JsonValue) => ({
  id: "load",
  action: { target: "motor.load", operation: "set", value },
});

/** How often each method reads its value, or anything in it. */
function readsOf(payload: JsonValue): number[] {
  const json = { type: "job", payload };
  const message = AssignmentJob.fromJson(json);
  const reads = <T extends object>(value: T, work: (value: T) => unknown): number => {
    const { proxy, count } = counting(value);
    work(proxy);
    return count();
  };
  return [
    reads(json, AssignmentJob.fromJson),
    reads(message, AssignmentJob.check),
    reads(message, AssignmentJob.toJson),
    reads(message, AssignmentJob.toJsonText),
    reads(message, (value) => AssignmentJob.encode(value, options)),
    reads(action(payload), InjectedEvent.fromJson),
    reads(action(payload), InjectedEvent.check),
  ];
}

describe("a google.protobuf.Value of any JSON", () => {
  it.each(shapes)("is read as often as it has values: %s", (_, make) => {
    const few = readsOf(make(1_000));
    const many = readsOf(make(2_000));
    for (const [at, reads] of many.entries()) {
      expect(reads).toBeGreaterThan(2_000);
      expect(reads).toBeLessThanOrEqual(2 * (few[at] ?? 0));
    }
  });
});
