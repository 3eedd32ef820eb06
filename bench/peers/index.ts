import { createAvsc } from "./avsc.js";
import { createCbor } from "./cbor.js";
import { concord, sharedMemory } from "./concord.js";
import { type EncodingPeer, guarded } from "./contender.js";
import { frames } from "./frames.js";
import { loadGenerated } from "./generated.js";
import { gzip } from "./gzip.js";
import { json } from "./json.js";
import { createMsgpackr } from "./msgpackr.js";
import { protobufEs } from "./protobuf-es.js";

/** The libraries of other formats, which the module `formats.mjs` gives. */
interface Formats {
  readonly avsc: typeof import("avsc");
  readonly cborX: typeof import("cbor-x");
  readonly msgpackr: typeof import("msgpackr");
}

/**
 * All that write messages: ours first, then the other protobuf libraries, then other formats. The
 * folder is the one that `generatePeers` gives. Opening one for a case never throws: what goes wrong is
 * the reason why it cannot take part.
 */
export async function loadPeers(folder: URL): Promise<EncodingPeer[]> {
  const formats: Formats = await import(new URL("formats.mjs", folder).href);
  const peers = [
    ...[concord, sharedMemory, protobufEs, ...(await loadGenerated(folder)), json],
    ...[...createMsgpackr(formats.msgpackr), createCbor(formats.cborX), createAvsc(formats.avsc)],
    ...[frames, gzip],
  ];
  return peers.map(guarded);
}
