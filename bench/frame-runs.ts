import { SystemStatePacket } from "../src/leyline/index.js";
import type { Random } from "./random.js";

/** A run whose packets are written one after another. */
export interface FrameRun {
  readonly name: string;
  readonly seeds: number;
  /** The names of each seed's own metrics. */
  readonly seedMetrics: readonly string[];
  /** After how many packets, on average, a seed joins, leaves or gets another id. Undefined: never. */
  readonly changeEvery?: number;
}

const seedMetrics = [
  "alpha",
  "alpha_steps",
  "alpha_temperature",
  "blend_allowed",
  "risk_tolerance",
];
const trainingMetrics = ["loss", "accuracy", "gradient_norm", "samples_per_s", "loss_ewma"];

export const frameRuns: readonly FrameRun[] = [
  { name: "10 seeds", seeds: 10, seedMetrics: [] },
  { name: "10 seeds that change", seeds: 10, seedMetrics: [], changeEvery: 20 },
  { name: "10 seeds with 5 metrics each", seeds: 10, seedMetrics },
  { name: "1 seed", seeds: 1, seedMetrics: [] },
  { name: "100 seeds", seeds: 100, seedMetrics: [] },
];

interface Seed {
  id: string;
  depth: number;
  age: number;
}

/** The packets of a run: names and devices stay, all measured values are others in each packet. */
export function* packetsOf(
  run: FrameRun,
  count: number,
  random: Random,
): Generator<SystemStatePacket, void, undefined> {
  const newSeed = (): Seed => ({ id: random.uuid(), depth: random.integer(1, 60), age: 0 });
  const seeds = Array.from({ length: run.seeds }, (): Seed => {
    return { ...newSeed(), age: random.integer(0, 90) };
  });
  const runId = random.uuid();
  const metrics = (names: readonly string[]): Record<string, number> =>
    Object.fromEntries(names.map((name) => [name, random.decimal(0.001, 9, 4)]));
  for (let index = 0; index < count; index++) {
    if (run.changeEvery !== undefined && random.integer(1, run.changeEvery) === 1) {
      change(seeds, run.seeds, newSeed, random);
    }
    // Ten packets an epoch.
    if (index % 10 === 9) for (const seed of seeds) seed.age++;
    yield SystemStatePacket.create({
      currentEpoch: 100 + Math.floor(index / 10),
      validationAccuracy: random.decimal(0.1, 0.99, 4),
      validationLoss: random.decimal(0.1, 3, 4),
      timestampNs: 1_737_198_245_000_000_000n + BigInt(index) * 1_800_000_123n,
      hardwareContext: {
        deviceType: "cuda",
        deviceId: "cuda:0",
        totalMemoryGb: 79.15,
        availableMemoryGb: random.decimal(10, 70, 2),
        temperatureCelsius: random.decimal(40, 80, 1),
        utilizationPercent: random.decimal(50, 99, 1),
        computeCapability: 90,
      },
      trainingMetrics: metrics(trainingMetrics),
      seedStates: seeds.map(({ id, depth, age }) => ({
        seedId: id,
        stage: random.integer(1, 11),
        gradientNorm: random.decimal(0.1, 3, 3),
        learningRate: random.decimal(0.0001, 0.01, 5),
        layerDepth: depth,
        metrics: metrics(run.seedMetrics),
        ageEpochs: age,
        riskScore: random.decimal(0.01, 0.99, 2),
      })),
      packetId: random.uuid(),
      globalStep: 1_183_042n + BigInt(index) * 128n,
      trainingLoss: random.decimal(0.1, 3, 4),
      sourceSubsystem: "tolaria",
      trainingRunId: runId,
      experimentName: "cifar100-resnet",
    });
  }
}

/** A seed leaves, another joins for one that left, or one gets another id. */
function change(seeds: Seed[], max: number, newSeed: () => Seed, random: Random): void {
  const place = random.integer(0, seeds.length - 1);
  if (seeds.length < max) seeds.push(newSeed());
  else if (random.integer(0, 1) === 0) seeds.splice(place, 1);
  else seeds.splice(place, 1, newSeed());
}
