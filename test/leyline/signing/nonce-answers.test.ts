import { describe, expect, it } from "vitest";
import { AdaptationCommand } from "../../../src/leyline/index.js";
import {
  createNonceCache,
  type NonceCache,
  signCommand,
  verifyCommand,
} from "../../../src/leyline/signing/index.js";
import { rejection } from "./rejection.js";
import { commandOf, findingOf, issued, key } from "./signed-commands.js";

const thenable = "then";

const bytes = AdaptationCommand.encode(commandOf());
const of = "cannot accept esper.leyline.v1.AdaptationCommand: ";

/** A cache of somebody else, which answers this. */
function answering(has: () => unknown, use: () => unknown): NonceCache {
  return Object.assign({ ...createNonceCache() }, JSON.parse("{}"), { has, use });
}

describe("a nonce cache of the caller", () => {
  it("accepts with true alone", async () => {
    const signature = await signCommand(bytes, key);
    const asked = (use: unknown): Promise<string> =>
      findingOf(bytes, signature, {
        nonces: answering(
          () => false,
          () => use,
        ),
      });
    expect(await asked(true)).toBe("ok");
    for (const answer of [false, undefined, null, 1, 0, "true", "", {}, [true]]) {
      expect(await asked(answer)).toBe("nonce_replayed");
    }
  });

  it("knows a nonce unless it answers false", async () => {
    const signature = await signCommand(bytes, key);
    const asked = (has: unknown): Promise<string> =>
      findingOf(bytes, signature, {
        nonces: answering(
          () => has,
          () => true,
        ),
      });
    expect(await asked(false)).toBe("ok");
    for (const answer of [true, undefined, null, 1, 0, "", {}]) {
      expect(await asked(answer)).toBe("nonce_replayed");
    }
  });

  it.each([
    [
      "has",
      answering(
        () => Promise.resolve(false),
        () => true,
      ),
      "expected a cache that answers at once, got a promise",
    ],
    [
      "use",
      answering(
        () => false,
        () => Promise.resolve(true),
      ),
      "expected a cache that answers at once, got a promise",
    ],
    [
      "use",
      answering(
        () => false,
        () => Promise.reject(new Error("no")),
      ),
      "expected a cache that answers at once, got a promise",
    ],
    [
      "use",
      answering(
        () => false,
        () => ({ [thenable]: () => {} }),
      ),
      "expected a cache that answers at once, got a promise",
    ],
    [
      "has",
      answering(
        () => JSON.parse(""),
        () => true,
      ),
      "the cache threw an error",
    ],
    [
      "use",
      answering(
        () => false,
        () => JSON.parse(""),
      ),
      "the cache threw an error",
    ],
    [
      "use",
      answering(
        () => false,
        () => AdaptationCommand.fromJson({}),
      ),
      "the cache threw an error",
    ],
  ])("is refused if its %s gives or throws something else", async (method, nonces, text) => {
    const signature = await signCommand(bytes, key);
    const verdict = verifyCommand(bytes, signature, { key, nonces, now: () => issued });
    expect(await rejection(verdict)).toBe(`${of}nonces.${method}: ${text} [config]`);
  });
});
