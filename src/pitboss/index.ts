export * from "../../gen/systems/pitboss/schemas.js";
export { ContractError, isContractError } from "../wire/error.js";
export type { BodyIssue, BodySchema, BodyVerdict } from "./body-schema.js";
export { channels } from "./channels.js";
export {
  type Answer,
  type AnswerKind,
  type Client,
  type ClientOptions,
  createClient,
  type OpenRequest,
} from "./client.js";
export { contracts } from "./contracts.js";
export {
  type DocumentedBodies,
  type VerbBodies,
  type VerbNode,
  type VerbRegistration,
  type VerbWorkflow,
  WorkflowEngine,
} from "./engine.js";
export {
  createEnvelope,
  type EnvelopeContract,
  type EnvelopeOptions,
  MessageEnvelope,
  type MessageEnvelopeJson,
  protocolVersion,
  type Verb,
} from "./envelope.js";
export { formatEnvelope } from "./format-envelope.js";
export {
  type Frame,
  type LegacyFrame,
  readFrame,
  stripInternalKeys,
  writeFrame,
} from "./frames.js";
export { makeError, makeRequest, makeResponse, makeSuccess } from "./make.js";
export { type MakeOptions, makeDefaults } from "./options.js";
export { parseEnvelope } from "./parse-envelope.js";
export { createSession, type Session, type SessionOptions, sessionDefaults } from "./session.js";
export {
  type Agent,
  type AgentAnswer,
  type AgentContext,
  type Agents,
  callAgent,
} from "./workflow/agent.js";
export type { Walked } from "./workflow/mermaid.js";
export { type RunOptions, runDefaults, runWorkflow } from "./workflow/run-workflow.js";
export {
  Workflow,
  type WorkflowJson,
  WorkflowNode,
  type WorkflowNodeJson,
} from "./workflow/workflow.js";
export { workflows } from "./workflow/workflows.js";
