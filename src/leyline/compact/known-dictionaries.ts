import { maxBusBytes } from "../bus.js";
import type { StateDictionary } from "./dictionary.js";
import { DictionaryReader } from "./dictionary-reader.js";
import { formatId, unreadable } from "./errors.js";
import type { StateFrame } from "./frame.js";

/** A dictionary, and the numbers of the packets that were last returned with it. */
export interface KnownDictionary {
  readonly dictionary: DictionaryReader;
  readonly returned: Set<number>;
}

/** The dictionaries that a reader has received, at most `maxDictionaries`. */
export class KnownDictionaries {
  /** By id, the most recently used last. */
  readonly #known = new Map<number, KnownDictionary>();

  constructor(readonly maxDictionaries: number) {}

  /**
   * Adds entries to their dictionary; too many dictionaries remove the least recently used. Throws
   * ContractError `frame.malformed` if the entries contradict it; then the dictionary is forgotten.
   */
  add(id: number, update: StateDictionary): void {
    const entry = this.#known.get(id) ?? {
      dictionary: new DictionaryReader(id, maxBusBytes),
      returned: new Set<number>(),
    };
    this.#known.delete(id);
    // Stored again only after `add`, so that a dictionary that contradicts itself is forgotten.
    entry.dictionary.add(update);
    this.#known.set(id, entry);
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= this.maxDictionaries) break;
      this.#known.delete(oldest);
    }
  }

  /**
   * The dictionary of a frame. Throws ContractError `frame.dictionary_missing` if it lacks an entry
   * that the frame needs.
   */
  find(id: number, { entries }: StateFrame): KnownDictionary {
    const entry = this.#known.get(id);
    const size = entry?.dictionary.size ?? 0;
    if (entry === undefined || size < entries) {
      const message = `needs ${entries} entries of dictionary ${formatId(id)}, of which ${size} were received`;
      throw unreadable({ path: "frame.entries", rule: "frame.dictionary_missing", message });
    }
    return entry;
  }

  /** Makes a known dictionary the most recently used. */
  touch(id: number): void {
    const entry = this.#known.get(id);
    if (entry === undefined) return;
    this.#known.delete(id);
    this.#known.set(id, entry);
  }
}
