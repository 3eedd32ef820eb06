export { type Dialect, dialectDefaults, type UnknownKeys } from "./base/dialect.js";
export type {
  AnyReadResult,
  JsonResult,
  JsonValue,
  ReadResult,
  ReadValue,
  Result,
} from "./base/result.js";
export {
  type Channel,
  type ChannelExample,
  type ChannelOptions,
  defineChannel,
} from "./channel.js";
export {
  type AnyContract,
  type Contract,
  createContract,
} from "./contract.js";
export { type AnyJsonContract, isJsonContract, type JsonContract } from "./json-contract.js";
export type { Definition } from "./model/definition.js";
export type {
  JsonSchema,
  SchemaContext,
  SchemaField,
  SchemaSource,
} from "./model/json-schema-keywords.js";
export {
  type CheckOptions,
  type ContractOptions,
  contractDefaults,
  type DecodeOptions,
  type EncodeOptions,
  type JsonReadOptions,
  type JsonTextOptions,
  type JsonWriteOptions,
} from "./options.js";
export { budgetOf, type MessageBudget } from "./parts/budget.js";
export type { PartsOptions } from "./parts/parts.js";
export { createRegistry, joinRegistries, type Registry } from "./registry.js";
export { createDefine, type Wire } from "./rules/define.js";
export { formatIssues } from "./rules/format-issues.js";
export { type DescribedContract, toJsonSchema } from "./schema/json-schema.js";
export {
  type DescribedChannel,
  type OpenApiDocument,
  type OpenApiOperation,
  type OpenApiOptions,
  type OpenApiPath,
  toOpenApi,
} from "./schema/open-api.js";
export type { StandardIssue, StandardResult, StandardSchema } from "./schema/standard-schema.js";
export * from "./sending.js";
