import { guarded } from "../../contract/base/result.js";
import { ContractError, type ContractIssue, mismatch, type Operation } from "../../wire/error.js";
import { AdaptationCommand } from "../command.js";

/** The key class of the platform's WebCrypto. */
type PlatformKey = Parameters<typeof globalThis.crypto.subtle.verify>[1];

/** An HMAC-SHA256 key of WebCrypto, or the bytes of a shared secret. */
export type SigningKey = PlatformKey | Uint8Array;

/** What a key is used for. */
export type KeyUse = "sign" | "verify";

/** The one algorithm, in the words of WebCrypto. */
export const algorithm = Object.freeze({ name: "HMAC", hash: "SHA-256" });

const operations = { sign: "sign", verify: "check" } as const satisfies Record<KeyUse, Operation>;

/** A fault of what a caller gives to sign or verify with. */
export function signingFault(use: KeyUse, issue: ContractIssue): ContractError {
  return new ContractError(operations[use], AdaptationCommand.typeName, issue);
}

/** Runs what reads a caller's values on the way to a signature. */
export function guardedUse<T>(use: KeyUse, work: () => T): T {
  return guarded(operations[use], AdaptationCommand.typeName, work);
}

/** A copy of bytes, which nobody changes while WebCrypto works. Throws `input.type` for anything else. */
export function ownBytes(use: KeyUse, bytes: unknown): Uint8Array<ArrayBuffer> {
  return guardedUse(use, () => {
    if (bytes instanceof Uint8Array) return new Uint8Array(bytes);
    throw signingFault(use, mismatch("", "input.type", "a Uint8Array", bytes));
  });
}

/** WebCrypto of the platform. Browsers have it on secure pages only. */
export function subtleOf(use: KeyUse): typeof globalThis.crypto.subtle {
  const subtle: typeof globalThis.crypto.subtle | undefined = globalThis.crypto?.subtle;
  if (subtle !== undefined) return subtle;
  const message = "this platform has no crypto.subtle; browsers have it on secure pages only";
  throw signingFault(use, { path: "", rule: "config", message });
}

/** The key as WebCrypto takes it. Throws ContractError `config` for one that HMAC-SHA256 cannot use. */
export async function keyFor(use: KeyUse, key: SigningKey): Promise<PlatformKey> {
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

/** Whether an object says of itself that it is a key of HMAC with SHA-256 for this use. */
function isKeyFor(use: KeyUse, key: PlatformKey | undefined): boolean {
  const own = key?.algorithm;
  if (key?.type !== "secret" || own?.name !== algorithm.name || !("hash" in own)) return false;
  const { hash } = own;
  const isSha256 =
    typeof hash === "object" && hash !== null && "name" in hash && hash.name === algorithm.hash;
  return isSha256 && key.usages.includes(use);
}
