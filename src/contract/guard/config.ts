import { defaultsOf, readSettings, type Section, type Settings } from "../base/settings.js";

const section = {
  max_message_size: { default: 280, min: 1, max: 1024 },
  serialization_timeout_us: { default: 80, min: 10, max: 1000 },
  use_native_maps: { default: true },
  packed_encoding: { default: true },
} as const satisfies Section;

/** The configuration of a guard with all defaults. */
export type GuardSettings = Settings<typeof section>;

/**
 * The configuration of a guard: the section `message_contracts` as YAML or JSON gives it, every key
 * optional. Document: the Leyline document, "Configuration".
 *
 * - `max_message_size`: maximum size in bytes of messages whose budget is the document's 280. An integer
 *   from 1 to 1024, default 280. Messages with another budget keep it.
 * - `serialization_timeout_us`: time in microseconds after which an encoding counts as slow; it is not
 *   cancelled. An integer from 10 to 1000, default 80.
 * - `use_native_maps` and `packed_encoding`: must be `true`, because the proto files fix both.
 */
export type GuardConfig = Partial<GuardSettings>;

/** The documented defaults of a guard's configuration. */
export const guardDefaults: GuardSettings = defaultsOf(section);

/** The name of the section; the `type` of its errors. */
export const sectionName = "message_contracts";

/** A configuration with all defaults, frozen. Throws ContractError `config` with all issues. */
export function readGuardConfig(config: unknown): GuardSettings {
  return readSettings(sectionName, section, config);
}
