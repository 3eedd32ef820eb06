export { type InstrumentOptions, instrument } from "./instrument.js";
export {
  instrumentJimBot,
  type JimBotBatch,
  type JimBotEvent,
  type JimBotOptions,
} from "./instrument-jimbot.js";
export {
  createJimBotMetrics,
  type ErrorLabels,
  type JimBotMetrics,
  type MessageLabels,
  type RequestLabels,
  type ResourceLabels,
} from "./jimbot-metrics.js";
export { type ClockOptions, telemetryDefaults } from "./options.js";
