// Writes the JSON Schema of every contract to schemas/, those of messages that exist in JSON only included,
// and beside them JimBot's OpenAPI document and its GraphQL schema. With --check it changes nothing and fails
// if a file is not up to date.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = join(root, "schemas");
const { contracts, toJsonSchema, sim, jimbot, beamline } = await loadPackage();
const files = new Map([
  ...[...contracts, ...[sim, jimbot, beamline].flatMap(jsonContractsOf)].map((contract) => [
    `${contract.typeName}.json`,
    textOf(toJsonSchema(contract)),
  ]),
  ["openapi/jimbot.json", textOf(jimbot.jimbotOpenApi())],
  ["graphql/jimbot.graphql", jimbot.knowledgeGraphqlSchema],
]);
mkdirSync(folder, { recursive: true });
const present = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
const stale = present.filter((name) => !files.has(name));
const changed = [...files].filter(([name, text]) => !present.includes(name) || read(name) !== text);

if (process.argv.includes("--check")) {
  const names = [...stale, ...changed.map(([name]) => name)];
  if (names.length > 0) {
    console.error(
      `schemas/ is not what the contracts give: ${names.join(", ")}\nRun: pnpm schemas`,
    );
    process.exitCode = 1;
  }
} else {
  for (const name of stale) rmSync(join(folder, name));
  for (const [name, text] of changed) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  console.log(
    `schemas/: ${files.size} schemas, ${changed.length} written, ${stale.length} removed`,
  );
}

/** The contracts of an entry whose messages exist in JSON only. */
function jsonContractsOf(entry) {
  return Object.values(entry).filter(
    (value) => value?.definition !== undefined && value.codec === undefined && value.safeFromJson,
  );
}

function textOf(schema) {
  return `${JSON.stringify(schema, null, 2)}\n`;
}

function read(name) {
  return readFileSync(join(folder, name), "utf8");
}

/** Imports the current sources. The bundle is in node_modules, so that it finds its dependencies. */
async function loadPackage() {
  const cache = join(root, "node_modules", ".cache", `concord-schemas-${process.pid}`);
  const outfile = join(cache, "index.mjs");
  try {
    await build({
      stdin: {
        contents: `export { contracts } from "./src/all.ts"; export { toJsonSchema } from "./src/index.ts"; export * as sim from "./src/sim/index.ts"; export * as jimbot from "./src/jimbot/index.ts"; export * as beamline from "./src/beamline/index.ts";`,
        resolveDir: root,
        loader: "ts",
      },
      outfile,
      bundle: true,
      platform: "node",
      format: "esm",
      external: ["zod", "zod/mini", "@bufbuild/protobuf"],
      logLevel: "error",
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(cache, { recursive: true, force: true });
  }
}
