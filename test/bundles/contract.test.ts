import { type DescFile, fromBinary } from "@bufbuild/protobuf";
import { base64Decode } from "@bufbuild/protobuf/wire";
import { FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Consumer, createConsumer } from "../../bench/weight/consumer.js";
import { projectFolder } from "../../bench/weight/project.js";
import { contracts } from "../../src/all.js";
import { bundlers } from "./bundlers.js";

let consumer: Consumer;
beforeAll(async () => {
  consumer = await createConsumer(projectFolder());
}, 60_000);
afterAll(() => consumer.dispose());

/** The files whose descriptors stand in a bundle, as base64 texts. */
function descriptorsIn(code: string): string[] {
  const texts = code.match(/(["'`])[A-Za-z0-9+/]{40,}={0,2}\1/g) ?? [];
  return texts
    .map((text) => {
      try {
        return fromBinary(FileDescriptorProtoSchema, base64Decode(text.slice(1, -1))).name;
      } catch {
        return "";
      }
    })
    .filter((name) => /^[a-z][\w/]*\.proto$/.test(name) && !name.startsWith("google/"))
    .map((name) => name.slice(0, -".proto".length))
    .sort();
}

/**
 * The names of a file and of all that it imports, those of Google excepted: protobuf-es has them. Every
 * contract reads its budget, so the option's file is always there.
 */
function withImports(file: DescFile, seen = new Set(["concord/options/v1/budget"])): Set<string> {
  if (file.name.startsWith("google/") || seen.has(file.name)) return seen;
  seen.add(file.name);
  for (const dependency of file.dependencies) withImports(dependency, seen);
  return seen;
}

/** Names of messages of other files that a bundle has. */
function strangersIn(code: string, files: ReadonlySet<string>): string[] {
  return [...contracts]
    .filter(({ schema }) => !files.has(schema.file.name))
    .map(({ typeName }) => typeName)
    .filter((name) => code.includes(`"${name}"`) || code.includes(`\`${name}\``));
}

const cases = [
  ["esbuild", "sim", "SimulationStatus", "sim.v1.SimulationStatus"],
  ["esbuild", "jimbot", "MetricEvent", "jimbot.events.v1.MetricEvent"],
  ["esbuild", "pitboss", "Workflow", "pitboss.v1.Workflow"],
  ["esbuild", "beamline", "RouteDecision", "beamline.flow.v1.RouteDecision"],
  ["esbuild", "leyline", "CheckpointMetadata", "esper.leyline.v1.CheckpointMetadata"],
  ["esbuild", "leyline/compact", "StateFrame", "esper.leyline.compact.v1.StateFrame"],
  ["vite", "beamline", "RouteDecision", "beamline.flow.v1.RouteDecision"],
  ["webpack", "beamline", "RouteDecision", "beamline.flow.v1.RouteDecision"],
] as const;

describe("a bundle of one contract", () => {
  it.each(cases)(
    "made by %s of /%s %s holds its file and what that imports",
    async (bundler, entry, name, typeName) => {
      const source = `import { ${name} } from "@concord/contracts/${entry}"; globalThis.contract = ${name}.fromJsonText;`;
      const code = (await bundlers[bundler]?.(source, consumer.folder)) ?? "";
      const contract = contracts.get(typeName);
      const files = withImports(contract.schema.file);
      const inside = descriptorsIn(code);
      expect(inside).toContain(contract.schema.file.name);
      expect(inside.filter((file) => !files.has(file))).toEqual([]);
      expect(strangersIn(code, files)).toEqual([]);
    },
  );

  it("would show the descriptors of a whole system", async () => {
    const source = 'export * from "@concord/contracts/beamline";';
    const code = (await bundlers["esbuild"]?.(source, consumer.folder)) ?? "";
    expect(descriptorsIn(code).length).toBeGreaterThan(5);
    expect(strangersIn(code, new Set()).length).toBeGreaterThan(20);
  });
});
