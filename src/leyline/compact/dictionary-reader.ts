import { DictionaryEntryCodec } from "../../../gen/esper/leyline/compact/v1/dictionary_codec.js";
import { crc32 } from "../../contract/base/crc32.js";
import { setEntry } from "../../wire/map.js";
import { DictionaryEntry, type StateDictionary } from "./dictionary.js";
import { sizeOf } from "./dictionary-writer.js";
import { formatId, malformed } from "./errors.js";

/**
 * Keys of a metrics map. Earlier keys are referenced by number, not copied, so that a chain of entries
 * takes no more memory than the entries.
 */
interface MetricKeys {
  readonly texts: readonly string[];
  /** Number of the entry whose keys come before these; 0 for none. */
  readonly after: number;
  /** Number of keys, including those before. */
  readonly count: number;
}

/** The values that all packets of a run share. */
export interface ReadRun {
  readonly sourceSubsystem: string;
  readonly trainingRunId: string;
  readonly experimentName: string;
  readonly metricKeys: number;
}

/** The constant fields of a device. */
export interface ReadDevice {
  readonly deviceType: string;
  readonly deviceId: string;
  readonly totalMemoryGb: number;
  readonly computeCapability: number;
}

/** The constant fields of a seed. */
export interface ReadSeed {
  readonly seedId: string;
  readonly layerDepth: number;
  readonly metricKeys: number;
}

/** A dictionary as a reader has received it. */
export class DictionaryReader {
  readonly runs: ReadRun[] = [];
  readonly devices: ReadDevice[] = [];
  readonly seeds: ReadSeed[] = [];
  readonly #entries: DictionaryEntry[] = [];
  /** Entries received while an earlier one is missing, by index. */
  readonly #early = new Map<number, DictionaryEntry>();
  readonly #texts: string[] = [];
  readonly #metricKeys: MetricKeys[] = [{ texts: [], after: 0, count: 0 }];
  /** The checksum of the first entries, by their number. */
  readonly #checksums = [0];
  #bytes = 0;

  constructor(
    readonly id: number,
    /** Maximum total size of its entries. */
    readonly maxBytes: number,
  ) {}

  /** Number of entries up to the first missing one. */
  get size(): number {
    return this.#entries.length;
  }

  /**
   * Adds entries. Throws ContractError `frame.malformed` if one contradicts an entry received before, names
   * an entry that does not exist, or makes the dictionary too large; do not use the dictionary after that.
   */
  add({ firstEntry, entries }: StateDictionary): void {
    for (const [index, entry] of entries.entries()) {
      const position = firstEntry + index;
      const known = this.#entries[position] ?? this.#early.get(position);
      if (known === undefined) {
        this.#early.set(position, entry);
        this.#bytes += sizeOf(entry);
      } else if (!DictionaryEntry.equals(known, entry)) {
        const message = `entry ${position} of dictionary ${formatId(this.id)} was received before with other content`;
        throw malformed(`dictionary.entries[${index}]`, message);
      }
    }
    if (this.#bytes > this.maxBytes) {
      const message = `dictionary ${formatId(this.id)} is larger than the maximum of ${this.maxBytes} bytes`;
      throw malformed("dictionary.entries", message);
    }
    let next = this.#early.get(this.size);
    while (next !== undefined) {
      this.#store(next);
      this.#early.delete(this.size);
      this.#checksums.push(crc32(DictionaryEntryCodec.encode(next), this.checksumOf(this.size)));
      this.#entries.push(next);
      next = this.#early.get(this.size);
    }
  }

  /** The CRC-32 of the first entries, encoded one after another. `count` is at most {@link size}. */
  checksumOf(count: number): number {
    return this.#checksums[count] ?? 0;
  }

  /** Number of metrics that these keys name. */
  countOf(metricKeys: number): number {
    return this.#metricKeys[metricKeys]?.count ?? 0;
  }

  /**
   * Sets the metrics of these keys to the values from index `from` on. Returns the index after the last
   * one used.
   */
  setMetrics(
    metrics: Record<string, number>,
    metricKeys: number,
    values: readonly number[],
    from: number,
  ): number {
    const chain: MetricKeys[] = [];
    for (let number = metricKeys; number > 0; ) {
      const keys = this.#metricKeys[number];
      if (keys === undefined) break;
      chain.push(keys);
      number = keys.after;
    }
    let at = from;
    for (const { texts } of chain.reverse()) {
      for (const text of texts) {
        if (Object.hasOwn(metrics, text)) {
          const message = `metric keys ${metricKeys - 1} of dictionary ${formatId(this.id)} name ${JSON.stringify(text.slice(0, 64))} twice`;
          throw malformed("", message);
        }
        setEntry(metrics, text, values[at++] ?? 0);
      }
    }
    return at;
  }

  /** Stores an entry for lookups. The entries that it names must have been stored before. */
  #store({ entry }: DictionaryEntry): void {
    switch (entry.case) {
      case "text":
        this.#texts.push(entry.value);
        break;
      case "run": {
        const { sourceSubsystem, trainingRunId, experimentName, trainingMetricKeys } = entry.value;
        this.runs.push({
          sourceSubsystem: this.#text(sourceSubsystem),
          trainingRunId: this.#text(trainingRunId),
          experimentName: this.#text(experimentName),
          metricKeys: this.#keys(trainingMetricKeys),
        });
        break;
      }
      case "device": {
        const { deviceType, deviceId, totalMemoryGb, computeCapability } = entry.value;
        this.devices.push({
          deviceType: this.#text(deviceType),
          deviceId: this.#text(deviceId),
          totalMemoryGb,
          computeCapability,
        });
        break;
      }
      case "metricKeys": {
        const texts = entry.value.texts.map((text) => this.#text(text));
        const after = this.#keys(entry.value.after);
        this.#metricKeys.push({ texts, after, count: texts.length + this.countOf(after) });
        break;
      }
      case "seed": {
        const { seedId, layerDepth, metricKeys } = entry.value;
        this.seeds.push({
          seedId: this.#text(seedId),
          layerDepth,
          metricKeys: this.#keys(metricKeys),
        });
      }
    }
  }

  #text(number: number): string {
    const text = this.#texts[number];
    if (text !== undefined) return text;
    throw this.#dangling(`text ${number}`, `${this.#texts.length} texts`);
  }

  #keys(number: number): number {
    if (number < this.#metricKeys.length) return number;
    throw this.#dangling(`metric keys ${number - 1}`, `${this.#metricKeys.length - 1} metric keys`);
  }

  #dangling(named: string, present: string): Error {
    const message = `entry ${this.size} of dictionary ${formatId(this.id)} names ${named}, but only ${present} come before it`;
    return malformed("dictionary.entries", message);
  }
}
