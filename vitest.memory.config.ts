import { defineConfig } from "vitest/config";

/** Worst inputs of all contracts in processes with little memory: minutes, which the default run has no room for. */
export default defineConfig({
  test: { include: ["test/memory/memory.test.ts"] },
});
