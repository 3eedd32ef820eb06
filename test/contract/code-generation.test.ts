import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verdicts } from "../support/verdicts.js";

const folder = mkdtempSync(join(tmpdir(), "concord-"));
const root = new URL("../..", import.meta.url).pathname;

async function bundle(name: string, contents: string): Promise<string> {
  const outfile = join(folder, `${name}.mjs`);
  await build({
    stdin: { contents, resolveDir: root, loader: "ts" },
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    logLevel: "error",
  });
  return outfile;
}

function run(script: string, ...flags: readonly string[]): unknown {
  const options = { encoding: "utf8", maxBuffer: 1 << 28 } as const;
  return JSON.parse(execFileSync(process.execPath, [...flags, script], options));
}

let asking = "";
let first = "";

beforeAll(async () => {
  asking = await bundle(
    "verdicts",
    `import { verdicts } from "./test/support/verdicts.js";
     process.stdout.write(JSON.stringify(verdicts()));`,
  );
  first = await bundle(
    "first",
    `const start = performance.now();
     const { contracts } = await import("./src/all.js");
     const imported = performance.now() - start;
     const times = [...contracts].map((contract) => {
       const start = performance.now();
       contract.safeCheck(contract.create());
       return { type: contract.typeName, time: performance.now() - start };
     });
     process.stdout.write(JSON.stringify({ imported, times }));`,
  );
});

afterAll(() => rmSync(folder, { recursive: true }));

describe("where code generation from strings is forbidden", () => {
  it("the rules report the same", () => {
    const here = verdicts();
    expect(here.length).toBeGreaterThan(1_000);
    expect(run(asking, "--disallow-code-generation-from-strings")).toEqual(here);
  });
});

describe("the first use", () => {
  it("of a contract builds its rules in little time, and importing builds none", () => {
    const { imported, times } = run(first) as {
      readonly imported: number;
      readonly times: readonly { readonly type: string; readonly time: number }[];
    };
    // All modules are evaluated in this time; building the rules of all contracts takes longer.
    expect(imported).toBeLessThan(times.reduce((sum, { time }) => sum + time, 0) * 2);
    const late = [...times].sort((a, b) => a.time - b.time).at(-3);
    // Ten times what is documented, without the slowest two, in which the engine compiles shared code.
    expect(late?.time).toBeLessThan(50);
  });
});
