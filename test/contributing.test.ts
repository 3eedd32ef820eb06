import { existsSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import manifest from "../package.json" with { type: "json" };

const root = new URL("../", import.meta.url);
const page = readFileSync(new URL("CONTRIBUTING.md", root), "utf8");

/** The system that a recipe adds. */
const added = /\bdemo\b/;

function namesOf(pattern: RegExp): string[] {
  return [...page.matchAll(pattern)].map(([, name = ""]) => name);
}

it("names paths that exist", () => {
  const links = namesOf(/\]\(([^)]+)\)/g);
  const code = namesOf(/`([^`\n]+)`/g).flatMap((text) => text.split(" "));
  const folders = "src|test|proto|gen|bench|scripts|docs|releases|schemas";
  const path = new RegExp(`^(?:(?:${folders})(?:/[\\w./-]*)?|[A-Z]+\\.md|[a-z]+\\.json)$`);
  const paths = [...links, ...code.filter((text) => path.test(text) && !added.test(text))];
  expect(paths.length).toBeGreaterThan(60);
  expect(paths.filter((name) => !existsSync(new URL(name, root)))).toEqual([]);
});

it("names scripts that package.json has", () => {
  const commands = new Set(namesOf(/\bpnpm ([a-z:]+)/g));
  for (const command of ["install", "add"]) commands.delete(command);
  expect(commands.size).toBeGreaterThan(15);
  expect([...commands].filter((name) => !Object.hasOwn(manifest.scripts, name))).toEqual([]);
});
