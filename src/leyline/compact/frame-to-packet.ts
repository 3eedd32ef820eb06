import { refuse } from "../../contract/base/result.js";
import { HardwareContext, SeedState, SystemStatePacket } from "../state.js";
import type { DictionaryReader } from "./dictionary-reader.js";
import { formatId, malformed } from "./errors.js";
import type { StateFrame } from "./frame.js";
import { formatUuid } from "./uuid.js";

/**
 * Converts a whole frame, whose columns were checked, to its packet. Throws ContractError `frame.malformed`
 * if the dictionary contradicts the frame, or with the code of the first rule that the packet breaks.
 */
export function toPacket(frame: StateFrame, dictionary: DictionaryReader): SystemStatePacket {
  const packet = SystemStatePacket.codec.create();
  packet.version = 1;
  packet.currentEpoch = frame.currentEpoch;
  packet.timestampNs = frame.timestampNs;
  packet.globalStep = frame.globalStep;
  packet.packetId = frame.packetText === "" ? formatUuid(frame.packetUuid) : frame.packetText;
  const { progress, trainingMetricValues } = frame;
  if (progress.length > 0) {
    [packet.validationAccuracy, packet.validationLoss, packet.trainingLoss] = three(progress);
  }
  const run = pick(dictionary.runs, frame.run, "run", dictionary.id);
  packet.sourceSubsystem = run.sourceSubsystem;
  packet.trainingRunId = run.trainingRunId;
  packet.experimentName = run.experimentName;
  const metrics = dictionary.countOf(run.metricKeys);
  assertLength("training_metric_values", trainingMetricValues, metrics);
  dictionary.setMetrics(packet.trainingMetrics, run.metricKeys, trainingMetricValues, 0);
  if (frame.deviceReadings.length > 0)
    packet.hardwareContext = toHardwareContext(frame, dictionary);
  addSeeds(packet.seedStates, frame, dictionary);
  const checked = SystemStatePacket.safeCheck(packet);
  if (!checked.ok) refuse("read from frames", SystemStatePacket.typeName, checked.error.issues);
  return packet;
}

function toHardwareContext(frame: StateFrame, dictionary: DictionaryReader): HardwareContext {
  const device = pick(dictionary.devices, frame.device, "device", dictionary.id);
  const context = HardwareContext.codec.create();
  context.deviceType = device.deviceType;
  context.deviceId = device.deviceId;
  context.totalMemoryGb = device.totalMemoryGb;
  [context.availableMemoryGb, context.temperatureCelsius, context.utilizationPercent] = three(
    frame.deviceReadings,
  );
  context.computeCapability = device.computeCapability;
  return context;
}

function addSeeds(seeds: SeedState[], frame: StateFrame, dictionary: DictionaryReader): void {
  const { stages, seedMetricValues } = frame;
  const known = stages.map((_, index) =>
    pick(dictionary.seeds, frame.seeds[index] ?? frame.firstSeed + index, "seed", dictionary.id),
  );
  // Checked before any key is set: a hostile dictionary may name far more metrics than the frame has values.
  const metrics = known.reduce((sum, seed) => sum + dictionary.countOf(seed.metricKeys), 0);
  assertLength("seed_metric_values", seedMetricValues, metrics);
  let at = 0;
  for (const [index, { seedId, layerDepth, metricKeys }] of known.entries()) {
    const seed = SeedState.codec.create();
    seed.seedId = seedId;
    seed.stage = stages[index] ?? seed.stage;
    seed.gradientNorm = frame.gradientNorms[index] ?? seed.gradientNorm;
    seed.learningRate = frame.learningRates[index] ?? seed.learningRate;
    seed.layerDepth = layerDepth;
    seed.ageEpochs = frame.agesEpochs[index] ?? seed.ageEpochs;
    seed.riskScore = frame.riskScores[index] ?? seed.riskScore;
    at = dictionary.setMetrics(seed.metrics, metricKeys, seedMetricValues, at);
    seeds.push(seed);
  }
}

/** The dictionary entry for a number in the frame. */
function pick<T>(list: readonly T[], number: number, kind: string, id: number): T {
  const item = list[number];
  if (item !== undefined) return item;
  const message = `names ${kind} ${number} of dictionary ${formatId(id)}, which has only ${list.length}`;
  throw malformed("frame", message);
}

function assertLength(key: string, { length }: readonly number[], expected: number): void {
  if (length === expected) return;
  throw malformed(`frame.${key}`, `must have ${expected} items, not ${length}`);
}

function three([first = 0, second = 0, third = 0]: readonly number[]): [number, number, number] {
  return [first, second, third];
}
