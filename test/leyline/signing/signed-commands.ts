import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { TimestampSchema } from "@bufbuild/protobuf/wkt";
import {
  AdaptationCommand,
  type AdaptationCommandSchema,
  CommandType,
} from "../../../src/leyline/index.js";
import {
  createNonceCache,
  type NonceCache,
  type VerifyCommandOptions,
  verifyCommand,
} from "../../../src/leyline/signing/index.js";

/** The shared secret. */
export const key = new TextEncoder().encode("leyline-test-secret");
/** When the command was issued. */
export const issued = Date.parse("2025-01-18T11:04:05.123Z");

/** A valid command with these changes. */
export function commandOf(
  changes: MessageInitShape<typeof AdaptationCommandSchema> = {},
): AdaptationCommand {
  return AdaptationCommand.create({
    commandId: "4915b0fe-849c-4217-a278-7aeb6fd353c9",
    commandType: CommandType.COMMAND_PAUSE,
    targetSeedId: "seed-L12-0007",
    issuedAt: create(TimestampSchema, { seconds: 1737198245n, nanos: 123_000_000 }),
    issuedBy: "tamiyo",
    ...changes,
  });
}

/** The conditions of a verification. */
export interface Case {
  readonly nonces?: NonceCache;
  /** Milliseconds between issuing and verifying. Default 0. */
  readonly after?: number;
  readonly options?: Partial<VerifyCommandOptions>;
}

/** The result of verifying bytes: `ok` or the reason of the refusal. */
export async function findingOf(
  given: Uint8Array,
  signature: string | undefined,
  { nonces = createNonceCache(), after = 0, options = {} }: Case = {},
): Promise<string> {
  const verdict = await verifyCommand(given, signature, {
    key,
    nonces,
    now: () => issued + after,
    ...options,
  });
  return verdict.ok ? "ok" : verdict.reason;
}
