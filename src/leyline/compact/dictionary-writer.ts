import {
  DictionaryEntryCodec,
  StateDictionaryCodec,
} from "../../../gen/esper/leyline/compact/v1/dictionary_codec.js";
import { StateUpdateCodec } from "../../../gen/esper/leyline/compact/v1/frame_codec.js";
import { formatPath, type Step } from "../../contract/base/context.js";
import { crc32 } from "../../contract/base/crc32.js";
import { refuse } from "../../contract/base/result.js";
import { type HardwareContext, type SeedState, SystemStatePacket } from "../state.js";
import { encodeWithChecksum } from "./checksum.js";
import {
  DictionaryDevice,
  type DictionaryEntry,
  DictionaryMetricKeys,
  DictionaryRun,
  DictionarySeed,
} from "./dictionary.js";

/** The metrics of a packet or a seed. */
type Metrics = Readonly<Record<string, number>>;

/**
 * Bytes of an array besides its entries: tag and length of the dictionary, the index of the first entry,
 * the dictionary's id and the checksum.
 */
const overhead = 18;
/** Maximum bytes for the number of a text: a dictionary of maximum size has fewer than 2^21 texts. */
const textNumberBytes = 3;

interface KnownSeed {
  readonly number: number;
  readonly layerDepth: number;
  readonly metricKeys: number;
}

/**
 * The dictionary numbers of a packet's seeds: consecutive ones from `first` on, or `numbers` if that is
 * not empty.
 */
export interface SeedNumbers {
  readonly first: number;
  readonly numbers: number[];
}

/** A dictionary as a writer builds it: the entries, and indexes to find them by content. */
export class DictionaryWriter {
  readonly entries: DictionaryEntry[] = [];
  /** Total size of the entries. */
  bytes = 0;
  /** The CRC-32 of all entries, encoded one after another. */
  checksum = 0;
  readonly #room: number;
  readonly #texts = new Map<string, number>();
  readonly #runs = new Map<string, number>();
  readonly #devices = new Map<string, number>();
  readonly #metricKeys = new Map<string, number>();
  /** The keys by their number; number 0 is the empty map. */
  readonly #keys: (readonly string[])[] = [[]];
  readonly #seeds = new Map<string, KnownSeed>();
  #seedCount = 0;

  /** `maxBytes`: maximum size of one array. */
  constructor(
    readonly id: number,
    readonly maxBytes: number,
  ) {
    this.#room = maxBytes - overhead;
  }

  /** Number of the entry with the values that all packets of the run share; added if missing. */
  run(packet: SystemStatePacket): number {
    const run = DictionaryRun.codec.create();
    run.sourceSubsystem = this.#text(packet.sourceSubsystem, ["source_subsystem"]);
    run.trainingRunId = this.#text(packet.trainingRunId, ["training_run_id"]);
    run.experimentName = this.#text(packet.experimentName, ["experiment_name"]);
    run.trainingMetricKeys = this.#keysOf(packet.trainingMetrics, ["training_metrics"]);
    const { sourceSubsystem, trainingRunId, experimentName, trainingMetricKeys } = run;
    const name = `${sourceSubsystem} ${trainingRunId} ${experimentName} ${trainingMetricKeys}`;
    return numberIn(this.#runs, name, () => this.#add({ case: "run", value: run }));
  }

  /** Number of the device; added if missing. */
  device(context: HardwareContext): number {
    const device = DictionaryDevice.codec.create();
    device.deviceType = this.#text(context.deviceType, ["hardware_context", "device_type"]);
    device.deviceId = this.#text(context.deviceId, ["hardware_context", "device_id"]);
    device.totalMemoryGb = Math.fround(context.totalMemoryGb);
    device.computeCapability = context.computeCapability;
    const { deviceType, deviceId, totalMemoryGb, computeCapability } = device;
    const name = `${deviceType} ${deviceId} ${totalMemoryGb} ${computeCapability}`;
    return numberIn(this.#devices, name, () => this.#add({ case: "device", value: device }));
  }

  /**
   * Numbers of the seeds; missing ones are added. If adding only those would break the order, all are
   * added again.
   */
  seeds(states: readonly SeedState[]): SeedNumbers {
    const numbers = states.map((state) => this.#numberOf(state));
    const missing = numbers.indexOf(-1);
    if (missing < 0) {
      return areConsecutive(numbers)
        ? { first: numbers[0] ?? 0, numbers: [] }
        : { first: 0, numbers };
    }
    const before = numbers.slice(0, missing);
    const canAppend =
      areConsecutive(before) &&
      (before.at(-1) ?? this.#seedCount - 1) === this.#seedCount - 1 &&
      numbers.slice(missing).every((number) => number < 0);
    return canAppend
      ? { ...this.addSeeds(states, missing), first: this.#seedCount - states.length }
      : this.addSeeds(states);
  }

  /** Adds the seeds from index `from` on, in order. */
  addSeeds(states: readonly SeedState[], from = 0): SeedNumbers {
    const first = this.#seedCount;
    for (const [index, { seedId, layerDepth, metrics }] of states.entries()) {
      if (index < from) continue;
      const seed = DictionarySeed.codec.create();
      seed.seedId = this.#text(seedId, ["seed_states", index, "seed_id"]);
      seed.layerDepth = layerDepth;
      seed.metricKeys = this.#keysOf(metrics, ["seed_states", index, "metrics"]);
      this.#add({ case: "seed", value: seed });
      const { metricKeys } = seed;
      this.#seeds.set(seedId, { number: this.#seedCount++, layerDepth, metricKeys });
    }
    return { first, numbers: [] };
  }

  /** Encodes the entries from index `from` on, in as many arrays as needed. */
  arrays(from: number): Uint8Array[] {
    const arrays: Uint8Array[] = [];
    let dictionary = StateDictionaryCodec.create();
    let room = 0;
    const finish = (): void => {
      if (dictionary.entries.length === 0) return;
      const update = StateUpdateCodec.create();
      update.update = { case: "dictionary", value: dictionary };
      update.dictionaryId = this.id;
      arrays.push(encodeWithChecksum(update, 0));
    };
    for (const [index, entry] of this.entries.entries()) {
      if (index < from) continue;
      const bytes = sizeOf(entry);
      if (bytes > room) {
        finish();
        dictionary = StateDictionaryCodec.create();
        dictionary.firstEntry = index;
        room = this.#room;
      }
      dictionary.entries.push(entry);
      room -= bytes;
    }
    finish();
    return arrays;
  }

  /** Number of the seed; -1 if the dictionary does not have it with these constant fields. */
  #numberOf({ seedId, layerDepth, metrics }: SeedState): number {
    const known = this.#seeds.get(seedId);
    if (known === undefined || known.layerDepth !== layerDepth) return -1;
    const keys = Object.keys(metrics);
    const names = this.#keys[known.metricKeys] ?? [];
    const same = keys.length === names.length && keys.every((key, index) => key === names[index]);
    return same ? known.number : -1;
  }

  /** 0 for an empty map, otherwise the number of its keys plus 1. */
  #keysOf(metrics: Metrics, path: readonly Step[]): number {
    const keys = Object.keys(metrics);
    if (keys.length === 0) return 0;
    const texts = keys.map((key) => this.#text(key, [...path, key.slice(0, 64)]));
    const name = texts.join();
    const number = this.#metricKeys.get(name);
    if (number !== undefined) return number;
    // One entry has as many texts as always fit an array; further entries have the rest.
    const maxTexts = Math.floor((this.#room - 12) / textNumberBytes);
    let after = 0;
    for (let start = 0; start < texts.length; start += maxTexts) {
      const entry = DictionaryMetricKeys.codec.create();
      entry.texts = texts.slice(start, start + maxTexts);
      entry.after = after;
      this.#add({ case: "metricKeys", value: entry });
      // Only the last entry of a chain has all keys of a map; the others are never looked up.
      after = this.#keys.push(start + maxTexts < texts.length ? [] : keys) - 1;
    }
    this.#metricKeys.set(name, after);
    return after;
  }

  #text(text: string, path: readonly Step[]): number {
    return numberIn(this.#texts, text, () => {
      const bytes = this.#add({ case: "text", value: text });
      if (bytes <= this.#room) return;
      const message = `a text of ${bytes} bytes does not fit the ${this.#room} that an array of ${this.maxBytes} bytes has left for it`;
      const issue = { path: formatPath(path), rule: "budget.size", message } as const;
      refuse("write as a frame", SystemStatePacket.typeName, [issue]);
    });
  }

  /** Adds an entry and returns its bytes. */
  #add(entry: DictionaryEntry["entry"]): number {
    const message = DictionaryEntryCodec.create();
    message.entry = entry;
    const bytes = sizeOf(message);
    this.entries.push(message);
    this.bytes += bytes;
    this.checksum = crc32(DictionaryEntryCodec.encode(message), this.checksum);
    return bytes;
  }
}

/** The number for this name. A new name is added first and gets the next number. */
function numberIn(numbers: Map<string, number>, name: string, add: () => void): number {
  const known = numbers.get(name);
  if (known !== undefined) return known;
  const number = numbers.size;
  add();
  numbers.set(name, number);
  return number;
}

/** Size of an entry within a dictionary, including its tag and length. */
export function sizeOf(entry: DictionaryEntry): number {
  const size = DictionaryEntryCodec.size(entry);
  // A length of 4 bytes is never needed: an array has at most 262,144 bytes.
  return size + (size < 0x80 ? 2 : size < 0x4000 ? 3 : 4);
}

function areConsecutive(numbers: readonly number[]): boolean {
  return numbers.every((number, index) => number === (numbers[0] ?? 0) + index);
}
