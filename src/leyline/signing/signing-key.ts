import { guarded } from "../../contract/base/result.js";
import { ContractError, type ContractIssue, mismatch, type Operation } from "../../wire/error.js";
import { AdaptationCommand } from "../command.js";

/** The `CryptoKey` type of the platform. */
type PlatformKey = Parameters<typeof globalThis.crypto.subtle.verify>[1];

/** A `CryptoKey` for HMAC with SHA-256, or the bytes of a shared secret. */
export type SigningKey = PlatformKey | Uint8Array;

/** What a key is used for. */
export type KeyUse = "sign" | "verify";

/** The only algorithm, as WebCrypto names it. */
export const algorithm = Object.freeze({ name: "HMAC", hash: "SHA-256" });

const operations = { sign: "sign", verify: "check" } as const satisfies Record<KeyUse, Operation>;

/** An error in the arguments of `signCommand` or `verifyCommand`. */
export function signingFault(use: KeyUse, issue: ContractIssue): ContractError {
  return new ContractError(operations[use], AdaptationCommand.typeName, issue);
}

/** Runs code that reads the caller's values; an error that they throw becomes ContractError `input.unreadable`. */
export function guardedUse<T>(use: KeyUse, work: () => T): T {
  return guarded(operations[use], AdaptationCommand.typeName, work);
}

/** Copies bytes, so that the caller cannot change them while WebCrypto works. Throws `input.type` if they are not a Uint8Array. */
export function copyBytes(use: KeyUse, bytes: unknown): Uint8Array<ArrayBuffer> {
  return guardedUse(use, () => {
    if (bytes instanceof Uint8Array) return new Uint8Array(bytes);
    throw signingFault(use, mismatch("", "input.type", "a Uint8Array", bytes));
  });
}

/** `crypto.subtle` of the platform. Throws ContractError `config` if there is none: browsers have it on secure pages only. */
export function subtleOf(use: KeyUse): typeof globalThis.crypto.subtle {
  const subtle: typeof globalThis.crypto.subtle | undefined = globalThis.crypto?.subtle;
  if (subtle !== undefined) return subtle;
  const message = "this platform has no crypto.subtle; browsers have it on secure pages only";
  throw signingFault(use, { path: "", rule: "config", message });
}

/** The key as a WebCrypto `CryptoKey`. Throws ContractError `config` for a key that HMAC-SHA256 cannot use. */
export async function toPlatformKey(use: KeyUse, key: SigningKey): Promise<PlatformKey> {
  const subtle = subtleOf(use);
  const own = guardedUse(use, () => (key instanceof Uint8Array ? new Uint8Array(key) : key));
  if (own instanceof Uint8Array) {
    if (own.length > 0) return subtle.importKey("raw", own, algorithm, false, [use]);
  } else if (guardedUse(use, () => isKeyFor(use, own))) {
    return own;
  }
  const expected = `a Uint8Array that is not empty, or a CryptoKey of HMAC with SHA-256 that may ${use}`;
  throw signingFault(use, mismatch("key", "config", expected, own));
}

/** Whether the properties of an object are those of a `CryptoKey` for HMAC with SHA-256 and this use. */
function isKeyFor(use: KeyUse, key: PlatformKey | undefined): boolean {
  const own = key?.algorithm;
  if (key?.type !== "secret" || own?.name !== algorithm.name || !("hash" in own)) return false;
  const { hash } = own;
  const isSha256 =
    typeof hash === "object" && hash !== null && "name" in hash && hash.name === algorithm.hash;
  return isSha256 && key.usages.includes(use);
}
