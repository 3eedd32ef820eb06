import { readdirSync, readFileSync } from "node:fs";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";

const root = new URL("../..", import.meta.url).pathname;
const names = ["", "sim/", "jimbot/", "pitboss/", "beamline/", "leyline/", "testing/", "wire/"];
const entries = [...names, "otel/"].map((name) => `src/${name}index.ts`);

describe("OpenTelemetry", () => {
  it("is not loaded by any entry of this package, not even /otel", async () => {
    const { metafile } = await build({
      absWorkingDir: root,
      entryPoints: entries,
      bundle: true,
      splitting: true,
      format: "esm",
      platform: "neutral",
      outdir: "unused",
      write: false,
      metafile: true,
      external: ["fast-check", "zod/mini", "@bufbuild/protobuf"],
    });
    const loaded = Object.keys(metafile.inputs);
    expect(loaded).toEqual(expect.arrayContaining(entries));
    expect(loaded.filter((path) => path.includes("opentelemetry"))).toEqual([]);
    const imported = Object.values(metafile.outputs).flatMap((output) => output.imports);
    const outside = imported.filter(({ external }) => external).map(({ path }) => path);
    expect(outside).toContain("zod/mini");
    expect(outside.filter((path) => path.includes("opentelemetry"))).toEqual([]);
  });

  it("is imported only in the folder otel, and only for types", () => {
    const files = readdirSync(`${root}src`, { recursive: true, encoding: "utf8" });
    const naming = files
      .filter((path) => path.endsWith(".ts"))
      .flatMap((path) => {
        const lines = readFileSync(`${root}src/${path}`, "utf8").split("\n");
        return lines.filter((line) => line.includes("@opentelemetry/")).map((line) => [path, line]);
      });
    expect(naming.length).toBeGreaterThan(0);
    for (const [path, line] of naming) {
      expect(path).toMatch(/^otel\//);
      if (!line?.trimStart().startsWith("*")) {
        expect(line).toMatch(/^import type \{.*\} from "@opentelemetry\/api";$/);
      }
    }
  });

  it("imports only contract/ and wire/", () => {
    for (const file of readdirSync(`${root}src/otel`)) {
      const text = readFileSync(`${root}src/otel/${file}`, "utf8");
      const sources = [...text.matchAll(/from "([^"]+)"/g)].map(([, source]) => source);
      for (const source of sources) {
        expect(source, file).toMatch(
          /^(\.\/[\w-]+\.js|\.\.\/(contract|wire)\/(\w+\/)?[\w-]+\.js|@opentelemetry\/api|@bufbuild\/protobuf)$/,
        );
      }
    }
  });
});
