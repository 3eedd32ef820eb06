import { build } from "esbuild";
import { describe, expect, it } from "vitest";

/** The files that a bundle of an entry of Leyline is made of, type imports aside. */
async function filesOf(entry: string): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: new URL("../..", import.meta.url).pathname,
    entryPoints: [`src/leyline/${entry}`],
    bundle: true,
    format: "esm",
    platform: "node",
    packages: "external",
    metafile: true,
    write: false,
  });
  return Object.keys(metafile.inputs);
}

const compact = /\/leyline\/compact\//;
const signing = /\/leyline\/signing\//;

describe("the entries of Leyline", () => {
  it("load neither frames nor signatures with the messages", async () => {
    const files = await filesOf("index.ts");
    expect(files).toContain("src/leyline/state.ts");
    expect(files.filter((file) => compact.test(file) || signing.test(file))).toEqual([]);
  });

  it("load frames without signatures, and signatures without frames", async () => {
    const frames = await filesOf("compact/index.ts");
    expect(frames).toContain("src/leyline/compact/writer.ts");
    expect(frames.filter((file) => signing.test(file))).toEqual([]);
    const signatures = await filesOf("signing/index.ts");
    expect(signatures).toContain("src/leyline/signing/verify.ts");
    expect(signatures.filter((file) => compact.test(file))).toEqual([]);
  });
});
