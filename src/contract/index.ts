export { budgetOf, type MessageBudget } from "./budget.js";
export {
  type Channel,
  type ChannelExample,
  type ChannelOptions,
  defineChannel,
} from "./channel.js";
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
export { toJsonSchema } from "./json-schema.js";
export type { JsonSchema, SchemaContext } from "./json-schema-words.js";
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
export * from "./sending.js";
export type { StandardIssue, StandardResult, StandardSchema } from "./standard-schema.js";
