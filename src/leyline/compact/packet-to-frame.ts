import type { SeedState, SystemStatePacket } from "../state.js";
import type { DictionaryWriter } from "./dictionary-writer.js";
import { StateFrame } from "./frame.js";
import { parseUuid } from "./uuid.js";

/** Converts a packet to a frame. Adds missing entries to the dictionary. */
export function toFrame(
  packet: SystemStatePacket,
  dictionary: DictionaryWriter,
  number: number,
): StateFrame {
  const { hardwareContext, seedStates } = packet;
  const frame = StateFrame.codec.create();
  frame.number = number;
  frame.run = dictionary.run(packet);
  const uuid = parseUuid(packet.packetId);
  if (uuid === undefined) frame.packetText = packet.packetId;
  else frame.packetUuid = uuid;
  frame.currentEpoch = packet.currentEpoch;
  frame.timestampNs = packet.timestampNs;
  frame.globalStep = packet.globalStep;
  const { validationAccuracy, validationLoss, trainingLoss } = packet;
  frame.progress = unlessZero([validationAccuracy, validationLoss, trainingLoss]);
  if (hardwareContext !== undefined) {
    const { availableMemoryGb, temperatureCelsius, utilizationPercent } = hardwareContext;
    frame.device = dictionary.device(hardwareContext);
    frame.deviceReadings = [availableMemoryGb, temperatureCelsius, utilizationPercent];
  }
  frame.trainingMetricValues = Object.values(packet.trainingMetrics);
  const { first, numbers } = dictionary.seeds(seedStates);
  frame.firstSeed = first;
  frame.seeds = numbers;
  putColumns(frame, seedStates);
  frame.entries = dictionary.entries.length;
  return frame;
}

function putColumns(frame: StateFrame, seeds: readonly SeedState[]): void {
  frame.stages = seeds.map(({ stage }) => stage);
  frame.gradientNorms = unlessZero(seeds.map(({ gradientNorm }) => gradientNorm));
  frame.learningRates = unlessZero(seeds.map(({ learningRate }) => learningRate));
  frame.agesEpochs = unlessZero(seeds.map(({ ageEpochs }) => ageEpochs));
  frame.riskScores = unlessZero(seeds.map(({ riskScore }) => riskScore));
  frame.seedMetricValues = seeds.flatMap(({ metrics }) => Object.values(metrics));
}

/**
 * The column, or an empty one if all values are 0, which readers assume. -0 does not count as 0: it
 * must come back as -0.
 */
function unlessZero(column: number[]): number[] {
  return column.every((value) => Object.is(Math.fround(value), 0)) ? [] : column;
}
