import { readdirSync, readFileSync } from "node:fs";
import ts from "typescript";
import { expect, it } from "vitest";

/** Calls whose result a bundler drops if nobody uses it, because they are marked. */
const makers = new Set([
  "createContract",
  "createDefine",
  "createFieldRules",
  "createJsonContract",
  "createRegistry",
  "define",
  "defineChannel",
  "joinRegistries",
]);

/** The unmarked calls of makers that run when a module is loaded: `name at position`. */
function unmarkedIn(text: string): string[] {
  const source = ts.createSourceFile("module.ts", text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return;
    if (ts.isCallExpression(node) && makers.has(node.expression.getText(source))) {
      const start = node.getStart(source);
      if (!text.slice(0, start).trimEnd().endsWith("/* @__PURE__ */")) {
        found.push(`${node.expression.getText(source)} at ${start}`);
      }
    }
    ts.forEachChild(node, visit);
  };
  for (const statement of source.statements) {
    if (ts.isVariableStatement(statement)) visit(statement);
  }
  return found;
}

it("marks every contract, definition, registry and channel as pure", () => {
  const folder = new URL("../../src/", import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const unmarked = files
    .filter((path) => path.endsWith(".ts"))
    .flatMap((path) =>
      unmarkedIn(readFileSync(new URL(path, folder), "utf8")).map((call) => `${path}: ${call}`),
    );
  expect(unmarked).toEqual([]);
  expect(unmarkedIn("const a = /* @__PURE__ */ define(b);\nconst c = define(d);")).toEqual([
    "define at 47",
  ]);
});
