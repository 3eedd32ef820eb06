import { join } from "node:path";
import list from "../../systems.json" with { type: "json" };

/** What somebody would bundle with one library to do one task. */
export interface Contestant {
  readonly task: string;
  readonly library: string;
  /** The source text, whose imports resolve from a folder where all libraries are found. */
  readonly source: string;
}

/** A library that cannot do a task, and why. */
export interface LeftOutOfTask {
  readonly task: string;
  readonly library: string;
  readonly reason: string;
}

const systems = list.map(({ name }) => name);
const own = "@concord/contracts";

const message = "one message's codec";
const system = "one system's codecs";
const codecs = "all systems' codecs";
const json = "one system with JSON";
const rules = "one system with rules";
const everything = "everything";

/** The tasks, in the order of the table. One system is Leyline, one message its SystemStatePacket. */
export const weightTasks: readonly string[] = [message, system, codecs, json, rules, everything];

/** Who cannot do what. */
export const leftOutOfTasks: readonly LeftOutOfTask[] = [
  ...["pbf", "msgpackr", "cbor-x"].map((library) => ({
    task: json,
    library,
    reason: "it has no JSON of protobuf",
  })),
  ...["protobuf-es", "protobufjs", "ts-proto", "@protobuf-ts", "pbf", "msgpackr", "cbor-x"].flatMap(
    (library) =>
      [rules, everything].map((task) => ({
        task,
        library,
        reason: "it checks no rules by itself",
      })),
  ),
  ...weightTasks.flatMap((task) => [
    { task, library: "avsc", reason: "it needs modules of Node, which browsers do not have" },
    {
      task,
      library: "google-protobuf",
      reason: "its compiler on npm does not know the optional fields of proto3",
    },
  ]),
];

/** What the codecs of other libraries are in each task of codecs: the name of their generated code. */
const scopes = { [message]: "message", [system]: "system", [codecs]: "all" };

/** All bundles that are compared. The other libraries' generated code is in the folder. */
export function contestants(generated: string): Contestant[] {
  const code = (path: string): string => `export * from ${JSON.stringify(join(generated, path))};`;
  const protobufEs = (scope: string): string[] => [
    code(`protobuf-es/${scope}.ts`),
    'export { fromBinary, toBinary } from "@bufbuild/protobuf";',
  ];
  const withJson = (scope: string): string[] => [
    ...protobufEs(scope),
    'export { fromJsonString, toJsonString } from "@bufbuild/protobuf";',
  ];
  const withRules = (task: string, scope: string): Contestant[] => [
    contestant(task, "protobuf-es + protovalidate", [
      ...withJson(scope),
      'export { createValidator } from "@bufbuild/protovalidate";',
    ]),
    contestant(task, "protobuf-es + zod", [...withJson(scope), 'export { z } from "zod";']),
  ];
  return [
    contestant(message, "concord", [
      `export { SystemStatePacketCodec } from "${own}/codecs/leyline";`,
    ]),
    contestant(system, "concord", [`export * from "${own}/codecs/leyline";`]),
    contestant(
      codecs,
      "concord",
      systems.map((name) => `export * as ${name} from "${own}/codecs/${name}";`),
    ),
    ...Object.entries(scopes).flatMap(([task, scope]) => [
      contestant(task, "protobuf-es", protobufEs(scope)),
      contestant(task, "protobufjs", [code(`protobufjs/${scope}.js`)]),
      contestant(task, "ts-proto", [code(`ts-proto/${scope}.ts`)]),
      contestant(task, "pbf", [code(`pbf/${scope}.js`)]),
      contestant(task, "@protobuf-ts", [code(`protobuf-ts/${scope}.ts`)]),
      contestant(task, "msgpackr", ['export { Packr } from "msgpackr";']),
      contestant(task, "cbor-x", ['export { Encoder } from "cbor-x";']),
    ]),
    contestant(json, "concord", [`export * from "${own}/leyline";`]),
    contestant(json, "protobuf-es", withJson("system")),
    contestant(json, "protobufjs", [code("protobufjs-json/system.js")]),
    contestant(json, "ts-proto", [code("ts-proto-json/system.ts")]),
    contestant(json, "@protobuf-ts", [code("protobuf-ts/system.ts")]),
    contestant(rules, "concord", [`export * from "${own}/leyline";`]),
    ...withRules(rules, "system"),
    contestant(everything, "concord", [
      `export * from "${own}";`,
      ...systems.map((name) => `export * as ${name} from "${own}/${name}";`),
    ]),
    ...withRules(everything, "all"),
  ];
}

function contestant(task: string, library: string, lines: readonly string[]): Contestant {
  return { task, library, source: `${lines.join("\n")}\n` };
}
