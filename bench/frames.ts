import { gzipSync } from "node:zlib";
import { FLOAT32_OPTIONS, Packr } from "msgpackr";
import { createFrameReader, createFrameWriter } from "../src/leyline/compact/index.js";
import { SystemStatePacket } from "../src/leyline/index.js";
import { frameRuns, packetsOf } from "./frame-runs.js";
import { createRandom } from "./random.js";
import { alignColumns } from "./table.js";

const packets = 1_000;

/** The formats that are compared, in the order of the table's columns. */
const formats = ["frames", "canonical", "gzip", "msgpack", "msgpack records"] as const;
type Format = (typeof formats)[number];

/** What the packets of one run took. */
interface RunBytes {
  readonly name: string;
  /** All bytes of all packets. */
  readonly totals: Readonly<Record<Format, number>>;
  /** The part of the frames' bytes that is dictionary. */
  readonly dictionary: number;
  readonly arrays: number;
  readonly largestArray: number;
}

/** A packet as an object for MessagePack, whose numbers are as small as its types allow. */
function plainOf(packet: SystemStatePacket): object {
  const { seed_states: seeds = [], ...json } = SystemStatePacket.toJson(packet);
  return {
    ...json,
    timestamp_ns: packet.timestampNs,
    global_step: Number(packet.globalStep),
    seed_states: seeds.map((seed, index) => ({ ...seed, stage: packet.seedStates[index]?.stage })),
  };
}

/** Writes the packets of a run in every format. The frames are read again, so what is counted is whole. */
function weigh(run: (typeof frameRuns)[number], seed: number): RunBytes {
  const totals = { frames: 0, canonical: 0, gzip: 0, msgpack: 0, "msgpack records": 0 };
  const useFloat32 = FLOAT32_OPTIONS.ALWAYS;
  const plain = new Packr({ useRecords: false, useFloat32 });
  const records = new Packr({ useRecords: true, structures: [], useFloat32 });
  const writer = createFrameWriter();
  const reader = createFrameReader();
  let dictionary = 0;
  let arrays = 0;
  let largestArray = 0;
  for (const packet of packetsOf(run, packets, createRandom(seed))) {
    const canonical = SystemStatePacket.encode(packet, { budget: false });
    let back: SystemStatePacket | undefined;
    for (const bytes of writer.write(packet)) {
      const wasWhole = back !== undefined;
      back = reader.read(bytes);
      if (wasWhole) throw new Error("an array came after the packet was whole");
      // A dictionary is the first field of its update, a frame the second.
      if (bytes[0] === 0x0a) dictionary += bytes.length;
      totals.frames += bytes.length;
      largestArray = Math.max(largestArray, bytes.length);
      arrays++;
    }
    if (
      back === undefined ||
      !SystemStatePacket.equals(back, SystemStatePacket.decode(canonical))
    ) {
      throw new Error(`${run.name}: a packet did not come back`);
    }
    const object = plainOf(packet);
    totals.canonical += canonical.length;
    totals.gzip += gzipSync(canonical).length;
    totals.msgpack += plain.pack(object).length;
    totals["msgpack records"] += records.pack(object).length;
  }
  return { name: run.name, totals, dictionary, arrays, largestArray };
}

const count = (value: number): string => value.toLocaleString("en");
const each = (bytes: number): string => (bytes / packets).toFixed(1);

/** Prints how many bytes a packet takes in each format. The exit code is 0. */
export function main(): number {
  const rows = frameRuns.map((run, index) => weigh(run, index + 1));
  const five = "five training metrics, all fields set";
  console.log(
    `SystemStatePacket, ${count(packets)} packets of a run, ${five}. Bytes for a packet.\n`,
  );
  console.log(
    alignColumns([
      ["", ...formats, "dictionary", "arrays", "largest array"],
      ...rows.map(({ name, totals, dictionary, arrays, largestArray }) => [
        name,
        ...formats.map((format) => each(totals[format])),
        each(dictionary),
        (arrays / packets).toFixed(3),
        count(largestArray),
      ]),
    ]).join("\n"),
  );
  console.log(`\nBytes of all ${count(packets)} packets.\n`);
  console.log(
    alignColumns([
      ["", ...formats, "dictionary", "arrays"],
      ...rows.map(({ name, totals, dictionary, arrays }) => [
        name,
        ...formats.map((format) => count(totals[format])),
        count(dictionary),
        count(arrays),
      ]),
    ]).join("\n"),
  );
  console.log(
    [
      "",
      "frames: everything that is sent, of which dictionary is the part that names things.",
      "gzip: each canonical packet alone. msgpack: msgpackr, floats of four bytes, enums as numbers;",
      "msgpack records: the keys of objects are known to both sides and not counted.",
    ].join("\n"),
  );
  return 0;
}
