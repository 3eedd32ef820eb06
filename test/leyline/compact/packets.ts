import { readFileSync } from "node:fs";
import { createRandom, type Random } from "../../../bench/random.js";
import { type FrameReader, StateUpdate } from "../../../src/leyline/compact/index.js";
import { SystemStatePacket } from "../../../src/leyline/index.js";

/** A packet of bench/fixtures. */
export function fixture(name: string): SystemStatePacket {
  const url = new URL(`../../../bench/fixtures/${name}.json`, import.meta.url);
  return SystemStatePacket.fromJsonText(readFileSync(url, "utf8"));
}

/** The packet after encoding and decoding in the canonical form, with floats in single precision. */
export function canonical(packet: SystemStatePacket): SystemStatePacket {
  return SystemStatePacket.decode(SystemStatePacket.encode(packet, { budget: false }));
}

/** A packet of a long run, with large numbers: two bytes for each age and the epoch, five for the step. */
export function longRun(seeds: number, random: Random = createRandom(7)): SystemStatePacket {
  return SystemStatePacket.create({
    currentEpoch: 16_000,
    validationAccuracy: random.decimal(0.1, 0.9, 4),
    validationLoss: random.decimal(0.1, 3, 4),
    timestampNs: 1_737_198_245_123_456_789n,
    hardwareContext: {
      deviceType: "cuda",
      deviceId: "cuda:0",
      totalMemoryGb: 79.15,
      availableMemoryGb: random.decimal(10, 70, 2),
      temperatureCelsius: random.decimal(40, 80, 1),
      utilizationPercent: random.decimal(50, 99, 1),
      computeCapability: 90,
    },
    trainingMetrics: {
      ...{ loss: random.decimal(0.1, 3, 4), accuracy: random.decimal(0.1, 0.9, 4) },
      ...{ gradient_norm: random.decimal(0.1, 3, 3), samples_per_s: random.decimal(900, 999, 1) },
      "kasmina.finalize_ms": random.decimal(1, 9, 2),
    },
    seedStates: Array.from({ length: seeds }, (_, index) => ({
      seedId: random.uuid(),
      stage: random.integer(1, 11),
      gradientNorm: random.decimal(0.1, 3, 3),
      learningRate: random.decimal(0.0001, 0.01, 5),
      layerDepth: 3 + index,
      ageEpochs: random.integer(128, 16_000),
      riskScore: random.decimal(0.01, 0.99, 2),
    })),
    packetId: random.uuid(),
    globalStep: 30_000_000_000n,
    trainingLoss: random.decimal(0.1, 3, 4),
    sourceSubsystem: "tolaria",
    trainingRunId: random.uuid(),
    experimentName: "cifar100-resnet50-morphogenetic-baseline",
  });
}

export function isFrame(bytes: Uint8Array): boolean {
  return StateUpdate.decode(bytes).update.case === "frame";
}

/** The sizes of a packet's arrays, of the dictionary and of the frames. */
export function sizesOf(arrays: readonly Uint8Array[]): { dictionary: number[]; frames: number[] } {
  const of = (frame: boolean): number[] =>
    arrays.filter((bytes) => isFrame(bytes) === frame).map(({ length }) => length);
  return { dictionary: of(false), frames: of(true) };
}

/** All packets that a reader returns for these arrays. */
export function readAll(reader: FrameReader, arrays: readonly Uint8Array[]): SystemStatePacket[] {
  return arrays.flatMap((bytes) => reader.read(bytes) ?? []);
}

/** The error message of a result. */
export function errorOf(result: { ok: boolean; error?: Error }): string {
  return result.error?.message ?? "nothing was refused";
}
