import { defineConfig } from "vitest/config";

/** Bundles of single contracts, made by three bundlers: half a minute, which the default run has no room for. */
export default defineConfig({
  test: { include: ["test/bundles/contract.test.ts"], testTimeout: 120_000 },
});
