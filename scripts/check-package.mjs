// Packs the package as npm publishes it and uses it as a user does: publint, the types under every module
// resolution, and the README's example in an empty project with plain node.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const work = mkdtempSync(join(tmpdir(), "concord-package-"));
const largestTarball = 1_500_000;
/** What a user finds in the package. */
const belongs =
  /^package\/(dist\/(src|gen|node)\/.+\.(js|d\.ts)|proto\/.+\.proto|schemas\/.+\.(json|graphql)|docs\/.+\.md|[A-Z]+(\.md)?|package\.json)$/;

try {
  run("npm", ["pack", "--silent", "--pack-destination", work], root);
  const { name, version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const tarball = join(work, `${name.replace("@", "").replace("/", "-")}-${version}.tgz`);
  const { size } = statSync(tarball);
  console.log(`tarball: ${size.toLocaleString("en-US")} bytes`);
  if (size > largestTarball) throw new Error(`the tarball is larger than ${largestTarball} bytes`);

  const packed = execFileSync("tar", ["tzf", tarball], { encoding: "utf8" }).trim().split("\n");
  const strange = packed.filter((path) => !belongs.test(path));
  if (strange.length > 0) throw new Error(`the tarball has ${strange.join(", ")}`);

  run(join(root, "node_modules/.bin/publint"), ["run", tarball, "--strict"], root);
  run(join(root, "node_modules/.bin/attw"), [tarball, "--profile", "esm-only", "--quiet"], root);
  runExample(tarball);
} finally {
  rmSync(work, { recursive: true });
}

function runExample(tarball) {
  const project = join(work, "project");
  mkdirSync(project);
  writeFileSync(join(project, "package.json"), '{ "private": true, "type": "module" }\n');
  run("npm", ["install", "--silent", "--no-audit", "--no-fund", tarball], project);
  const { code, output: expected } = readmeExample();
  writeFileSync(join(project, "example.js"), code);
  const output = execFileSync("node", ["example.js"], { cwd: project, encoding: "utf8" });
  console.log(`the README's example prints:\n${output}`);
  if (output.trim() !== expected.trim()) throw new Error(`the README says:\n${expected}`);
  const { exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const files = ["gen/beamline/flow/v1/flow_codec", "gen/beamline/flow/v1/flow_pb"];
  const entries = Object.keys(exports).filter((path) => !/\*|json$|testing$/.test(path));
  const subpaths = [...entries.map((path) => path.slice(1)), ...files.map((path) => `/${path}`)];
  const imports = subpaths.map((path) => `await import("@concord/contracts${path}");`);
  imports.push('import.meta.resolve("@concord/contracts/proto/beamline/flow/v1/flow.proto");');
  const schema = "@concord/contracts/schemas/beamline.flow.v1.RouteRequest.json";
  imports.push(
    `const { default: schema } = await import("${schema}", { with: { type: "json" } });`,
  );
  imports.push('if (schema.title !== "RouteRequest") throw new Error("another schema");');
  imports.push('import.meta.resolve("@concord/contracts/package.json");');
  writeFileSync(join(project, "subpaths.js"), imports.join("\n"));
  run("node", ["subpaths.js"], project);
  runProperty(project);
  compileConsumer(project);
  runGenerator(project);
}

/** A property test with the arbitraries, for which the user installs fast-check. */
function runProperty(project) {
  const { devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const fastCheck = `fast-check@${devDependencies["fast-check"]}`;
  run("npm", ["install", "--silent", "--no-audit", "--no-fund", fastCheck], project);
  const source = `
    import fc from "fast-check";
    import { RouteRequest } from "@concord/contracts/beamline";
    import { validMessagesOf } from "@concord/contracts/testing";
    const requests = validMessagesOf(RouteRequest);
    fc.assert(fc.property(requests, (request) => RouteRequest.safeEncode(request).ok), { seed: 1 });
    console.log("100 random messages keep their rules");
  `;
  writeFileSync(join(project, "property.js"), source);
  run("node", ["property.js"], project);
}

/** Runs the plugin with a user's proto: without its framework it says what to install, with it it generates code. */
function runGenerator(project) {
  const plugin = join(project, "node_modules/.bin/protoc-gen-es-codec");
  const alone = spawnSync(plugin, { input: "", encoding: "utf8" });
  if (!alone.stderr.includes("npm install --save-dev @bufbuild/protoplugin")) {
    throw new Error(`without protoplugin the plugin says: ${alone.stderr}`);
  }
  const { version } = JSON.parse(
    readFileSync(join(root, "node_modules/@bufbuild/protoplugin/package.json"), "utf8"),
  );
  const packages = ["protoplugin", "protoc-gen-es"].map((name) => `@bufbuild/${name}@${version}`);
  run("npm", ["install", "--silent", "--no-audit", "--no-fund", ...packages], project);
  mkdirSync(join(project, "proto"));
  const proto =
    'syntax = "proto3"; package shop.v1; message User { string name = 1; map<string, int32> visits = 2; }';
  writeFileSync(join(project, "proto/user.proto"), proto);
  const opt = "opt: [target=js, import_extension=js]";
  const plugins = ["protoc-gen-es", "protoc-gen-es-codec"].map(
    (name) => `  - { local: node_modules/.bin/${name}, out: gen, ${opt} }`,
  );
  const template = ["version: v2", "inputs: [{ directory: proto }]", "plugins:", ...plugins];
  writeFileSync(join(project, "buf.gen.yaml"), `${template.join("\n")}\n`);
  run(join(root, "node_modules/.bin/buf"), ["generate"], project);
  const source = `
    import { create, toBinary } from "@bufbuild/protobuf";
    import { UserSchema } from "./gen/user_pb.js";
    import { UserCodec } from "./gen/user_codec.js";
    const user = create(UserSchema, { name: "Ada", visits: { shop: 3 } });
    const bytes = UserCodec.encode(user);
    if (Buffer.compare(bytes, toBinary(UserSchema, user)) !== 0) throw new Error("other bytes");
    console.log("a generated codec wrote", bytes.length, "bytes for", UserCodec.decode(bytes).name);
  `;
  writeFileSync(join(project, "user.js"), source);
  run("node", ["user.js"], project);
}

/** The errors of a user's compiler for the package's types, under the strictest settings. */
function compileConsumer(project) {
  const source = `
    import type { Contract } from "@concord/contracts";
    import { contracts } from "@concord/contracts/all";
    import { RouteRequest, type RouteRequestJson } from "@concord/contracts/beamline";
    import { MessageSchema } from "@concord/contracts/gen/beamline/flow/v1/flow_pb";
    export const json: RouteRequestJson = {
      message: { tenant_id: "a", message_type: "chat", payload: "x", timestamp_ms: 1 },
    };
    export const request: RouteRequest = contracts.get("beamline.flow.v1.RouteRequest").fromJson(json);
    export const millis: bigint = request.message?.timestampMs ?? 0n;
    export const same: boolean = RouteRequest.is(request) && MessageSchema.typeName.length > 0;
    export function nameOf(contract: Contract): string {
      return contract.typeName;
    }
  `;
  writeFileSync(join(project, "consumer.ts"), source);
  const strict = ["--strict", "--exactOptionalPropertyTypes", "--noUncheckedIndexedAccess"];
  const modern = ["--target", "es2022", "--lib", "es2022,dom", "--module", "nodenext"];
  const tsc = join(root, "node_modules/.bin/tsc");
  run(tsc, ["--noEmit", ...strict, ...modern, "consumer.ts"], project);
}

/** The README's example and the output that follows it. */
function readmeExample() {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const [, code, output] = /^```js\n(.*?)^```\n\n```text\n(.*?)^```$/ms.exec(readme);
  return { code, output };
}

function run(command, args, cwd) {
  execFileSync(command, args, { cwd, stdio: "inherit" });
}
