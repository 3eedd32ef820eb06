import { setEntry } from "../../wire/map.js";
import { DictionaryEntry, type StateDictionary } from "./dictionary.js";
import { sizeOf } from "./dictionary-writer.js";
import { formatId, malformed } from "./errors.js";

/** The keys of metrics. Those that they follow are found by number, so that a chain takes no more memory than its entries. */
interface MetricKeys {
  readonly texts: readonly string[];
  readonly after: number;
  /** How many keys there are, with those that they follow. */
  readonly count: number;
}

/** What all packets of a run have in common. */
export interface ReadRun {
  readonly sourceSubsystem: string;
  readonly trainingRunId: string;
  readonly experimentName: string;
  readonly metricKeys: number;
}

/** A device, without what changes on it. */
export interface ReadDevice {
  readonly deviceType: string;
  readonly deviceId: string;
  readonly totalMemoryGb: number;
  readonly computeCapability: number;
}

/** A seed, without what changes in it. */
export interface ReadSeed {
  readonly seedId: string;
  readonly layerDepth: number;
  readonly metricKeys: number;
}

/** A dictionary as its reader has it. */
export class DictionaryReader {
  readonly runs: ReadRun[] = [];
  readonly devices: ReadDevice[] = [];
  readonly seeds: ReadSeed[] = [];
  readonly #entries: DictionaryEntry[] = [];
  /** Entries that came before some of those that they follow. */
  readonly #early = new Map<number, DictionaryEntry>();
  readonly #texts: string[] = [];
  readonly #metricKeys: MetricKeys[] = [{ texts: [], after: 0, count: 0 }];
  #bytes = 0;

  constructor(
    readonly id: bigint,
    /** The most bytes that its entries may have together. */
    readonly maxBytes: number,
  ) {}

  /** How many entries there are without a gap. */
  get size(): number {
    return this.#entries.length;
  }

  /**
   * Takes the entries of an array. Throws ContractError `frame.malformed` for entries
   * that contradict each other or those that are here; the dictionary is of no use then.
   */
  add({ firstEntry, entries }: StateDictionary): void {
    for (const [index, entry] of entries.entries()) {
      const place = firstEntry + index;
      const known = this.#entries[place] ?? this.#early.get(place);
      if (known === undefined) {
        this.#early.set(place, entry);
        this.#bytes += sizeOf(entry);
      } else if (!DictionaryEntry.equals(known, entry)) {
        const message = `entry ${place} of dictionary ${formatId(this.id)} came before with other content`;
        throw malformed(`dictionary.entries[${index}]`, message);
      }
    }
    if (this.#bytes > this.maxBytes) {
      const message = `dictionary ${formatId(this.id)} has more than the ${this.maxBytes} bytes that are accepted`;
      throw malformed("dictionary.entries", message);
    }
    let next = this.#early.get(this.size);
    while (next !== undefined) {
      this.#take(next);
      this.#early.delete(this.size);
      this.#entries.push(next);
      next = this.#early.get(this.size);
    }
  }

  /** How many metrics these keys name. */
  countOf(metricKeys: number): number {
    return this.#metricKeys[metricKeys]?.count ?? 0;
  }

  /** Sets the metrics of these keys, whose values begin at `from`, and returns where they end. */
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

  /** Makes of an entry what frames refer to. Whatever it names must be there already. */
  #take({ entry }: DictionaryEntry): void {
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
    const message = `entry ${this.size} of dictionary ${formatId(this.id)} names ${named}, and there are ${present} before it`;
    return malformed("dictionary.entries", message);
  }
}
