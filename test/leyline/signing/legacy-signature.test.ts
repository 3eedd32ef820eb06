import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { AdaptationCommand } from "../../../src/leyline/index.js";
import {
  createNonceCache,
  signCommand,
  verifyCommand,
} from "../../../src/leyline/signing/index.js";
import { commandOf, findingOf, issued, key } from "./signed-commands.js";

const bytes = AdaptationCommand.encode(commandOf());

describe("a signature in annotations", () => {
  const legacy = { options: { legacy: true } };
  const parameters = { alpha: 0.35, blending_method_index: 2 };
  const seed = AdaptationCommand.fromJson({
    version: 1,
    command_id: "c-1",
    command_type: "COMMAND_SEED",
    target_seed_id: "seed-L12-0007",
    issued_at: "2025-01-18T11:04:05.123Z",
    seed_operation: { operation: "SEED_OP_GERMINATE", blueprint_id: "BP-1", parameters },
    annotations: { blend_mode: "convex", training_run_id: "run-1" },
  });
  const optimizer = AdaptationCommand.fromJson({
    version: 1,
    command_id: "c-2",
    command_type: "COMMAND_OPTIMIZER",
    issued_at: "2025-01-18T11:04:05.123Z",
    optimizer_adjustment: { optimizer_id: "o-1", hyperparameters: { decay: 0.5, lr_delta: 0.25 } },
  });
  const rollback = AdaptationCommand.fromJson({
    version: 1,
    command_id: "c-3",
    command_type: "COMMAND_ROLLBACK",
    issued_at: "2025-01-18T11:04:05.123Z",
    rollback_payload: { list: [{ a: 1, b: [null, "x"] }], reason: "spike", seed: { a: 1, b: 2 } },
  });

  /** The bytes that a legacy sender makes: it signs the encoding with sorted maps, then adds the signature to the command. */
  function signed(command: AdaptationCommand, reversed: boolean): Uint8Array {
    const signature = createHmac("sha256", key).update(AdaptationCommand.codec.encode(command));
    const again = AdaptationCommand.clone(command);
    again.annotations = { ...again.annotations, signature: signature.digest("base64") };
    if (reversed) {
      const backwards = <T>(map: Record<string, T>): Record<string, T> =>
        Object.fromEntries(Object.entries(map).reverse());
      again.annotations = backwards(again.annotations);
      const { payload } = again;
      if (payload.case === "seedOperation") {
        payload.value.parameters = backwards(payload.value.parameters);
      } else if (payload.case === "optimizerAdjustment") {
        payload.value.hyperparameters = backwards(payload.value.hyperparameters);
      } else if (payload.case === "rollbackPayload") {
        const list = [{ b: [null, "x"], a: 1 }];
        payload.value = backwards({ ...payload.value, list, seed: { b: 2, a: 1 } });
      }
    }
    return AdaptationCommand.codec.encode(again);
  }

  it.each([
    ["a seed", seed],
    ["an optimizer", optimizer],
    ["a rollback", rollback],
    ["a pause", commandOf()],
  ])("of %s is read with `legacy`, whatever the order of the entries", async (_, command) => {
    for (const reversed of [false, true]) {
      const arrived = signed(command, reversed);
      expect(await findingOf(arrived, undefined)).toBe("missing_signature");
      expect(await findingOf(arrived, undefined, legacy)).toBe("ok");
    }
  });

  it("stays in the command", async () => {
    const arrived = signed(seed, false);
    const options = { key, nonces: createNonceCache(), now: () => issued, legacy: true };
    const verdict = await verifyCommand(arrived, undefined, options);
    expect(verdict).toEqual({ ok: true, command: AdaptationCommand.decode(arrived) });
  });

  it("is refused with any other command", async () => {
    const other = AdaptationCommand.decode(signed(seed, false));
    other.targetSeedId = "seed-L13-0011";
    const encoded = AdaptationCommand.codec.encode(other);
    expect(await findingOf(encoded, undefined, legacy)).toBe("invalid_signature");
  });

  it("is ignored if a signature was sent with the bytes", async () => {
    const arrived = signed(seed, false);
    expect(await findingOf(arrived, await signCommand(arrived, key), legacy)).toBe("ok");
    const other = await signCommand(bytes, key);
    expect(await findingOf(arrived, other, legacy)).toBe("invalid_signature");
  });

  it("is missing if there is none, and if the bytes are not a command", async () => {
    expect(await findingOf(bytes, undefined, legacy)).toBe("missing_signature");
    expect(await findingOf(Uint8Array.of(10), undefined, legacy)).toBe("missing_signature");
    const empty = commandOf({ annotations: { signature: "" } });
    const encoded = AdaptationCommand.codec.encode(empty);
    expect(await findingOf(encoded, undefined, legacy)).toBe("missing_signature");
  });
});
