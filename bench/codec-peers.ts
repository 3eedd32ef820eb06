import { fromBinary, ScalarType, toBinary } from "@bufbuild/protobuf";
import type { AnyContract } from "../src/contract/contract.js";

/** The part that a library has in the comparison; `other` ones have a format of their own. */
export type PeerKind = "ours" | "reference" | "protobuf" | "other";

/** What a library does with one message type. */
export interface Operations {
  encode(message: unknown): Uint8Array;
  decode(bytes: Uint8Array): unknown;
  /** Decodes to a message that keeps views of the bytes, as most libraries always do. */
  decodeAliased?(bytes: Uint8Array): unknown;
}

/** A library whose codecs are compared. */
export interface Peer {
  readonly name: string;
  readonly kind: PeerKind;
  /** The package whose messages it takes part in. Default all. */
  readonly only?: string;
  /** Message types that it cannot carry without loss, and why. */
  readonly leftOut?: Readonly<Record<string, string>>;
  open(contract: AnyContract): Operations;
}

const ours: Peer = {
  name: "concord",
  kind: "ours",
  open({ codec, schema }) {
    const operations: Operations = {
      encode: (message) => codec.encodePooled(message),
      decode: (bytes) => codec.decode(bytes),
    };
    if (schema.fields.every(({ scalar }) => scalar !== ScalarType.BYTES)) return operations;
    return { ...operations, decodeAliased: (bytes) => codec.decode(bytes, { alias: true }) };
  },
};

const protobufEs: Peer = {
  name: "protobuf-es",
  kind: "reference",
  open: ({ schema }) => ({
    encode: (message) => toBinary(schema, message),
    decode: (bytes) => fromBinary(schema, bytes),
  }),
};

const oneof = "writes every member of a oneof that it has read";
const lostByPbf = {
  "esper.leyline.v1.SystemStatePacket": "reads a uint64 as a double and loses its last digits",
  "pitboss.v1.MessageEnvelope": oneof,
  "sim.v1.Envelope": oneof,
};

/** What a generated module exports. Each message type has functions, and so call sites, of its own. */
interface GeneratedModule {
  readonly codecs: Readonly<Record<string, Operations>>;
}

/** Msgpackr has no schemas; it learns the shapes of the messages. */
interface MsgpackrModule {
  createCodec(): Operations;
}

/** All peers, ours first, with the code that was generated into the folder. */
export async function loadPeers(folder: URL): Promise<Peer[]> {
  const file = (name: string): string => new URL(`${name}.mjs`, folder).href;
  const msgpackr: MsgpackrModule = await import(file("msgpackr"));
  return [
    ours,
    protobufEs,
    generatedPeer("protobufjs", await import(file("protobufjs"))),
    generatedPeer("ts-proto", await import(file("ts-proto"))),
    { ...generatedPeer("pbf", await import(file("pbf"))), leftOut: lostByPbf },
    {
      name: "msgpackr",
      kind: "other",
      only: "esper.leyline.",
      open: () => msgpackr.createCodec(),
    },
  ];
}

function generatedPeer(name: string, { codecs }: GeneratedModule): Peer {
  return {
    name,
    kind: "protobuf",
    open({ typeName }) {
      const operations = codecs[typeName];
      if (operations === undefined) throw new Error(`no code of ${name} for ${typeName}`);
      return operations;
    },
  };
}
