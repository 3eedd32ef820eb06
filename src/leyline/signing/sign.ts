import { base64Decode, base64Encode } from "@bufbuild/protobuf/wire";
import { mismatch } from "../../wire/error.js";
import {
  algorithm,
  keyFor,
  ownBytes,
  type SigningKey,
  signingFault,
  subtleOf,
} from "./signing-key.js";

/** The header in which a signature travels beside the bytes that it signs. */
export const signatureHeader = "X-Leyline-Signature";

/**
 * Signs the bytes of a command as they are sent: HMAC-SHA256 over exactly these bytes, as base64 of 44
 * characters. Throws ContractError `input.type` for anything but bytes, and `config` for a key that
 * cannot sign. Document: the command authenticity of the Leyline schema's authors; that the sent bytes
 * are signed, and not an encoding made again, is Concord's choice.
 *
 *     const bytes = AdaptationCommand.encode(command);
 *     const signature = await signCommand(bytes, new TextEncoder().encode(secret));
 */
export async function signCommand(bytes: Uint8Array, key: SigningKey): Promise<string> {
  const own = ownBytes("sign", bytes);
  const usable = await keyFor("sign", key);
  try {
    return base64Encode(new Uint8Array(await subtleOf("sign").sign(algorithm, usable, own)));
  } catch {
    throw signingFault("sign", mismatch("key", "config", "a key that WebCrypto signs with", key));
  }
}

/** Standard base64 as `signCommand` writes it, or the alphabet for URLs; the padding may be missing. */
const form = /^(?:[A-Za-z0-9+/]{43}|[A-Za-z0-9_-]{43})=?$/;

/** Whether a text is the signature of these bytes. WebCrypto compares in constant time. */
export async function isSigned(
  bytes: Uint8Array<ArrayBuffer>,
  signature: unknown,
  key: SigningKey,
): Promise<boolean> {
  const usable = await keyFor("verify", key);
  if (typeof signature !== "string" || !form.test(signature)) return false;
  const digits = signature.slice(0, 43).replaceAll("-", "+").replaceAll("_", "/");
  const mac = new Uint8Array(base64Decode(digits));
  try {
    return await subtleOf("verify").verify(algorithm, usable, mac, bytes);
  } catch {
    const expected = "a key that WebCrypto verifies with";
    throw signingFault("verify", mismatch("key", "config", expected, key));
  }
}
