import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

/**
 * The documents' examples at the time of a release: `{ type, name, source, json }`. They are stored with
 * the release, so that later changes do not change its vectors.
 */
export async function documentExamples(root, version) {
  const path = join(root, `releases/${version}-examples.json`);
  if (!existsSync(path)) {
    const lines = (await readExamples(root)).map((example) => JSON.stringify(example));
    writeFileSync(path, `[\n${lines.join(",\n")}\n]\n`);
  }
  return JSON.parse(readFileSync(path, "utf8"));
}

async function readExamples(root) {
  const files = readdirSync(join(root, "src"), { recursive: true })
    .filter((file) => /(?:^|[\\/])examples\.ts$/.test(file))
    .sort();
  const modules = await Promise.all(files.map((file) => load(join(root, "src", file))));
  return modules
    .flatMap(({ examples = [] }) => examples)
    .map(({ name, source, contract, json }) => ({ type: contract.typeName, name, source, json }));
}

/** Imports a TypeScript file, bundled. */
export async function load(file) {
  const options = { bundle: true, format: "esm", platform: "node", write: false };
  const { outputFiles } = await build({ entryPoints: [file], ...options, logLevel: "error" });
  const code = Buffer.from(outputFiles[0].contents).toString("base64");
  return import(`data:text/javascript;base64,${code}`);
}

/** The examples of channels, for every message and reply. `forms` and `replyForms` are names of release 0.1.0. */
export function channelExamples(channels, subjects) {
  return channels.flatMap(
    ({ name, example, messages, replies = [], forms = [], replyForms = [] }) => {
      const pairs = [
        ...[...messages, ...forms].map((subject) => [subject, name, example?.message]),
        ...[...replies, ...replyForms].map((subject) => [subject, `${name} reply`, example?.reply]),
      ];
      return pairs.flatMap(([{ typeName }, label, json]) => {
        if (json === undefined || !subjects.has(typeName)) return [];
        return [{ type: typeName, name: `channel ${label}`, json }];
      });
    },
  );
}
