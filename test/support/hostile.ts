import { isContractError } from "../../src/wire/error.js";

function thrower(): never {
  throw new RangeError("mine");
}

/** Values that no function expects, by their names. */
const hostile: readonly (readonly [name: string, value: unknown])[] = [
  ["undefined", undefined],
  ["null", null],
  ["true", true],
  ["0", 0],
  ["-1.5", -1.5],
  ["NaN", Number.NaN],
  ["1n", 1n],
  ["a symbol", Symbol("s")],
  ["an empty text", ""],
  ["a lone surrogate", "\ud800"],
  ["a long text", "x".repeat(50_000)],
  ["a function", thrower],
  ["an empty object", {}],
  ["an object without a prototype", Object.create(null)],
  ["an empty list", []],
  ["a list with a hole", Array(2)],
  ["a date", new Date(0)],
  ["bytes", Uint8Array.of(1)],
  ["a map", new Map([["a", 1]])],
  ["a throwing getter", Object.defineProperty({}, "type", { enumerable: true, get: thrower })],
  ["a throwing proxy", new Proxy({}, { get: thrower, ownKeys: thrower, getPrototypeOf: thrower })],
  ["a throwing toString", { toString: thrower, valueOf: thrower, [Symbol.toPrimitive]: thrower }],
  ["a revoked proxy", revoked()],
];

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

/** One function with arguments that it accepts. */
export type Call = readonly [name: string, run: unknown, valid: readonly unknown[]];

/**
 * What a function throws, or rejects with, that is no ContractError or is larger than 16 KB, when one of its
 * arguments is hostile, all are, or all are missing.
 */
export async function rawErrorsOf([name, run, valid]: Call): Promise<string[]> {
  if (typeof run !== "function") return [`${name} is not a function`];
  const attempts: (readonly [string, readonly unknown[]])[] = [["no arguments", []]];
  for (const [kind, value] of hostile) {
    attempts.push([`all = ${kind}`, valid.map(() => value)]);
    for (const index of valid.keys()) {
      attempts.push([`argument ${index} = ${kind}`, valid.with(index, value)]);
    }
  }
  const faults: string[] = [];
  for (const [what, given] of attempts) {
    try {
      const result: unknown = await run(...given);
      if (isGenerator(result)) await result.next();
    } catch (thrown) {
      if (!isContractError(thrown)) faults.push(`${name}, ${what}: ${String(thrown)}`);
      else if (thrown.message.length + JSON.stringify(thrown.issues).length > 16_384) {
        faults.push(`${name}, ${what}: an error of ${thrown.message.length} characters`);
      }
    }
  }
  return faults;
}

function isGenerator(value: unknown): value is AsyncGenerator {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value;
}

/** The functions that a system's entry exports, except those that come from `src/contract` and `src/wire`. */
export function functionsOf(entry: object): string[] {
  return Object.entries(entry)
    .filter(([, value]) => typeof value === "function")
    .map(([name]) => name)
    .filter((name) => !/^(?:ContractError|isContractError|timestamp.*)$/.test(name))
    .sort();
}
