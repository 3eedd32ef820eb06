export {
  type Assembled,
  type Assembler,
  type AssemblerOptions,
  assemblerDefaults,
  createAssembler,
  type GivenUp,
} from "./assembler.js";
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
} from "./breaker.js";
export { budgetOf, type MessageBudget } from "./budget.js";
export {
  type Channel,
  type ChannelExample,
  type ChannelOptions,
  defineChannel,
} from "./channel.js";
export type { Clock } from "./clock.js";
export {
  type AnyContract,
  type CheckOptions,
  type Contract,
  type ContractOptions,
  createContract,
  type DecodeOptions,
  defaults,
  type EncodeOptions,
  type JsonTextOptions,
  type JsonWriteOptions,
} from "./contract.js";
export type { Dialect } from "./dialect.js";
export type { JsonResult, Result } from "./doors.js";
export { formatIssues } from "./format-issues.js";
export { createGuard, type Guard, type GuardOptions, type GuardPartsOptions } from "./guard.js";
export { type GuardConfig, type GuardSettings, guardDefaults } from "./guard-config.js";
export type { GuardEncoded, GuardEvent } from "./guard-events.js";
export type { GuardLogger } from "./guard-log.js";
export type { GuardStats, MessageCounts, MessageStats } from "./guard-stats.js";
export { toJsonSchema } from "./json-schema.js";
export type { JsonSchema, SchemaContext } from "./json-schema-words.js";
export type { ListenerFaults } from "./listener.js";
export { eachPlace, type Measured, measure, measureBytes } from "./measure.js";
export {
  type OpenApiDocument,
  type OpenApiOperation,
  type OpenApiOptions,
  type OpenApiPath,
  toOpenApi,
} from "./open-api.js";
export type { PartsOptions } from "./parts.js";
export { createRegistry, joinRegistries, type Registry } from "./registry.js";
export { createDefine, type Definition, type Wire } from "./rules.js";
export type { StandardIssue, StandardResult, StandardSchema } from "./standard-schema.js";
