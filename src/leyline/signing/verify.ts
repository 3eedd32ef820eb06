import { readClock } from "../../contract/base/clock.js";
import type { Context } from "../../contract/base/context.js";
import { attempt } from "../../contract/base/result.js";
import { readOptions, reportKind, reportUnknownOptions } from "../../contract/base/settings.js";
import type { ContractError, ContractIssue } from "../../wire/error.js";
import { AdaptationCommand } from "../command.js";
import { maxMillis, reportInteger, toMillis } from "../options.js";
import { isUnknown, useNonce } from "./ask-nonces.js";
import { readLegacySignature } from "./legacy-signature.js";
import type { NonceCache } from "./nonces.js";
import { isSigned } from "./sign.js";
import { copyBytes, guardedUse, type SigningKey } from "./signing-key.js";

/** Options of {@link verifyCommand}. */
export interface VerifyCommandOptions {
  /** The key that the sender signs with. Bytes are imported at each call; a CryptoKey is faster. */
  readonly key: SigningKey;
  /** Remembers the ids of accepted commands. Use one cache for all commands of a receiver. */
  readonly nonces: NonceCache;
  /** Maximum age of a command in milliseconds; an older one is stale. Default 60,000. */
  readonly maxAgeMillis?: number;
  /** How far `issued_at` may be ahead of the receiver's clock, in milliseconds. Default 5,000. */
  readonly maxFutureMillis?: number;
  /** The time in milliseconds since 1970. Default `Date.now`. */
  readonly now?: () => number;
  /**
   * If no signature is given, reads the one in `annotations`, where the first senders put it. Default
   * false. Costs an encoding, because such a signature is not made over the bytes that are received.
   */
  readonly legacy?: boolean;
}

/** The defaults of {@link VerifyCommandOptions}; `key` and `nonces` have none. */
export const verifyCommandDefaults: Readonly<
  Required<Omit<VerifyCommandOptions, "key" | "nonces">>
> = Object.freeze({
  maxAgeMillis: 60_000,
  maxFutureMillis: 5_000,
  now: () => Date.now(),
  legacy: false,
});

/** The documented reasons to refuse a command, in the order in which they are checked. */
export const commandRefusalReasons = [
  "missing_signature",
  "invalid_signature",
  "missing_command_id",
  "nonce_replayed",
  "issued_in_future",
  "stale_command",
  "missing_timestamp",
] as const;

/** One of {@link commandRefusalReasons}. */
export type CommandRefusalReason = (typeof commandRefusalReasons)[number];

/** The result of {@link verifyCommand}. */
export type CommandVerdict =
  | {
      readonly ok: true;
      /** The command, decoded from exactly the verified bytes; it is valid. */
      readonly command: AdaptationCommand;
      /** What its sender must not do, although `decode` takes it; missing if there is nothing. */
      readonly tolerated?: readonly ContractIssue[];
    }
  | { readonly ok: false; readonly reason: CommandRefusalReason }
  | {
      readonly ok: false;
      /** The signature is right, but the bytes are not a valid command. */
      readonly reason: "malformed_command";
      readonly error: ContractError;
    };

/**
 * Verifies a command: its signature, its age, and that it was not accepted before. The nonce is the
 * command's id. It is used last, by a command that passes all other checks, and in the same step as the
 * check that it is new. So nobody without the key can use up a nonce, a command that arrived too early can
 * be sent again, and of two simultaneous calls with the same bytes only one passes. Throws ContractError
 * `input.type` if `bytes` is not a Uint8Array, and `config` for wrong or unknown options, such as a cache that forgets
 * nonces while their commands are still fresh, that throws, or that answers with a promise. Document: the command authenticity of the Leyline schema's
 * authors.
 *
 *     const nonces = createNonceCache();
 *     const verdict = await verifyCommand(bytes, headers.get(signatureHeader) ?? undefined, { key, nonces });
 *     if (verdict.ok) obey(verdict.command);
 *     else console.warn(verdict.reason);
 */
export async function verifyCommand(
  bytes: Uint8Array,
  signature: string | undefined,
  options: VerifyCommandOptions,
): Promise<CommandVerdict> {
  const settings = readVerifyOptions(options);
  const own = copyBytes("verify", bytes);
  const given = { signature: signature ?? "", bytes: own };
  const found =
    given.signature === "" && settings.legacy ? (readLegacySignature(own) ?? given) : given;
  if (found.signature === "") return { ok: false, reason: "missing_signature" };
  if (!(await isSigned(found.bytes, found.signature, settings.key))) {
    return { ok: false, reason: "invalid_signature" };
  }
  // No `await` from here on: another call could use the nonce between the check and the use.
  return guardedUse("verify", () => verdictOf(own, settings));
}

function verdictOf(bytes: Uint8Array, settings: Required<VerifyCommandOptions>): CommandVerdict {
  const read = AdaptationCommand.safeDecode(bytes);
  // A command that breaks a rule still has an id and a time, which are checked first.
  const decoded = read.ok ? read : attempt(() => AdaptationCommand.codec.decode(bytes));
  if (!decoded.ok) return { ok: false, reason: "malformed_command", error: decoded.error };
  const reason = refusalOf(decoded.value, settings);
  if (reason !== undefined) return { ok: false, reason };
  if (!read.ok) return { ok: false, reason: "malformed_command", error: read.error };
  const { value: command, ...others } = read;
  const isNew = useNonce(settings.nonces, command.commandId);
  return isNew ? { ...others, command } : { ok: false, reason: "nonce_replayed" };
}

function refusalOf(
  { commandId, issuedAt }: AdaptationCommand,
  { nonces, maxAgeMillis, maxFutureMillis, now }: Required<VerifyCommandOptions>,
): CommandRefusalReason | undefined {
  if (commandId === "") return "missing_command_id";
  if (!isUnknown(nonces, commandId)) return "nonce_replayed";
  if (issuedAt === undefined) return "missing_timestamp";
  const age = readClock("check", AdaptationCommand.typeName, now) - toMillis(issuedAt);
  if (age < -maxFutureMillis) return "issued_in_future";
  return age > maxAgeMillis ? "stale_command" : undefined;
}

function readVerifyOptions(options: VerifyCommandOptions): Required<VerifyCommandOptions> {
  const own = readOptions("verifyCommand", options, (given, context) => {
    const { maxAgeMillis, maxFutureMillis, nonces, legacy } = given;
    reportInteger(context, "maxAgeMillis", maxAgeMillis, 1, maxMillis);
    reportInteger(context, "maxFutureMillis", maxFutureMillis, 0, maxMillis);
    reportKind(context, "now", given.now, "function");
    if (legacy !== undefined && typeof legacy !== "boolean") {
      context.mismatch("config", "a boolean", legacy, "legacy");
    }
    const window =
      (maxAgeMillis ?? verifyCommandDefaults.maxAgeMillis) +
      (maxFutureMillis ?? verifyCommandDefaults.maxFutureMillis);
    reportNonces(context, nonces, window);
    reportUnknownOptions(context, given, ["key", "nonces", ...Object.keys(verifyCommandDefaults)]);
  });
  const {
    maxAgeMillis = verifyCommandDefaults.maxAgeMillis,
    maxFutureMillis = verifyCommandDefaults.maxFutureMillis,
    now = verifyCommandDefaults.now,
    legacy = verifyCommandDefaults.legacy,
  } = own;
  return { key: own.key, nonces: own.nonces, maxAgeMillis, maxFutureMillis, now, legacy };
}

/**
 * A command that arrives as early as allowed is fresh for both spans together; its nonce must be
 * remembered for that long.
 */
function reportNonces(context: Context, nonces: NonceCache | undefined, window: number): void {
  context.enter("nonces");
  if (typeof nonces?.has !== "function" || typeof nonces.use !== "function") {
    context.mismatch("config", "a NonceCache", nonces);
  } else if (!(nonces.ttlMillis >= window)) {
    const expected = `a time to live of at least maxAgeMillis and maxFutureMillis together, ${window}`;
    context.mismatch("config", expected, nonces.ttlMillis, "ttlMillis");
  }
  context.leave();
}
