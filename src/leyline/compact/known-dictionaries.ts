import { RecentEntries } from "../../contract/base/recent.js";
import { maxBusBytes } from "../bus.js";
import type { StateDictionary } from "./dictionary.js";
import { DictionaryReader } from "./dictionary-reader.js";
import { formatId, unreadable } from "./errors.js";
import type { StateFrame } from "./frame.js";

/** The dictionaries that a reader has received, by id. The one that was used longest ago goes first. */
export class KnownDictionaries {
  readonly #known: RecentEntries<number, DictionaryReader>;

  constructor(maxDictionaries: number) {
    this.#known = new RecentEntries({ maxEntries: maxDictionaries });
  }

  /**
   * Adds entries to their dictionary. Throws ContractError `frame.malformed` if they contradict it; then
   * the dictionary is forgotten.
   */
  add(id: number, update: StateDictionary): void {
    const dictionary = this.#known.get(id) ?? new DictionaryReader(id, maxBusBytes);
    // Stored again only after `add`, so that a dictionary that contradicts itself is forgotten.
    this.#known.delete(id);
    dictionary.add(update);
    this.#known.set(id, dictionary);
  }

  /**
   * The dictionary of a frame. Throws ContractError `frame.dictionary_missing` if it lacks an entry
   * that the frame needs.
   */
  find(id: number, { entries }: StateFrame): DictionaryReader {
    const dictionary = this.#known.get(id);
    const size = dictionary?.size ?? 0;
    if (dictionary === undefined || size < entries) {
      const message = `needs ${entries} entries of dictionary ${formatId(id)}, of which ${size} were received`;
      throw unreadable({ path: "frame.entries", rule: "frame.dictionary_missing", message });
    }
    return dictionary;
  }

  /** Makes a dictionary the most recently used. */
  touch(dictionary: DictionaryReader): void {
    this.#known.set(dictionary.id, dictionary);
  }
}
