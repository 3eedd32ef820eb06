import { defaultsOf, readSettings, type Section, type Settings } from "../base/settings.js";

const section = {
  max_message_size: { default: 280, min: 1, max: 1024 },
  serialization_timeout_us: { default: 80, min: 10, max: 1000 },
  use_native_maps: { default: true },
  packed_encoding: { default: true },
} as const satisfies Section;

/** Every setting of a guard. */
export type GuardSettings = Settings<typeof section>;

/**
 * The configuration of a guard: the section `message_contracts` as YAML or JSON gives it, every key
 * optional. Document: the Leyline document, "Configuration".
 *
 * - `max_message_size`: bytes that a message may take whose budget is the document's 280. An integer
 *   from 1 to 1024, default 280. Messages with another budget keep theirs.
 * - `serialization_timeout_us`: microseconds after which an encode counts as slow. An integer from 10
 *   to 1000, default 80. Nothing is cancelled.
 * - `use_native_maps` and `packed_encoding`: `true`, because the schema fixes both.
 */
export type GuardConfig = Partial<GuardSettings>;

/** The documented configuration, which stands for every key that is missing. */
export const guardDefaults: GuardSettings = defaultsOf(section);

/** The name of the section, which errors carry as their type. */
export const sectionName = "message_contracts";

/** The configuration with all defaults, frozen. Throws ContractError `config` with every fault. */
export function readGuardConfig(config: unknown): GuardSettings {
  return readSettings(sectionName, section, config);
}
