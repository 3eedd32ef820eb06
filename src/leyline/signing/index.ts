// Signatures of Leyline's commands: sign, verify, and the nonces that were used.
export {
  createNonceCache,
  type NonceCache,
  type NonceCacheOptions,
  nonceCacheDefaults,
} from "./nonces.js";
export { sign, signatureHeader } from "./sign.js";
export type { SigningKey } from "./signing-key.js";
export {
  type RefusalReason,
  refusalReasons,
  type Verdict,
  type VerifyOptions,
  verify,
  verifyDefaults,
} from "./verify.js";
