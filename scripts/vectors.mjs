// Records the behaviour of a release in test/vectors/<version>: for every message type valid messages,
// damaged JSON, damaged bytes and wrong values, each with the outcome of every method. Runs the packed
// release, never the source. Writes the same files every time: all random choices have fixed seeds.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { channelExamples, documentExamples, load } from "./vectors/examples.mjs";
import { ownCases } from "./vectors/own-cases.mjs";
import { ownExamples } from "./vectors/own-examples.mjs";
import { createVectors } from "./vectors/type-vectors.mjs";

const version = "0.1.0";
/** The versions that the release was tested with. Other versions of zod may order issues differently. */
const packages = ["zod@4.6.7", "@bufbuild/protobuf@2.17.0", "fast-check@4.10.2"];
const systems = ["sim", "jimbot", "pitboss", "beamline", "leyline"];

const root = fileURLToPath(new URL("..", import.meta.url));
const target = join(root, "test/vectors", version);
const project = mkdtempSync(join(tmpdir(), "concord-vectors-"));
try {
  const release = await install();
  const { observe } = await load(join(root, "test/vectors/observe.ts"));
  const examples = [
    ...(await documentExamples(root, version)),
    ...ownExamples,
    ...channelExamples(release.channels, release.subjects),
  ];
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target);
  const texts = new Map();
  const sorted = [...release.subjects.values()].sort((a, b) => (a.typeName < b.typeName ? -1 : 1));
  for (const subject of sorted) {
    const isOfType = ({ type }) => type === subject.typeName;
    const given = { examples: examples.filter(isOfType), own: ownCases.filter(isOfType) };
    const vectors = createVectors({ ...release, ...given, subject, observe });
    const file = fileOf(subject.typeName);
    texts.set(file, [...(texts.get(file) ?? []), textOf(subject.typeName, vectors)]);
  }
  for (const [file, types] of texts)
    writeFileSync(join(target, file), `[\n${types.join(",\n")}\n]\n`);
} finally {
  rmSync(project, { recursive: true });
}

/** Installs the release in an empty project, as a user does. */
async function install() {
  const tarball = join(root, `releases/concord-contracts-${version}.tgz`);
  writeFileSync(join(project, "package.json"), '{ "private": true, "type": "module" }\n');
  const options = ["--silent", "--no-audit", "--no-fund"];
  execFileSync("npm", ["install", ...options, tarball, ...packages], {
    cwd: project,
    stdio: "inherit",
  });
  const { resolve } = createRequire(join(project, "package.json"));
  const entry = (name) => import(pathToFileURL(resolve(name)));
  const { contracts } = await entry("@concord/contracts");
  const testing = await entry("@concord/contracts/testing");
  const { default: fc } = await entry("fast-check");
  const entries = await Promise.all(systems.map((name) => entry(`@concord/contracts/${name}`)));
  const jsonOnly = entries.flatMap((exports) => Object.values(exports)).filter(isJsonOnly);
  return {
    fc,
    testing,
    channels: entries.flatMap(({ channels }) => channels),
    subjects: new Map([...contracts, ...jsonOnly].map((subject) => [subject.typeName, subject])),
  };
}

function isJsonOnly(value) {
  if (typeof value !== "object" || value === null) return false;
  return "typeName" in value && "fromJson" in value && !("schema" in value);
}

/** A file for each proto package, and one for the messages of a system that exist in JSON only. */
function fileOf(typeName) {
  const [name] = /^.*\.v\d+(?=\.)/.exec(typeName) ?? typeName.split(".");
  return `${name}.json`;
}

/** One case per line, for readable diffs. */
function textOf(type, vectors) {
  const sections = Object.entries(vectors).map(([name, cases]) => {
    const lines = cases.map((one) => JSON.stringify(one));
    return `"${name}": [${lines.length === 0 ? "" : `\n${lines.join(",\n")}\n`}]`;
  });
  return `{\n"type": "${type}",\n${sections.join(",\n")}\n}`;
}
