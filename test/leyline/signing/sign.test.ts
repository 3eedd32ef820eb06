import { createHmac, webcrypto } from "node:crypto";
import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { signatureHeader, signCommand } from "../../../src/leyline/signing/index.js";

import { rejection } from "./rejection.js";

const utf8 = new TextEncoder();
const secret = utf8.encode("leyline-test-secret");

/** A WebCrypto `CryptoKey`. */
function importKey(uses: ("sign" | "verify")[], hash = "SHA-256"): Promise<webcrypto.CryptoKey> {
  return webcrypto.subtle.importKey("raw", secret, { name: "HMAC", hash }, false, uses);
}

const start = "cannot sign esper.leyline.v1.AdaptationCommand: ";
const wanted =
  "key: expected a Uint8Array that is not empty, or a CryptoKey of HMAC with SHA-256 that may sign, got ";

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("signCommand", () => {
  it.each([
    ["", "GKaNViEoNgOyYH4Ml31mDbqMWUsM6XU5j2iadMXjnoc="],
    ["a command", "u1JP7gS93AcqXpS7rLUeFWdUoxek6Ze8H3PAuVAq9p8="],
  ])("signs %j as node:crypto and Python do", async (text, signature) => {
    const bytes = utf8.encode(text);
    expect(createHmac("sha256", secret).update(bytes).digest("base64")).toBe(signature);
    expect(await signCommand(bytes, secret)).toBe(signature);
    expect(await signCommand(bytes, await importKey(["sign"]))).toBe(signature);
  });

  it("signs any bytes with any key as node:crypto does", async () => {
    const bytes = fc.uint8Array({ maxLength: 400 });
    await fc.assert(
      fc.asyncProperty(
        bytes,
        fc.uint8Array({ minLength: 1, maxLength: 100 }),
        async (data, key) => {
          expect(await signCommand(data, key)).toBe(
            createHmac("sha256", key).update(data).digest("base64"),
          );
        },
      ),
      { seed: 42, numRuns: 50 },
    );
  });

  it("signs the bytes as they are when it is called", async () => {
    const bytes = utf8.encode("a command");
    const key = Uint8Array.from(secret);
    const signature = signCommand(bytes, key);
    bytes.fill(0);
    key.fill(0);
    expect(await signature).toBe("u1JP7gS93AcqXpS7rLUeFWdUoxek6Ze8H3PAuVAq9p8=");
  });

  it("is sent in the documented header", () => {
    expect(signatureHeader).toBe("X-Leyline-Signature");
  });

  it.each([
    ["text", 'expected a Uint8Array, got "text" [input.type]'],
    [undefined, "expected a Uint8Array, got undefined [input.type]"],
    [new Proxy(new Uint8Array(1), {}), "reading the value threw an error [input.unreadable]"],
  ])("refuses bytes that are not a Uint8Array (%#)", async (bytes, text) => {
    expect(await rejection(Reflect.apply(signCommand, undefined, [bytes, secret]))).toBe(
      start + text,
    );
  });

  it.each([
    ["secret", '"secret" [config]'],
    [undefined, "undefined [config]"],
    [null, "null [config]"],
    [new Uint8Array(0), "0 bytes [config]"],
    [{ type: "secret", algorithm: { name: "HMAC" }, usages: ["sign"] }, "an object [config]"],
    [{ type: "secret", algorithm: { name: "HMAC", hash: null }, usages: [] }, "an object [config]"],
    [{ type: "secret", algorithm: { name: "HMAC", hash: {} }, usages: [] }, "an object [config]"],
    [{ type: "secret", algorithm: { name: "AES-GCM" }, usages: ["sign"] }, "an object [config]"],
  ])("refuses the key %j", async (key, text) => {
    const bytes = utf8.encode("a command");
    expect(await rejection(Reflect.apply(signCommand, undefined, [bytes, key]))).toBe(
      start + wanted + text,
    );
  });

  it("refuses a key for another use or hash", async () => {
    const keys = [await importKey(["verify"]), await importKey(["sign"], "SHA-512")];
    for (const key of keys) {
      expect(await rejection(signCommand(secret, key))).toBe(`${start}${wanted}an object [config]`);
    }
  });

  it("refuses an object that only looks like a key", async () => {
    const algorithm = { name: "HMAC", hash: { name: "SHA-256" } };
    const key = { type: "secret", algorithm, usages: ["sign"] };
    expect(await rejection(Reflect.apply(signCommand, undefined, [secret, key]))).toBe(
      `${start}key: expected a key that WebCrypto signs with, got an object [config]`,
    );
    const throwing = {
      get algorithm() {
        throw new Error("no");
      },
    };
    expect(await rejection(Reflect.apply(signCommand, undefined, [secret, throwing]))).toBe(
      `${start}reading the value threw an error [input.unreadable]`,
    );
  });

  it("refuses bytes and keys whose buffers were transferred", async () => {
    const bytes = utf8.encode("a command");
    const key = utf8.encode("leyline-test-secret");
    structuredClone([bytes, key], { transfer: [bytes.buffer, key.buffer] });
    const unreadable = `${start}reading the value threw an error [input.unreadable]`;
    expect(await rejection(signCommand(bytes, secret))).toBe(unreadable);
    expect(await rejection(signCommand(secret, key))).toBe(unreadable);
  });

  it.each([[{}], [undefined]])("needs a platform with WebCrypto (%#)", async (platform) => {
    vi.stubGlobal("crypto", platform);
    expect(await rejection(signCommand(secret, secret))).toBe(
      `${start}this platform has no crypto.subtle; browsers have it on secure pages only [config]`,
    );
  });
});
