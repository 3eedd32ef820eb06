import type { SystemStatePacket as SystemStatePacketMessage } from "../gen/esper/leyline/v1/state_pb.js";
import { SystemStatePacket } from "../src/leyline/index.js";
import { fullStatePacket } from "./codec-messages.js";
import { forEach, measure } from "./measure.js";
import { showProgress } from "./progress.js";
import { createRandom, type Random } from "./random.js";

/** How many seeds the packets have. The first is what the others are compared with. */
const sizes = [10, 100, 1_000, 10_000];
/** How much more a byte may cost in a larger message: cost is linear. */
const mostGrowth = 1.25;

const effort = {
  rounds: 15,
  batch: 20,
  warmUp: 400,
  steady: { slowness: 1.07, settling: 2, attempts: 30 },
};

/** A packet with more seeds than the rules allow: of as many packets of ten as it takes. */
function packetOf(seeds: number, random: Random): SystemStatePacketMessage {
  const make = (): SystemStatePacketMessage => SystemStatePacket.fromJson(fullStatePacket(random));
  const packets = Array.from({ length: seeds / 10 - 1 }, make);
  const packet = make();
  packet.seedStates.push(...packets.flatMap(({ seedStates }) => seedStates));
  return packet;
}

/** Measures what a byte costs in small and in large messages. The exit code is 0. */
export function main(): number {
  const { codec } = SystemStatePacket;
  const rows = sizes.map((seeds) => {
    const random = createRandom(seeds);
    // As many messages as give the same number of seeds, up to 64: each size has its own.
    const count = Math.max(1, Math.min(64, 10_000 / seeds));
    const encoded = Array.from({ length: count }, () => codec.encode(packetOf(seeds, random)));
    const messages = encoded.map((bytes) => codec.decode(bytes));
    const bytes = encoded.reduce((sum, { length }) => sum + length, 0) / count;
    const encode = forEach(messages, (message) => codec.encodePooled(message));
    const decode = forEach(encoded, (given) => codec.decode(given));
    return { seeds, bytes, tasks: [encode, decode] };
  });
  const figures = measure(
    rows.flatMap(({ tasks }) => tasks),
    effort,
    showProgress,
  );
  const perByte = rows.map(({ bytes }, row) =>
    [0, 1].map((task) => (figures[row * 2 + task]?.best ?? 0) / bytes),
  );
  console.log(
    "SystemStatePacket, five metrics for each seed. Best batch, in nanoseconds for a byte.\n",
  );
  console.log("   seeds      bytes  encode  x 10 seeds  decode  x 10 seeds");
  for (const [row, { seeds, bytes }] of rows.entries()) {
    const cells = [0, 1].map((task) => {
      const cost = perByte[row]?.[task] ?? 0;
      const growth = cost / (perByte[0]?.[task] ?? 1);
      return `${cost.toFixed(2).padStart(6)}  ${growth.toFixed(2).padStart(10)}`;
    });
    console.log(
      `${seeds.toLocaleString("en").padStart(8)}  ${Math.round(bytes).toLocaleString("en").padStart(9)}  ${cells.join("  ")}`,
    );
  }
  const isLinear = perByte.every((costs) =>
    costs.every((cost, task) => cost <= (perByte[0]?.[task] ?? 0) * mostGrowth),
  );
  console.log(
    isLinear
      ? "\nCost is linear: nowhere more than 25 % above that of 10 seeds."
      : "\nCost is not linear: somewhere more than 25 % above that of 10 seeds.",
  );
  return 0;
}
