import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** They need a process without what others did: they take globals away, transfer buffers or count bytes. */
const apart = [
  "test/contract/interpreter/writer.test.ts",
  "test/leyline/signing/sign.test.ts",
  "test/wire/{allocation,without-buffer,text,encode/buffers,encode/bytes,decode/input,input}.test.ts",
];
/** These need a browser, and have a configuration of their own. */
const browser = "test/browser/**";
/** Tests of the generator start many processes: a minute, which only `pnpm test:codegen` and `pnpm coverage` take. */
const codegen = "test/codegen/**/*.test.ts";
/** Bundlers and inputs of full size are slow, and have configurations of their own. */
const slow = ["test/bundles/contract.test.ts", "test/memory/memory.test.ts"];

export default defineConfig({
  test: {
    testTimeout: 60_000,
    // By default one processor is left idle, and on two nothing would run side by side.
    maxWorkers: availableParallelism(),
    // All others share what they import, which takes half of the time.
    projects: [
      {
        extends: true,
        test: {
          name: "shared",
          include: ["test/**/*.test.ts"],
          exclude: [browser, codegen, ...slow, ...apart],
          isolate: false,
        },
      },
      { extends: true, test: { name: "codegen", include: [codegen], isolate: false } },
      { extends: true, test: { name: "apart", include: apart } },
    ],
    coverage: {
      provider: "v8",
      include: ["src/**"],
      reporter: ["text-summary", "json-summary"],
      thresholds: { lines: 97, branches: 93 },
    },
  },
});
