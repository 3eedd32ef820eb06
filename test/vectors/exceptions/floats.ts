import type { Exception } from "./exception.js";

const change =
  "- Whole float32 numbers above 2^24 are written in JSON as the shortest decimal that reads back the same: `1e+21`, not `1.0000000200408773e+21`. The largest float32 keeps all digits, which Python's protobuf needs.";

/** Large whole numbers in `float` fields. */
export const floats: readonly Exception[] = [
  { type: "esper.leyline.compact.v1.DictionaryDevice", case: "seeded 1", change },
  { type: "esper.leyline.v1.CommandOptimizerAdjustment", case: "seeded 13", change },
  { type: "esper.leyline.v1.CommandSeedOperation", case: "seeded 3", change },
  { type: "esper.leyline.v1.HardwareContext", case: "seeded 1", change },
  { type: "esper.leyline.v1.HardwareContext", case: 'seeded 12: + device_type "\\u0000"', change },
  { type: "esper.leyline.v1.HardwareContext", case: "seeded 15: bit 4 of byte 14 turned", change },
  {
    type: "esper.leyline.v1.HardwareContext",
    case: "seeded 15: record 4 (field 5) removed",
    change,
  },
  { type: "esper.leyline.v1.HardwareContext", case: "seeded 15: + an unknown field", change },
  { type: "esper.leyline.v1.StructuralAnalysisResult", case: "seeded 13", change },
  { type: "esper.leyline.v1.StructuralAnalysisResult", case: "seeded 22", change },
  { type: "esper.leyline.v1.SystemStatePacket", case: "seeded 21", change },
  { type: "jimbot.events.v1.BlindStrategyUpdate", case: "seeded 10", change },
  { type: "jimbot.events.v1.HandValueUpdate", case: "seeded 16", change },
  { type: "jimbot.events.v1.HandValueUpdate", case: "seeded 23", change },
  { type: "jimbot.events.v1.LearningDecisionResponse", case: "seeded 19", change },
];
