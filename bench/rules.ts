import { createRegistry, fromJsonString, toJsonString } from "@bufbuild/protobuf";
import { contracts } from "../src/index.js";
import { readArguments } from "./arguments.js";
import { type CodecCase, createCodecCases } from "./codec-cases.js";
import { prepare } from "./codec-check.js";
import { loadPeers, type Peer } from "./codec-peers.js";
import { type Effort, forEach, measure, type Task } from "./measure.js";
import { showProgress } from "./progress.js";

const usage = `usage: node bench/run.mjs rules [--best] [--only TEXT]

  --best       the best batches instead of the medians: for a busy machine
  --only TEXT  only messages whose name has TEXT in it`;

const effort: Effort = {
  rounds: 15,
  batch: 6,
  warmUp: 200,
  steady: { slowness: 1.07, settling: 2, attempts: 30 },
};

/** What our doors are compared with, and how: at most so many times as long, or at least so many times as fast. */
interface Comparison {
  readonly door: string;
  readonly ours: Task;
  readonly other: string;
  readonly task: Task;
  readonly most: number;
}

/** Compares the checking doors with what does less. The exit code is 2 for wrong arguments, otherwise 0. */
export async function main(args: readonly string[], generated: URL): Promise<number> {
  const options = readOptions(args);
  if (options === undefined) return 2;
  const peers = await loadPeers(generated);
  const cases = createCodecCases().filter(
    ({ name }) => measured.has(name) && name.toLowerCase().includes(options.only.toLowerCase()),
  );
  const rows = cases.flatMap((codecCase) =>
    compare(codecCase, peers).map((comparison) => ({ name: codecCase.name, ...comparison })),
  );
  const tasks = [...new Set(rows.flatMap(({ ours, task }) => [ours, task]))];
  const figures = measure(tasks, effort, showProgress);
  const timeOf = (task: Task): number =>
    figures[tasks.indexOf(task)]?.[options.best ? "best" : "median"] ?? 0;
  console.log(
    `${options.best ? "Best batch" : "Median"}, in nanoseconds for one message. Every door of ours enforces all rules.\n`,
  );
  for (const name of new Set(rows.map((row) => row.name))) {
    console.log(name);
    for (const { door, ours, other, task, most } of rows.filter((row) => row.name === name)) {
      const [mine, theirs] = [timeOf(ours), timeOf(task)];
      const verdict = mine / theirs <= most ? "ok" : "SHORT";
      console.log(
        `  ${door.padEnd(16)}${nanoseconds(mine)}  ${other.padEnd(26)}${nanoseconds(theirs)}  x ${(mine / theirs).toFixed(2)} of ${most.toFixed(2)}  ${verdict}`,
      );
    }
  }
  return 0;
}

/** The messages whose JSON doors are compared; the largest one's binary doors too. */
const packet = "SystemStatePacket, 10 seeds x 5 metrics";
const measured: ReadonlySet<string> = new Set([
  packet,
  "RouteRequest",
  "Event, GAME_STATE in an Any",
  "MessageEnvelope, response with a Struct",
  "Envelope, DataExchange of 100 signals",
]);

function compare(codecCase: CodecCase, peers: readonly Peer[]): Comparison[] {
  const { contract, encoded, name } = codecCase;
  const { schema } = contract;
  const registry = createRegistry(...[...contracts].map((known) => known.schema));
  const messages = encoded.map((bytes) => contract.decode(bytes));
  const texts = messages.map((message) => contract.toJsonText(message));
  const objects = texts.map((text): unknown => JSON.parse(text));
  const protoTexts = messages.map((message) => toJsonString(schema, message, { registry }));
  const fromText = forEach(texts, (text) => contract.fromJsonText(text));
  const comparisons: Comparison[] = [
    {
      door: "from JSON text",
      ours: fromText,
      other: "JSON.parse",
      task: forEach(texts, (text) => JSON.parse(text)),
      most: 2,
    },
    {
      door: "from JSON text",
      ours: fromText,
      other: "protobuf-es, no rules",
      task: forEach(protoTexts, (text) => fromJsonString(schema, text, { registry })),
      most: 1 / 2.5,
    },
    {
      door: "to JSON text",
      ours: forEach(messages, (message) => contract.toJsonText(message)),
      other: "JSON.stringify",
      task: forEach(objects, (object) => JSON.stringify(object)),
      most: 1.5,
    },
  ];
  if (name !== packet) return comparisons;
  const protobufjs = peers.find((peer) => peer.name === "protobufjs");
  if (protobufjs === undefined) throw new Error("there is no protobufjs");
  const peer = prepare(protobufjs, codecCase);
  return [
    ...comparisons,
    {
      door: "check",
      ours: forEach(messages, (message) => contract.check(message)),
      other: "protobufjs decode",
      task: forEach(peer.encoded, (bytes) => peer.operations.decode(bytes)),
      most: 0.5,
    },
    {
      door: "encode",
      ours: forEach(messages, (message) => contract.encode(message, { budget: false })),
      other: "protobufjs, no rules",
      task: forEach(peer.messages, (message) => peer.operations.encode(message)),
      most: 1,
    },
  ];
}

function nanoseconds(time: number): string {
  return Math.round(time).toLocaleString("en").padStart(8);
}

function readOptions(args: readonly string[]): { best: boolean; only: string } | undefined {
  const values = readArguments(
    args,
    {
      best: { type: "boolean", default: false },
      only: { type: "string", default: "" },
    },
    usage,
  );
  return values;
}
