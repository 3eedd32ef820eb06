import { readFileSync } from "node:fs";
import { ExecResult, RouteDecision, RouteRequest } from "../../src/beamline/index.js";
import type { AnyContract } from "../../src/contract/contract.js";
import { Event } from "../../src/jimbot/index.js";
import { examples } from "../../src/leyline/examples.js";
import {
  AdaptationCommand,
  EventEnvelope,
  StructuralPruningRequest,
  SystemStatePacket,
  TelemetryPacket,
} from "../../src/leyline/index.js";
import { MessageEnvelope } from "../../src/pitboss/index.js";
import { Envelope } from "../../src/sim/index.js";
import { frameRuns, packetsOf } from "../frame-runs.js";
import { createRandom, type Random } from "../random.js";
import { vary } from "../vary.js";
import {
  dataExchange,
  eventEnvelope,
  execResult,
  foreignRouteRequest,
  fullStatePacket,
  gameStateEvent,
  pitbossResponse,
  plainStatePacket,
  routeDecision,
  routeRequest,
  smallStatePacket,
  variedStatePacket,
} from "./messages.js";

/** One kind of message that all libraries write and read. */
export interface SuiteCase {
  /** What `--case` and the figures call it. */
  readonly id: string;
  readonly title: string;
  readonly contract: AnyContract;
  /** The messages, all different, in canonical protobuf. */
  readonly encoded: readonly Uint8Array[];
  /**
   * Whether the messages keep the rules. The largest packets have more seeds than the rules allow: they can
   * only be encoded and decoded.
   */
  readonly keepsRules: boolean;
  /** True when the quick mode measures it. */
  readonly headline: boolean;
  /** How many seeds, where the case is part of the scale. */
  readonly seeds?: number;
}

/** The maximum number of messages of a case, and of the bytes of all of them. */
const maxMessages = 64;
const maxBytes = 2_600_000;

type Make = (random: Random, index: number) => Uint8Array;

/** A case without its messages. */
interface Row extends Pick<SuiteCase, "id" | "title" | "contract" | "seeds"> {
  readonly make: Make;
}

/** The cases of the quick mode. */
const headlines: ReadonlySet<string> = new Set([
  "state-1",
  "state-10",
  "envelope",
  "route-request",
  "game-state",
  "pitboss",
  "exchange-10",
]);

/** The makers of messages that are given as wire JSON. */
function fromWireJson(contract: AnyContract, make: (random: Random) => unknown): Make {
  return (random) => contract.codec.encode(contract.fromJson(make(random)));
}

/** Variants of one message: of a file in `fixtures`, or of an example of the documents. */
function variantsOf(contract: AnyContract, json: unknown): Make {
  return (_random, index) => contract.codec.encode(contract.fromJson(vary(json, index)));
}

/** A packet of as many packets of ten seeds as it takes. */
function packetOf(seeds: number): Make {
  return (random) => {
    const make = () => SystemStatePacket.fromJson(fullStatePacket(random));
    const others = Array.from({ length: seeds / 10 - 1 }, make);
    const packet = make();
    packet.seedStates.push(...others.flatMap(({ seedStates }) => seedStates));
    for (const [index, seed] of packet.seedStates.entries()) {
      seed.seedId = `seed-L${12 + (index % 10)}-${index.toString().padStart(4, "0")}`;
    }
    return SystemStatePacket.codec.encode(packet);
  };
}

function rowsOf(fixtures: URL): Row[] {
  const fixture = (name: string): unknown =>
    JSON.parse(readFileSync(new URL(`${name}.json`, fixtures), "utf8"));
  const telemetry = examples.find(({ contract }) => contract === TelemetryPacket)?.json;
  const row = (
    id: string,
    title: string,
    contract: AnyContract,
    make: (random: Random) => unknown,
  ): Row => ({ id, title, contract, make: fromWireJson(contract, make) });
  const variants = (id: string, title: string, contract: AnyContract, json: unknown): Row => {
    return { id, title, contract, make: variantsOf(contract, json) };
  };
  const state = (id: string, title: string, make: (random: Random) => unknown): Row =>
    row(id, `SystemStatePacket, ${title}`, SystemStatePacket, make);
  const large = (seeds: number): Row => {
    const title = `SystemStatePacket, ${seeds.toLocaleString("en-US")} seeds x 5 metrics`;
    return {
      id: `state-${seeds}`,
      title,
      contract: SystemStatePacket,
      make: packetOf(seeds),
      seeds,
    };
  };
  const exchange = (signals: number): Row => {
    const title = `DataExchange, ${signals.toLocaleString("en-US")} signals`;
    return row(`exchange-${signals}`, title, Envelope, (random) => dataExchange(random, signals));
  };
  return [
    state("state-1", "1 seed", smallStatePacket),
    state("state-10-plain", "10 seeds, no metrics", plainStatePacket),
    { ...state("state-10", "10 seeds x 5 metrics", fullStatePacket), seeds: 10 },
    state("state-10-varied", "10 seeds, varying map keys", variedStatePacket),
    large(100),
    large(1_000),
    large(10_000),
    variants("command", "AdaptationCommand", AdaptationCommand, fixture("command")),
    row("envelope", "EventEnvelope, 200-byte payload", EventEnvelope, eventEnvelope),
    variants(
      "pruning",
      "StructuralPruningRequest, 10 layers x 64",
      StructuralPruningRequest,
      fixture("pruning-request"),
    ),
    variants("telemetry", "TelemetryPacket", TelemetryPacket, telemetry),
    row("route-request", "RouteRequest", RouteRequest, routeRequest),
    row("route-decision", "RouteDecision", RouteDecision, routeDecision),
    row("exec-result", "ExecResult", ExecResult, execResult),
    row("game-state", "Event, GAME_STATE in an Any", Event, gameStateEvent),
    row("pitboss", "MessageEnvelope, response", MessageEnvelope, pitbossResponse),
    exchange(10),
    exchange(1_000),
    row("non-ascii", "RouteRequest, text of many scripts", RouteRequest, foreignRouteRequest),
    runRow(),
  ];
}

/** The id of the case whose messages also travel as compact frames. */
export const framesCase = "frames";

/** What is known of a case before its messages are made. */
export type CaseName = Pick<SuiteCase, "id" | "title" | "headline">;

/** The names of all cases, in their order; no message is made for it. */
export function suiteCaseNames(fixtures: URL): CaseName[] {
  return rowsOf(fixtures).map(nameOf);
}

/** A filter for the case with this id, or else for those with the text in their id or title. */
export function namedLike(text: string, names: readonly CaseName[]): (name: CaseName) => boolean {
  const wanted = text.toLowerCase();
  if (names.some(({ id }) => id === wanted)) return ({ id }) => id === wanted;
  return ({ id, title }) => id.includes(wanted) || title.toLowerCase().includes(wanted);
}

/**
 * Makes the cases that pass the filter, always of the same messages. `fixtures` is the folder of the
 * documents' own messages.
 */
export function createSuiteCases(
  fixtures: URL,
  filter: (name: CaseName) => boolean = () => true,
): SuiteCase[] {
  return rowsOf(fixtures).flatMap((row, index) =>
    filter(nameOf(row)) ? [toCase(row, createRandom(index + 1))] : [],
  );
}

function nameOf({ id, title }: Row): CaseName {
  return { id, title, headline: headlines.has(id) };
}

function toCase(row: Row, random: Random): SuiteCase {
  const { contract, make, seeds } = row;
  const encoded = [make(random, 0)];
  const size = encoded[0]?.length ?? 1;
  const count = Math.min(maxMessages, Math.max(1, Math.floor(maxBytes / size)));
  for (let index = 1; index < count; index++) encoded.push(make(random, index));
  const keepsRules = encoded.every((bytes) => contract.safeDecode(bytes).ok);
  const common = { ...nameOf(row), contract, encoded, keepsRules };
  return seeds === undefined ? common : { ...common, seeds };
}

/** Packets of one run, one after another: what compact frames are made for. */
function runRow(): Row {
  const [run] = frameRuns;
  if (run === undefined) throw new Error("there is no run of packets");
  const packets = packetsOf(run, maxMessages, createRandom(1));
  return {
    id: framesCase,
    title: "SystemStatePacket, 10 seeds of one run, as compact frames",
    contract: SystemStatePacket,
    make() {
      const { value } = packets.next();
      if (value === undefined) throw new Error("the run has ended");
      return SystemStatePacket.codec.encode(value);
    },
  };
}
