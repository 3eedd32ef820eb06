// Mutation testing of the rules: changes them in one place at a time and counts how many changes the tests detect.
//
//   node scripts/mutate.mjs              every system, and the rules of contract/
//   node scripts/mutate.mjs sim leyline  only these
//   node scripts/mutate.mjs src/sim/data.ts   only this file
//
// The folder's own tests run first. If they do not detect enough, the tests of all contracts run on the rest.
// The exit code is 1 if the score is lower than stryker.config.json allows.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Stryker } from "@stryker-mutator/core";
import { readSystems } from "./generate-systems.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
process.chdir(root);
const { thresholds, ...settings } = JSON.parse(readFileSync("stryker.config.json", "utf8"));
const reports = "node_modules/.cache/concord-mutate";
mkdirSync(reports, { recursive: true });

/** Files without rules: exports, examples, channels and dialects. */
const apart = new Set([
  ...["index.ts", "examples.ts", "channels.ts", "dialect.ts", "contracts.ts"],
  ...["addresses.ts", "channel-examples.ts"],
]);
/** The rooms of contract/ that hold rules and conversions. */
const ofContract = ["rules", "interpreter"];
const folders = [...readSystems(root).map(({ name }) => name), "contract"];

const asked = process.argv.slice(2);
const lines = [];
for (const name of asked.length === 0 ? folders : asked) {
  const folder = name.includes("/") ? name.split("/")[1] : name;
  const files = name.includes("/") ? [name] : filesOf(folder);
  const results = await run(folder, files);
  const missed = results.filter(isMissed);
  const all = missed.length + results.filter(isNoticed).length;
  const scoreOf = ({ length }) => (100 * (all - length)) / all;
  const isEnough = scoreOf(missed) >= thresholds.high;
  const again = isEnough ? [] : await run(folder, missed.map(rangeOf), true);
  const noticed = new Set(again.filter(isNoticed).map(nameOf));
  const left = missed.filter((mutant) => !noticed.has(nameOf(mutant)));
  const score = scoreOf(left);
  lines.push(`${name}: ${score.toFixed(1)} %, ${all - left.length} of ${all} changes noticed`);
  writeFileSync(join(reports, `${name.replaceAll("/", "-")}.txt`), left.map(describe).join(""));
  if (score < thresholds.break) process.exitCode = 1;
}
console.log(`${lines.join("\n")}\nWhat was not noticed is listed in ${reports}/`);

function filesOf(folder) {
  const rooms = folder === "contract" ? ofContract : [""];
  return rooms.flatMap((room) =>
    readdirSync(join("src", folder, room), { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".ts") && !apart.has(basename(path)))
      .map((path) => join("src", folder, room, path)),
  );
}

function run(folder, mutate, wide = false) {
  process.env.MUTATED = folder;
  if (wide) process.env.MUTATED_WIDE = "1";
  else delete process.env.MUTATED_WIDE;
  const tempDirName = join(tmpdir(), `concord-mutate-${process.pid}`);
  // Undetected changes are not a failure until the second run.
  const unbroken = { ...thresholds, break: null };
  return new Stryker({ ...settings, mutate, tempDirName, thresholds: unbroken }).runMutationTest();
}

function isNoticed({ status }) {
  return status === "Killed" || status === "Timeout";
}

function isMissed({ status }) {
  return status === "Survived" || status === "NoCoverage";
}

function pathOf({ fileName }) {
  return fileName.slice(fileName.indexOf("src/"));
}

/** A mutant's position as Stryker expects it: lines from 1, columns from 0. */
function rangeOf(mutant) {
  const { start, end } = mutant.location;
  return `${pathOf(mutant)}:${start.line}:${start.column - 1}-${end.line}:${end.column - 1}`;
}

function nameOf(mutant) {
  return `${rangeOf(mutant)} ${mutant.mutatorName} ${mutant.replacement}`;
}

function describe(mutant) {
  const { start, end } = mutant.location;
  const rows = readFileSync(pathOf(mutant), "utf8")
    .split("\n")
    .slice(start.line - 1, end.line);
  const text = rows.length > 1 ? rows : [rows[0].slice(start.column - 1, end.column - 1)];
  const [first, last] = [text[0].trim(), text.at(-1).trim()];
  const shown = rows.length > 1 ? `${first} … ${last}` : first;
  const place = `${pathOf(mutant)}:${start.line}:${start.column}`;
  return `${place} ${mutant.mutatorName}: ${shown} -> ${mutant.replacement}\n`;
}
