import { defaultsOf, readSettings, type Section, type Settings } from "../base/settings.js";

const section = {
  failure_threshold: { default: 3, min: 1 },
  recovery_timeout_ms: { default: 30_000, min: 1 },
  half_open_requests: { default: 1, min: 1 },
} as const satisfies Section;

/** The name of the section; the `type` of its errors. */
export const breakerSectionName = "circuit_breaker";

/** The configuration of a breaker with all defaults. */
export type BreakerSettings = Settings<typeof section>;

/**
 * The configuration of a breaker, every key optional, each an integer of at least 1. Document: the
 * Leyline document, "Circuit Breakers".
 *
 * - `failure_threshold`: number of consecutive failures that open it. Default 3.
 * - `recovery_timeout_ms`: time that it stays open after the last failure, in milliseconds. Default 30000.
 * - `half_open_requests`: maximum number of pending trial calls while it is half-open. Default 1.
 */
export type BreakerConfig = Partial<BreakerSettings>;

/** The documented defaults of a breaker's configuration. */
export const breakerDefaults: BreakerSettings = defaultsOf(section);

/** A configuration with all defaults, frozen. Throws ContractError `config` with all issues. */
export function readBreakerConfig(config: unknown): BreakerSettings {
  return readSettings(breakerSectionName, section, config);
}
