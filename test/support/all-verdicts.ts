import type { AnyContract, Result } from "../../src/index.js";

/** The verdicts of all methods that take a message: code and path, or "ok". */
export function verdicts(contract: AnyContract, message: unknown): string[] {
  const results: readonly Result<unknown>[] = [
    contract.safeCheck(message),
    contract.safeEncode(unsafe(message), { budget: false }),
    contract.safeEncodeParts(unsafe(message)),
    contract.safeToJson(unsafe(message)),
    contract.safeToJsonText(unsafe(message)),
  ];
  return results.map((result) => (result.ok ? "ok" : `${result.error.path}: ${result.error.code}`));
}

export function unsafe<T>(value: unknown): T;
export function unsafe(value: unknown): unknown {
  return value;
}

export class Liar extends Array<unknown> {
  override *[Symbol.iterator](): ArrayIterator<unknown> {
    yield 5;
  }
}

export function lying(items: readonly unknown[]): unknown[] {
  return Object.defineProperty([...items], Symbol.iterator, {
    value: function* () {
      yield 5;
    },
  });
}

export function detached(): Uint8Array {
  const bytes = Uint8Array.of(1, 2);
  structuredClone(bytes, { transfer: [bytes.buffer] });
  return bytes;
}

export function nested(levels: number): object {
  let value: object = {};
  for (let level = 1; level < levels; level++) value = { a: value };
  return value;
}
