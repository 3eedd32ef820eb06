// Limits, parts and measuring: what a sender uses besides the contracts. The systems' indexes export this list too.

export type { Clock } from "./base/clock.js";
export type { ListenerFaults } from "./base/listener.js";
export {
  type Breaker,
  type BreakerCall,
  type BreakerOptions,
  createBreaker,
} from "./guard/breaker.js";
export {
  type BreakerConfig,
  type BreakerSettings,
  breakerDefaults,
} from "./guard/breaker-config.js";
export type { BreakerChange, BreakerState } from "./guard/breaker-state.js";
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
export type { Abandoned } from "./parts/abandoned.js";
export {
  type Assembler,
  type AssemblerOptions,
  assemblerDefaults,
  createAssembler,
} from "./parts/assembler.js";
export type { Assembled, AssembledContract } from "./parts/assembly.js";
export {
  eachPlace,
  type Measured,
  type MeasuredContract,
  measure,
  measureBytes,
} from "./parts/measure.js";
