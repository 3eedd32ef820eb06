import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // These need a browser, and have a configuration of their own.
    exclude: ["test/browser/**"],
    testTimeout: 60_000,
    coverage: {
      provider: "v8",
      include: ["src/**"],
      reporter: ["text-summary", "json-summary"],
      thresholds: { lines: 97, branches: 93 },
    },
  },
});
