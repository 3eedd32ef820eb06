import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { beforeAll, expect, it } from "vitest";
import { withTestAllTypes } from "../support/binary/test-all-types.js";
import type { Result } from "./check.js";
import { checks } from "./checks.js";
import { findChromium, runInBrowser } from "./chromium.js";

const results: Result[] = [];

beforeAll(async () => {
  const chromium = findChromium(process.env);
  const posted: Result[] = JSON.parse(await runInBrowser(chromium, await bundle()));
  results.push(...posted);
});

/** The page's script, without Node modules. */
function bundle(): Promise<string> {
  return withTestAllTypes(async (path) => {
    const { outputFiles } = await build({
      entryPoints: [fileURLToPath(new URL("page.ts", import.meta.url))],
      bundle: true,
      platform: "browser",
      format: "iife",
      target: "es2022",
      write: false,
      logLevel: "error",
      alias: {
        "google/protobuf/test_messages_proto3_codec": `${path}_codec.ts`,
        "google/protobuf/test_messages_proto3_pb": `${path}_pb.ts`,
      },
    });
    return outputFiles[0]?.text ?? "";
  });
}

const names = checks.map(({ name }) => name);

it("checks everything once", () => {
  expect(new Set(names).size).toBe(names.length);
  // The bundler orders exports differently than Node.
  expect(results.map(({ name }) => name).sort()).toEqual([...names].sort());
});

it.each(names)("in a browser, %s", (name) => {
  expect(results.find((result) => result.name === name)).toEqual({ name, ok: true, message: "" });
});
