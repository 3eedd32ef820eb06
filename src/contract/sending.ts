// What a service needs besides the contracts to send messages: limits, parts, measuring. One list for all who export it.

export type { Clock } from "./base/clock.js";
export type { ListenerFaults } from "./base/listener.js";
export {
  type Breaker,
  type BreakerCall,
  type BreakerChange,
  type BreakerConfig,
  type BreakerOptions,
  type BreakerSettings,
  type BreakerState,
  breakerDefaults,
  createBreaker,
} from "./guard/breaker.js";
export { type GuardConfig, type GuardSettings, guardDefaults } from "./guard/config.js";
export type { GuardEncoded, GuardEvent } from "./guard/events.js";
export {
  createGuard,
  type Guard,
  type GuardOptions,
  type GuardPartsOptions,
} from "./guard/guard.js";
export type { GuardLogger } from "./guard/log.js";
export type { GuardStats, MessageCounts, MessageStats } from "./guard/stats.js";
export {
  type Abandoned,
  type Assembled,
  type Assembler,
  type AssemblerOptions,
  assemblerDefaults,
  createAssembler,
} from "./parts/assembler.js";
export { eachPlace, type Measured, measure, measureBytes } from "./parts/measure.js";
