import { readClock } from "../../contract/base/clock.js";
import type { Context } from "../../contract/base/context.js";
import { attempt } from "../../contract/base/result.js";
import { readOptions, reportKind } from "../../contract/base/settings.js";
import type { ContractError } from "../../wire/error.js";
import { AdaptationCommand } from "../command.js";
import { maxMillis, reportInteger, toMillis } from "../options.js";
import { readLegacySignature } from "./legacy-signature.js";
import type { NonceCache } from "./nonces.js";
import { isSigned } from "./sign.js";
import { guardedUse, ownBytes, type SigningKey } from "./signing-key.js";

/** What {@link verifyCommand} takes. */
export interface VerifyCommandOptions {
  /** The key that the sender signs with. Bytes are imported at each call; a CryptoKey costs less. */
  readonly key: SigningKey;
  /** Remembers the ids of accepted commands. One cache for all commands of one receiver. */
  readonly nonces: NonceCache;
  /** A command that was issued longer ago is stale, in milliseconds. Default 60,000. */
  readonly maxAgeMillis?: number;
  /** How far `issued_at` may lie ahead of the receiver's clock, in milliseconds. Default 5,000. */
  readonly maxFutureMillis?: number;
  /** The time in milliseconds since 1970. Default `Date.now`. */
  readonly now?: () => number;
  /**
   * Reads a signature that stands in `annotations`, as the first senders have it, where there is none
   * beside the bytes. Default false. Costs an encoding, because such a signature is not over the bytes
   * that arrive.
   */
  readonly legacy?: boolean;
}

/** The defaults of {@link VerifyCommandOptions}. The key and the nonces have none. */
export const verifyCommandDefaults: Readonly<
  Required<Omit<VerifyCommandOptions, "key" | "nonces">>
> = Object.freeze({
  maxAgeMillis: 60_000,
  maxFutureMillis: 5_000,
  now: () => Date.now(),
  legacy: false,
});

/** Why a command is not to be obeyed: the documented reasons, in the order in which they are looked for. */
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

/** What {@link verifyCommand} finds. */
export type CommandVerdict =
  | {
      readonly ok: true;
      /** The command of exactly the bytes that were verified; it keeps all rules. */
      readonly command: AdaptationCommand;
    }
  | { readonly ok: false; readonly reason: CommandRefusalReason }
  | {
      readonly ok: false;
      /** The signature is right, but the bytes are no command that keeps the rules. */
      readonly reason: "malformed_command";
      readonly error: ContractError;
    };

/**
 * Whether bytes are a command that its sender signed, just now and for the first time. The command's id
 * is its nonce. It is used up only by a command that passes everything else, at once with the question
 * whether it is new: so nobody can use up a nonce without the key, a command that came too early may
 * come again, and of two calls at the same time with the same bytes one passes. Throws ContractError
 * `input.type` for anything but bytes, and `config` for options that cannot protect anybody, such as
 * nonces that are forgotten while their commands are still fresh. Document: the command authenticity of
 * the Leyline schema's authors.
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
  const own = ownBytes("verify", bytes);
  const given = { signature: signature ?? "", bytes: own };
  const found =
    given.signature === "" && settings.legacy ? (readLegacySignature(own) ?? given) : given;
  if (found.signature === "") return { ok: false, reason: "missing_signature" };
  if (!(await isSigned(found.bytes, found.signature, settings.key))) {
    return { ok: false, reason: "invalid_signature" };
  }
  // Nothing is awaited from here on: another call would come between asking for a nonce and using it.
  return guardedUse("verify", () => judge(own, settings));
}

function judge(bytes: Uint8Array, settings: Required<VerifyCommandOptions>): CommandVerdict {
  const decoded = attempt(() => AdaptationCommand.codec.decode(bytes));
  if (!decoded.ok) return { ok: false, reason: "malformed_command", error: decoded.error };
  const reason = refusalOf(decoded.value, settings);
  if (reason !== undefined) return { ok: false, reason };
  const checked = AdaptationCommand.safeCheck(decoded.value);
  if (!checked.ok) return { ok: false, reason: "malformed_command", error: checked.error };
  const command = checked.value;
  const isNew = settings.nonces.use(command.commandId);
  return isNew ? { ok: true, command } : { ok: false, reason: "nonce_replayed" };
}

function refusalOf(
  { commandId, issuedAt }: AdaptationCommand,
  { nonces, maxAgeMillis, maxFutureMillis, now }: Required<VerifyCommandOptions>,
): CommandRefusalReason | undefined {
  if (commandId === "") return "missing_command_id";
  if (nonces.has(commandId)) return "nonce_replayed";
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
  });
  const {
    maxAgeMillis = verifyCommandDefaults.maxAgeMillis,
    maxFutureMillis = verifyCommandDefaults.maxFutureMillis,
    now = verifyCommandDefaults.now,
    legacy = verifyCommandDefaults.legacy,
  } = own;
  return { key: own.key, nonces: own.nonces, maxAgeMillis, maxFutureMillis, now, legacy };
}

/** A command that came as early as it may is fresh for both spans together; so long its nonce must be known. */
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
