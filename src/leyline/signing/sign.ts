import { base64Decode, base64Encode } from "@bufbuild/protobuf/wire";
import { mismatch } from "../../wire/error.js";
import {
  algorithm,
  copyBytes,
  type SigningKey,
  signingFault,
  subtleOf,
  toPlatformKey,
} from "./signing-key.js";

/** Name of the header for the signature of a command. */
export const signatureHeader = "X-Leyline-Signature";

/**
 * Signs the bytes of a command as they are sent. Returns the HMAC-SHA256 of exactly these bytes as base64,
 * 44 characters. Throws ContractError `input.type` if `bytes` is not a Uint8Array, and `config` for a key
 * that cannot sign. Document: the command authenticity of the Leyline schema's authors; that the sent
 * bytes are signed, not a second encoding, is Concord's choice.
 *
 *     const bytes = AdaptationCommand.encode(command);
 *     const signature = await signCommand(bytes, new TextEncoder().encode(secret));
 */
export async function signCommand(bytes: Uint8Array, key: SigningKey): Promise<string> {
  const own = copyBytes("sign", bytes);
  const usable = await toPlatformKey("sign", key);
  try {
    return base64Encode(new Uint8Array(await subtleOf("sign").sign(algorithm, usable, own)));
  } catch {
    throw signingFault("sign", mismatch("key", "config", "a key that WebCrypto signs with", key));
  }
}

/**
 * Base64 of 32 bytes in the standard alphabet, which `signCommand` writes, or the one for URLs; padding
 * is optional. The last two bits of the last character belong to no byte and are zero: otherwise three more
 * texts would pass for each signature.
 */
const base64Signature = /^(?:[A-Za-z0-9+/]{42}|[A-Za-z0-9_-]{42})[AEIMQUYcgkosw048]=?$/;

/** Returns whether a text is the signature of these bytes. WebCrypto compares in constant time. */
export async function isSigned(
  bytes: Uint8Array<ArrayBuffer>,
  signature: unknown,
  key: SigningKey,
): Promise<boolean> {
  const usable = await toPlatformKey("verify", key);
  if (typeof signature !== "string" || !base64Signature.test(signature)) return false;
  const digits = signature.slice(0, 43).replaceAll("-", "+").replaceAll("_", "/");
  const mac = new Uint8Array(base64Decode(digits));
  try {
    return await subtleOf("verify").verify(algorithm, usable, mac, bytes);
  } catch {
    const expected = "a key that WebCrypto verifies with";
    throw signingFault("verify", mismatch("key", "config", expected, key));
  }
}
