import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { readSystems } from "./scripts/generate-systems.mjs";

// scripts/mutate.mjs says whose rules are changed, and whether other folders' tests may notice it too.
const { MUTATED = "*", MUTATED_WIDE } = process.env;
const own = `test/${MUTATED}/**/*.test.ts`;
const systems = readSystems(fileURLToPath(new URL(".", import.meta.url))).map(({ name }) => name);
const others = MUTATED === "contract" ? `{${systems.join(",")}}` : "contract";

/** The tests that most likely notice a change come first: those of the changed file, then those of defaults. */
class LikelyFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const [changed = ""] = this.ctx.config.related ?? [];
    const name = basename(changed, ".ts");
    const place = ({ moduleId }: TestSpecification): number => {
      const test = basename(moduleId, ".test.ts");
      if (test === name) return 0;
      return test === "defaults" ? 1 : 2;
    };
    return (await super.sort(files)).sort((one, other) => place(one) - place(other));
  }
}

export default defineConfig({
  test: {
    testTimeout: 60_000,
    include:
      MUTATED_WIDE === undefined
        ? [own]
        : [own, `test/${others}/**/*.test.ts`, "test/systems.test.ts"],
    // These take seconds, and every mutant would have to wait for them.
    exclude: [
      "test/contract/code-generation.test.ts",
      "test/contract/schema/json-schema-agreement.test.ts",
      "test/contract/{hostile,hostile-arguments,limits}.test.ts",
      "test/contract/rules/{verdicts,json-value}.test.ts",
      // It reads the source, where it would find what the mutants are made of.
      "test/contract/rules/patterns.test.ts",
      "test/contract/parts/{parts,measure,assembler,assembler-bounds,python}.test.ts",
      ...(MUTATED_WIDE === undefined ? ["test/contract/schema/json-schema.test.ts"] : []),
    ],
    setupFiles: ["test/support/build-rules.ts"],
    sequence: { sequencer: LikelyFirst },
  },
});
