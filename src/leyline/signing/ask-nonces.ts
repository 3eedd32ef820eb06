import type { NonceCache } from "./nonces.js";
import { signingFault } from "./signing-key.js";

/** Whether a nonce may be new. Whatever a cache answers but `false` is a refusal. */
export function isUnknown(nonces: NonceCache, nonce: string): boolean {
  return ask("has", () => nonces.has(nonce)) === false;
}

/** Uses a nonce; returns whether it was new. Whatever a cache answers but `true` is a refusal. */
export function useNonce(nonces: NonceCache, nonce: string): boolean {
  return ask("use", () => nonces.use(nonce)) === true;
}

/**
 * The answer of the caller's cache. Throws ContractError `config` if it throws or answers with a promise: until
 * that is settled, a second call with the same nonce would pass too.
 */
function ask(method: "has" | "use", call: () => unknown): unknown {
  const path = `nonces.${method}`;
  let answer: unknown;
  let isPromise: boolean;
  try {
    answer = call();
    isPromise = typeof answer === "object" && answer !== null && "then" in answer;
  } catch {
    throw signingFault("verify", { path, rule: "config", message: "the cache threw an error" });
  }
  if (!isPromise) return answer;
  // Nobody else would handle its rejection.
  if (answer instanceof Promise) answer.catch(() => undefined);
  const message = "expected a cache that answers at once, got a promise";
  throw signingFault("verify", { path, rule: "config", message });
}
