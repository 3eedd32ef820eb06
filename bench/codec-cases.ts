import { ExecResult, RouteRequest } from "../src/beamline/index.js";
import type { AnyContract } from "../src/contract/contract.js";
import { Event } from "../src/jimbot/index.js";
import { EventEnvelope, SystemStatePacket } from "../src/leyline/index.js";
import { MessageEnvelope } from "../src/pitboss/index.js";
import { Envelope } from "../src/sim/index.js";
import {
  dataExchange,
  eventEnvelope,
  execResult,
  fullStatePacket,
  gameStateEvent,
  type MakeMessage,
  pitbossResponse,
  routeRequest,
  smallStatePacket,
  variedStatePacket,
} from "./codec-messages.js";
import { createRandom } from "./random.js";

/** How many times as fast as other codecs ours is to be. */
export interface Target {
  /** Protobuf-es. */
  readonly reference: number;
  /** The fastest protobuf library but ours, in this case and direction. */
  readonly fastest: number;
}

/** One kind of message that all codecs encode and decode. */
export interface CodecCase {
  readonly name: string;
  readonly contract: AnyContract;
  /** The encoded messages, all different. */
  readonly encoded: readonly Uint8Array[];
  readonly targets: { readonly encode: Target; readonly decode: Target };
}

/** How many different messages each case has. */
export const messageCount = 64;

type Row = readonly [
  name: string,
  contract: AnyContract,
  make: MakeMessage,
  encode: readonly [reference: number, fastest: number],
  decode: readonly [reference: number, fastest: number],
];

const rows: readonly Row[] = [
  [
    "SystemStatePacket, 10 seeds x 5 metrics",
    SystemStatePacket,
    fullStatePacket,
    [6, 4],
    [5.5, 3.2],
  ],
  ["SystemStatePacket, varying map keys", SystemStatePacket, variedStatePacket, [4, 2.5], [3, 1.8]],
  ["SystemStatePacket, 1 seed", SystemStatePacket, smallStatePacket, [6, 2.8], [5, 2.2]],
  ["EventEnvelope, 200-byte payload", EventEnvelope, eventEnvelope, [4, 2.2], [3.3, 1.25]],
  ["RouteRequest", RouteRequest, routeRequest, [3.5, 2], [3, 1.5]],
  ["ExecResult", ExecResult, execResult, [3.5, 2], [3, 1.5]],
  ["Event, GAME_STATE in an Any", Event, gameStateEvent, [3.5, 2], [3, 1.5]],
  ["MessageEnvelope, response with a Struct", MessageEnvelope, pitbossResponse, [3.5, 2], [3, 1.5]],
  ["Envelope, DataExchange of 100 signals", Envelope, dataExchange, [3.5, 2], [3, 1.5]],
];

/** Makes the cases: always the same messages. */
export function createCodecCases(): CodecCase[] {
  return rows.map(([name, contract, make, encode, decode], index) => {
    const random = createRandom(index + 1);
    const encoded = Array.from({ length: messageCount }, () =>
      contract.codec.encode(contract.fromJson(make(random))),
    );
    const targets = { encode: toTarget(encode), decode: toTarget(decode) };
    return { name, contract, encoded, targets };
  });
}

function toTarget([reference, fastest]: readonly [number, number]): Target {
  return { reference, fastest };
}
