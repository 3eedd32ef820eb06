import { readdirSync } from "node:fs";
import { defineConfig } from "tsup";

const systems = ["sim", "jimbot", "pitboss", "beamline", "leyline"];
const subpaths = [...systems, "wire", "otel", "testing"].map((name) => [
  `${name}/index`,
  `src/${name}/index.ts`,
]);
const codecs = systems.map((name) => [`codecs/${name}`, `src/codecs/${name}.ts`]);
const generated = readdirSync("gen", { recursive: true, encoding: "utf8" })
  .filter((path) => /_(pb|codec)\.ts$/.test(path))
  .map((path) => [`gen/${path.slice(0, -".ts".length)}`, `gen/${path}`]);

export default defineConfig({
  entry: Object.fromEntries([
    ["index", "src/index.ts"],
    ["wire/wkt", "src/wkt/index.ts"],
    ["bin/protoc-gen-es-codec", "src/codegen/bin.ts"],
    ...subpaths,
    ...codecs,
    ...generated,
  ]),
  format: "esm",
  target: "es2022",
  platform: "neutral",
  dts: true,
  clean: true,
  splitting: true,
  sourcemap: false,
});
