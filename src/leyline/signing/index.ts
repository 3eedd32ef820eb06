// Signatures of Leyline's commands: sign, verify, and a cache of used nonces.
export {
  createNonceCache,
  type NonceCache,
  type NonceCacheOptions,
  nonceCacheDefaults,
} from "./nonces.js";
export { signatureHeader, signCommand } from "./sign.js";
export type { SigningKey } from "./signing-key.js";
export {
  type CommandRefusalReason,
  type CommandVerdict,
  commandRefusalReasons,
  type VerifyCommandOptions,
  verifyCommand,
  verifyCommandDefaults,
} from "./verify.js";
