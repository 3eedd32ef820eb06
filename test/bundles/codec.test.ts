import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";

/** What a browser would load for one codec: bundled, minified. */
async function bundle(source: string): Promise<string> {
  const result = await build({
    stdin: {
      contents: source,
      resolveDir: new URL("../..", import.meta.url).pathname,
      loader: "ts",
    },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    write: false,
  });
  return result.outputFiles[0]?.text ?? "";
}

describe("a bundle with one codec", () => {
  it("stays under 9.5 kB compressed, and has no descriptors, rules or other messages", async () => {
    const code = await bundle(`
      import { SystemStatePacketCodec } from "./gen/systems/leyline/codecs.js";
      globalThis.codec = SystemStatePacketCodec;
    `);
    // One more message fits, but not two.
    expect(gzipSync(code).length).toBeLessThan(9450);
    expect(code).toContain("esper.leyline.v1.SeedState");
    for (const other of ["AdaptationCommand", "protobuf.Value", "fileDesc", "ZodError"]) {
      expect(code).not.toContain(other);
    }
  });

  it("imports a codec without its system", async () => {
    const code = await bundle(`
      import { RouteDecisionCodec } from "./gen/systems/beamline/codecs.js";
      globalThis.codec = RouteDecisionCodec;
    `);
    expect(code).not.toContain("RouteRequest");
    expect(gzipSync(code).length).toBeLessThan(8200);
  });
});
