export * from "../../gen/systems/pitboss/schemas.js";
export { ContractError, isContractError } from "../wire/error.js";
export type { BodyIssue, BodyResult, BodySchema } from "./body-schema.js";
export { channels } from "./channels.js";
export {
  type Answer,
  type AnswerKind,
  type Client,
  type ClientOptions,
  clientDefaults,
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
  createEnvelopeContract,
  type EnvelopeContract,
  type EnvelopeContractOptions,
  MessageEnvelope,
  type MessageEnvelopeJson,
  protocolVersion,
  type Verb,
} from "./envelope.js";
export { type EnvelopeOptions, envelopeDefaults } from "./envelope-options.js";
export { formatEnvelope } from "./format-envelope.js";
export type { EnvelopeRepairs } from "./lenient-envelope.js";
export { makeError, makeRequest, makeResponse, makeSuccess } from "./make.js";
export {
  type LenientEnvelope,
  type ParseEnvelopeOptions,
  parseEnvelope,
  parseEnvelopeDefaults,
} from "./parse-envelope.js";
export { createSession, type Session, type SessionOptions, sessionDefaults } from "./session.js";
export {
  formatSocketFrame,
  type LegacyFrame,
  parseSocketFrame,
  type SocketFrame,
  stripInternalKeys,
} from "./socket-frame.js";
export {
  type Agent,
  type AgentAnswer,
  type AgentContext,
  type Agents,
  callAgent,
} from "./workflow/agent.js";
export { documentedWorkflows } from "./workflow/documented-workflows.js";
export type { RunEnvelope } from "./workflow/mermaid.js";
export {
  type RunWorkflowOptions,
  runWorkflow,
  runWorkflowDefaults,
} from "./workflow/run-workflow.js";
export {
  Workflow,
  type WorkflowJson,
  WorkflowNode,
  type WorkflowNodeJson,
} from "./workflow/workflow.js";
