import { createRegistry } from "../../contract/registry.js";
import {
  DictionaryDevice,
  DictionaryEntry,
  DictionaryMetricKeys,
  DictionaryRun,
  DictionarySeed,
  StateDictionary,
} from "./dictionary.js";
import { StateFrame, StateUpdate } from "./frame.js";

/** All contracts of `esper.leyline.compact.v1`. */
export const contracts = /* @__PURE__ */ createRegistry([
  StateUpdate,
  StateFrame,
  StateDictionary,
  DictionaryEntry,
  DictionaryRun,
  DictionaryDevice,
  DictionaryMetricKeys,
  DictionarySeed,
]);
