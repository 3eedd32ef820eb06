import { createHmac, webcrypto } from "node:crypto";
import type { MessageInitShape } from "@bufbuild/protobuf";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  AdaptationCommand,
  type AdaptationCommandSchema,
  SystemStatePacket,
} from "../../../src/leyline/index.js";
import {
  commandRefusalReasons,
  createNonceCache,
  signCommand,
  verifyCommand,
  verifyCommandDefaults,
} from "../../../src/leyline/signing/index.js";
import { rejection } from "./rejection.js";
import { type Case, commandOf, findingOf, issued, key } from "./signed-commands.js";

const bytes = AdaptationCommand.encode(commandOf());

/** The result of verifying a correctly signed command with these changes. */
async function findingFor(
  changes: MessageInitShape<typeof AdaptationCommandSchema>,
  given?: Case,
): Promise<string> {
  const encoded = AdaptationCommand.codec.encode(commandOf(changes));
  return findingOf(encoded, await signCommand(encoded, key), given);
}

describe("a signed command", () => {
  it("passes once, as it was sent", async () => {
    const nonces = createNonceCache();
    const options = { key, nonces, now: () => issued };
    const verdict = await verifyCommand(bytes, await signCommand(bytes, key), options);
    expect(verdict).toEqual({ ok: true, command: commandOf() });
    expect(await verifyCommand(bytes, await signCommand(bytes, key), options)).toEqual({
      ok: false,
      reason: "nonce_replayed",
    });
  });

  it("passes with a CryptoKey too", async () => {
    const algorithm = { name: "HMAC", hash: "SHA-256" };
    const imported = await webcrypto.subtle.importKey("raw", key, algorithm, false, ["verify"]);
    const given = { options: { key: imported } };
    expect(await findingOf(bytes, await signCommand(bytes, key), given)).toBe("ok");
  });

  it("passes with a signature of Python or node:crypto", async () => {
    const signature = createHmac("sha256", key).update(bytes).digest("base64");
    expect(Buffer.from(bytes).toString("hex")).toBe(
      "0801122434393135623066652d383439632d343231372d613237382d3761656236666433353363391805220d736565642d4c31322d30303037320b08a595aebc0610c0a9d33a3a0674616d69796f",
    );
    expect(signature).toBe("rGT8AA+vrvn8emJ6Bh6tRQraZ1EPFQbVf9zWS/QJkx4=");
    expect(await findingOf(bytes, signature)).toBe("ok");
  });

  it("has one last character: the unused bits of its signature are zero", async () => {
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const signature = await signCommand(bytes, key);
    const passing: string[] = [];
    for (const last of alphabet) {
      const text = `${signature.slice(0, 42)}${last}=`;
      if ((await findingOf(bytes, text)) === "ok") passing.push(text);
    }
    expect(passing).toEqual([signature]);
  });

  it("has its signature as base64 of either alphabet, with or without padding", async () => {
    const signature = await signCommand(bytes, key);
    const url = signature.replaceAll("+", "-").replaceAll("/", "_");
    for (const spelling of [signature, url, signature.slice(0, -1), url.slice(0, -1)]) {
      expect(await findingOf(bytes, spelling)).toBe("ok");
    }
    expect(url).not.toBe(signature);
    const hex = Buffer.from(signature, "base64").toString("hex");
    const broken = [
      ` ${signature}`,
      `${signature}\n`,
      signature.slice(0, -2),
      `${signature}=`,
      hex,
    ];
    for (const spelling of [...broken, `${url.slice(0, 42)}+`, "="]) {
      expect(await findingOf(bytes, spelling)).toBe("invalid_signature");
    }
  });

  it("is checked in the documented order", () => {
    expect(commandRefusalReasons).toEqual([
      "missing_signature",
      "invalid_signature",
      "missing_command_id",
      "nonce_replayed",
      "issued_in_future",
      "stale_command",
      "missing_timestamp",
    ]);
    expect(verifyCommandDefaults).toMatchObject({
      maxAgeMillis: 60_000,
      maxFutureMillis: 5_000,
      legacy: false,
    });
    expect(Math.abs(verifyCommandDefaults.now() - Date.now())).toBeLessThan(1000);
  });

  it("needs a signature before anything else", async () => {
    const empty = Uint8Array.of(255);
    for (const none of [undefined, "", null]) {
      const options = { key, nonces: createNonceCache() };
      expect(await Reflect.apply(verifyCommand, undefined, [empty, none, options])).toEqual({
        ok: false,
        reason: "missing_signature",
      });
    }
    const number = Reflect.apply(verifyCommand, undefined, [
      bytes,
      7,
      { key, nonces: createNonceCache() },
    ]);
    expect(await number).toEqual({ ok: false, reason: "invalid_signature" });
  });

  it("is refused if any byte, the signature or the key differs, and its nonce stays unused", async () => {
    const nonces = createNonceCache();
    const signature = await signCommand(bytes, key);
    for (let at = 0; at < bytes.length; at++) {
      const changed = Uint8Array.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(await findingOf(changed, signature, { nonces })).toBe("invalid_signature");
    }
    const other = await signCommand(bytes, Uint8Array.of(1));
    expect(await findingOf(bytes, other, { nonces })).toBe("invalid_signature");
    expect(await findingOf(bytes.subarray(1), signature, { nonces })).toBe("invalid_signature");
    expect(nonces.size).toBe(0);
    expect(await findingOf(bytes, signature, { nonces })).toBe("ok");
  });

  it.each([
    [-5_000, "ok"],
    [-5_001, "issued_in_future"],
    [60_000, "ok"],
    [60_001, "stale_command"],
  ])("is fresh from 5 s before to 60 s after its time (%i ms)", async (after, finding) => {
    expect(await findingFor({}, { after })).toBe(finding);
  });

  it("is fresh for as long as the receiver says", async () => {
    const options = { maxAgeMillis: 10, maxFutureMillis: 0 };
    expect(await findingFor({}, { after: 10, options })).toBe("ok");
    expect(await findingFor({}, { after: 11, options })).toBe("stale_command");
    expect(await findingFor({}, { after: -1, options })).toBe("issued_in_future");
  });

  it("needs an id, then a new one, then a time", async () => {
    const nonces = createNonceCache();
    const { issuedAt: _, ...timeless } = commandOf({ commandId: "used" });
    const encoded = AdaptationCommand.codec.encode({ ...timeless });
    const signature = await signCommand(encoded, key);
    expect(await findingFor({ commandId: "" }, { after: 70_000 })).toBe("missing_command_id");
    expect(await findingOf(encoded, signature, { nonces })).toBe("missing_timestamp");
    nonces.use("used");
    expect(await findingOf(encoded, signature, { nonces })).toBe("nonce_replayed");
    expect(await findingFor({ commandId: "used" }, { nonces, after: 70_000 })).toBe(
      "nonce_replayed",
    );
  });

  it("does not use its nonce if it arrives too early or too late", async () => {
    const nonces = createNonceCache();
    expect(await findingFor({}, { nonces, after: -6_000 })).toBe("issued_in_future");
    expect(await findingFor({}, { nonces, after: 61_000 })).toBe("stale_command");
    expect(nonces.size).toBe(0);
    expect(await findingFor({}, { nonces, after: 0 })).toBe("ok");
    expect(await findingFor({}, { nonces, after: 61_000 })).toBe("nonce_replayed");
  });

  it("passes only one of many simultaneous calls", async () => {
    const nonces = createNonceCache();
    const signature = await signCommand(bytes, key);
    const calls = Array.from({ length: 20 }, () => findingOf(bytes, signature, { nonces }));
    const findings = await Promise.all(calls);
    expect(findings.filter((finding) => finding === "ok")).toHaveLength(1);
    expect(findings.filter((finding) => finding === "nonce_replayed")).toHaveLength(19);
  });

  it("passes at most once, whenever it arrives again", async () => {
    const moments = fc.array(fc.integer({ min: -10_000, max: 100_000 }), { maxLength: 8 });
    const signature = await signCommand(bytes, key);
    await fc.assert(
      fc.asyncProperty(moments, async (unsorted) => {
        const time = { now: 0 };
        const ttlMillis = 65_000;
        const nonces = createNonceCache({ ttlMillis, now: () => time.now });
        let passed = 0;
        for (const after of unsorted.sort((a, b) => a - b)) {
          time.now = after;
          if ((await findingOf(bytes, signature, { nonces, after })) === "ok") passed++;
        }
        const fresh = unsorted.some((after) => after >= -5_000 && after <= 60_000);
        expect(passed).toBe(fresh ? 1 : 0);
      }),
      { seed: 42, numRuns: 60 },
    );
  });

  it("is verified by the bytes at the time of the call", async () => {
    const given = Uint8Array.from(bytes);
    const finding = findingOf(given, await signCommand(bytes, key));
    given.fill(0);
    expect(await finding).toBe("ok");
  });

  it("must be valid", async () => {
    const nonces = createNonceCache();
    const options = { key, nonces, now: () => issued };
    const garbage = Uint8Array.of(10, 200);
    const broken = AdaptationCommand.codec.encode(commandOf({ version: 2 }));
    const packet = SystemStatePacket.encode(SystemStatePacket.create({ packetId: "p-1" }));
    const results = [garbage, broken].map(async (each) =>
      verifyCommand(each, await signCommand(each, key), options),
    );
    expect(await Promise.all(results)).toMatchObject([
      { ok: false, reason: "malformed_command", error: { code: "binary.truncated" } },
      {
        ok: false,
        reason: "malformed_command",
        error: {
          message:
            "cannot decode esper.leyline.v1.AdaptationCommand from binary: version: expected a number of at most 1, got 2 [range]",
        },
      },
    ]);
    expect(nonces.size).toBe(0);
    expect(await findingOf(packet, await signCommand(packet, key))).toBe("missing_command_id");
  });
});

describe("verifyCommand", () => {
  /** The error for these options. */
  function refusal(options: unknown, given: unknown = bytes): Promise<string> {
    return rejection(Reflect.apply(verifyCommand, undefined, [given, "x", options]));
  }
  const nonces = createNonceCache();
  const start = "cannot configure verifyCommand: ";
  const of = "cannot accept esper.leyline.v1.AdaptationCommand: ";
  const anHour = { maxAgeMillis: 3_600_000 };

  it.each([
    [undefined, "expected an object, got undefined [config]"],
    [{ key }, "nonces: expected a NonceCache, got undefined [config]"],
    [
      { key, nonces: { has: () => false } },
      "nonces: expected a NonceCache, got an object [config]",
    ],
    [
      { key, nonces, ...anHour },
      "nonces.ttlMillis: expected a time to live of at least maxAgeMillis and maxFutureMillis together, 3605000, got 300000 [config]",
    ],
    [
      { key, nonces: createNonceCache({ ttlMillis: 64_999 }) },
      "nonces.ttlMillis: expected a time to live of at least maxAgeMillis and maxFutureMillis together, 65000, got 64999 [config]",
    ],
    [
      { key, nonces, maxAgeMillis: 0 },
      "maxAgeMillis: expected an integer from 1 to 2147483647, got 0 [config]",
    ],
    [
      { key, nonces, maxFutureMillis: -1 },
      "maxFutureMillis: expected an integer from 0 to 2147483647, got -1 [config]",
    ],
    [
      { key, nonces, maxAgeMilis: 5 },
      "maxAgeMilis: there is no such option; did you mean maxAgeMillis? [config]",
    ],
    [{ key, nonces, sha: 256 }, "sha: there is no such option [config]"],
    [{ key, nonces, now: 7 }, "now: expected a function, got 7 [config]"],
    [{ key, nonces, legacy: "yes" }, 'legacy: expected a boolean, got "yes" [config]'],
  ])("refuses wrong or unsafe options (%#)", async (options, text) => {
    expect(await refusal(options)).toBe(start + text);
  });

  it("refuses bytes and keys of the wrong type", async () => {
    expect(await refusal({ key, nonces }, "text")).toBe(
      `${of}expected a Uint8Array, got "text" [input.type]`,
    );
    expect(await refusal({ nonces })).toBe(
      `${of}key: expected a Uint8Array that is not empty, or a CryptoKey of HMAC with SHA-256 that may verify, got undefined [config]`,
    );
    const algorithm = { name: "HMAC", hash: { name: "SHA-256" } };
    const fake = { type: "secret", algorithm, usages: ["verify"] };
    const call = Reflect.apply(verifyCommand, undefined, [
      bytes,
      await signCommand(bytes, key),
      { key: fake, nonces },
    ]);
    expect(await rejection(call)).toBe(
      `${of}key: expected a key that WebCrypto verifies with, got an object [config]`,
    );
  });

  it("passes nothing if the clock or the cache fails", async () => {
    const signature = await signCommand(bytes, key);
    const failing = () => {
      throw new Error("no");
    };
    const clocks: [() => number, string][] = [
      [failing, "now: the clock threw an error [config]"],
      [
        () => Number.NaN,
        "now: expected a clock that gives a finite number of milliseconds, got NaN [config]",
      ],
    ];
    for (const [now, text] of clocks) {
      expect(await rejection(verifyCommand(bytes, signature, { key, nonces, now }))).toBe(
        of + text,
      );
    }
    const cache = { ...nonces, has: failing };
    expect(await rejection(verifyCommand(bytes, signature, { key, nonces: cache }))).toBe(
      `${of}nonces.has: the cache threw an error [config]`,
    );
    // The result of `use` decides, whatever `has` returned before.
    const full = { ...nonces, has: () => false, use: () => false };
    const options = { key, nonces: full, now: () => issued };
    expect(await verifyCommand(bytes, signature, options)).toEqual({
      ok: false,
      reason: "nonce_replayed",
    });
  });
});
