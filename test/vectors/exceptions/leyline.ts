import type { Exception } from "./exception.js";

const framesHaveChecksums =
  "- Leyline's frames: `dictionary_id` has 32 bits and is in `StateUpdate`, beside a `checksum` of the array and, for a frame, of the dictionary's entries; so a changed bit or a wrong dictionary is refused (`frame.malformed`). Frames of 0.1.0 are refused, and 0.1.0 refuses these.";

const totalMemoryMayBeUnknown =
  "- Leyline: `total_memory_gb` of a HardwareContext may be 0, and its key missing: the total is not known. Runs on a CPU send that.";

const readersTakeRealCommands =
  "- Leyline: methods that read take a COMMAND_PAUSE whose `seed_operation` is set and a COMMAND_STRUCTURAL_PRUNING without payload, as the first controllers send them, and list it in `tolerated` of `safeDecode`, `safeFromJson` and `verifyCommand`. Methods that write, `check` and `strict` refuse them as before.";

/** Leyline. */
export const leyline: readonly Exception[] = [
  {
    type: "esper.leyline.compact.v1.StateDictionary",
    case: /^seeded (?:5|18): |: dictionaryId := /,
    change: framesHaveChecksums,
  },
  {
    type: "esper.leyline.compact.v1.StateFrame",
    case: /^seeded 17\b|: dictionaryId := /,
    change: framesHaveChecksums,
  },
  {
    type: "esper.leyline.compact.v1.StateUpdate",
    case: /^seeded (?:0: dictionary|1: frame|13: frame)\./,
    change: framesHaveChecksums,
  },
  {
    type: /^esper\.leyline\.(?:v1\.(?:HardwareContext|SystemStatePacket)|compact\.v1\.State(?:Dictionary|Update))$/,
    case: /\btotal_memory_gb(?: = 0| removed)|\b(?:device|hardware_context) = \{(?:\}$|.*\(2\)$)|\+ entries\.device\.|^seeded 7: cut at 7$/,
    change: totalMemoryMayBeUnknown,
  },
  {
    type: "esper.leyline.compact.v1.DictionaryDevice",
    case: /total_memory_gb(?: = 0| removed)|the whole = \{"|: cut at 0$/,
    change: totalMemoryMayBeUnknown,
  },
  {
    type: "esper.leyline.compact.v1.DictionaryEntry",
    case: /\+ device(?: \{\}$|\.)/,
    change: totalMemoryMayBeUnknown,
  },
  {
    type: "esper.leyline.v1.AdaptationCommand",
    case: 'own: command_type = "COMMAND_PAUSE"',
    change: readersTakeRealCommands,
  },
];
