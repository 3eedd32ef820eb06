import { readFileSync } from "node:fs";
import { examples as beamline } from "../src/beamline/examples.js";
import type { AnyContract } from "../src/contract/contract.js";
import type { Example } from "../src/contract/example.js";
import { examples as jimbot } from "../src/jimbot/examples.js";
import { examples } from "../src/leyline/examples.js";
import {
  AdaptationCommand,
  EventEnvelope,
  StructuralPruningRequest,
  SystemStatePacket,
  TelemetryPacket,
} from "../src/leyline/index.js";
import { examples as pitboss } from "../src/pitboss/examples.js";
import { examples as sim } from "../src/sim/examples.js";

/** One message whose cost is measured. */
export interface Case {
  readonly system: string;
  readonly name: string;
  readonly contract: AnyContract;
  /** The wire JSON of the message. */
  readonly json: unknown;
  /** Its exact encoded size. */
  readonly bytes: number;
}

/** The Leyline document's benchmark rows, with the figures of their fixtures. */
const rows: readonly [string, AnyContract, string, number][] = [
  ["SystemStatePacket, 1 seed, 5 metrics", SystemStatePacket, "state-1-seed", 277],
  ["SystemStatePacket, 10 seeds, 5 metrics", SystemStatePacket, "state-10-seeds", 619],
  ["SystemStatePacket, 10 seeds x 5 metrics", SystemStatePacket, "state-10-seeds-metrics", 1479],
  ["AdaptationCommand, single command", AdaptationCommand, "command", 219],
  ["EventEnvelope, 200-byte payload", EventEnvelope, "envelope", 437],
  ["StructuralPruningRequest, 10 layers x 64", StructuralPruningRequest, "pruning-request", 8407],
];

/** The document has no benchmark row for it, but its size is bounded. */
const telemetry = examples.filter(({ contract }) => contract === TelemetryPacket);

/** Every case of the benchmark: the Leyline rows, then the documents' own examples. */
export function loadCases(folder: URL): Case[] {
  const leyline = rows.map(([name, contract, file, bytes]) => {
    const text = readFileSync(new URL(`${file}.json`, folder), "utf8");
    const json: unknown = JSON.parse(text);
    return { system: "leyline", name, contract, json, bytes };
  });
  return [
    ...leyline,
    ...fromExamples("leyline", telemetry),
    ...fromExamples("beamline", beamline),
    ...fromExamples("jimbot", jimbot),
    ...fromExamples("pitboss", pitboss),
    ...fromExamples("sim", sim),
  ];
}

function fromExamples(system: string, examples: readonly Example[]): Case[] {
  return examples.map(({ name, contract, json, bytes }) => {
    const type = contract.typeName.slice(contract.typeName.lastIndexOf(".") + 1);
    return { system, name: name === type ? name : `${type}, ${name}`, contract, json, bytes };
  });
}
