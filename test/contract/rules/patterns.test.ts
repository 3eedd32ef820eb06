import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { traceIdFormat, uuid4, uuid4OrUlid } from "../../../src/contract/rules/ids.js";

const root = new URL("../../../src", import.meta.url).pathname;

interface Pattern {
  readonly place: string;
  readonly pattern: RegExp;
}

/** Every regular expression that is written in our source. */
function literals(): Pattern[] {
  const names = readdirSync(root, { recursive: true, encoding: "utf8" });
  return names
    .filter((name) => name.endsWith(".ts"))
    .flatMap((name) => {
      const text = readFileSync(join(root, name), "utf8");
      const found: Pattern[] = [];
      const visit = (node: ts.Node): void => {
        if (ts.isRegularExpressionLiteral(node)) {
          const end = node.text.lastIndexOf("/");
          const flags = node.text.slice(end + 1).replace(/[gy]/g, "");
          found.push({ place: name, pattern: new RegExp(node.text.slice(1, end), flags) });
        }
        ts.forEachChild(node, visit);
      };
      visit(ts.createSourceFile(name, text, ts.ScriptTarget.ESNext));
      return found;
    });
}

const made = [uuid4, uuid4OrUlid, traceIdFormat].map(({ pattern }) => ({
  place: "contract/ids.ts",
  pattern,
}));
const patterns = [...literals(), ...made].map(({ place, pattern }) => ({ place, pattern }));

/** Repeated many times, and ended by what nothing matches. */
const repeated = [
  "a",
  "0",
  "-",
  "_",
  ".",
  "a.",
  "0-",
  "A1",
  " ",
  "/",
  ":",
  '"',
  "\\",
  "é",
  "[0]",
  "==",
];

describe("a regular expression", () => {
  it("is found wherever one is written", () => {
    expect(patterns.length).toBeGreaterThan(40);
  });

  it.each(patterns)("takes linear time: $pattern of $place", ({ pattern }) => {
    for (const part of repeated) {
      const text = `${part.repeat(40_000 / part.length)}\u0000`;
      const start = performance.now();
      pattern.test(text);
      // What is linear takes less than a millisecond; what grows with the square of the length takes seconds.
      expect(performance.now() - start).toBeLessThan(200);
    }
  });
});
