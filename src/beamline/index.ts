export * from "../../gen/systems/beamline/schemas.js";
export type { AnyJsonContract, JsonContract } from "../contract/json-contract.js";
export * from "../contract/timestamps.js";
export { ContractError, isContractError } from "../wire/error.js";
export {
  type DecideExtras,
  type DecideQuestion,
  type DecideReply,
  DecideRequest,
  DecideResponse,
  ErrorResponse,
  readDecideReply,
  readDecideRequest,
  toDecideRequest,
  toDecideResponse,
  toRouteDecision,
  toRouteRequest,
} from "./adapter/adapter.js";
export {
  type DecideErrorCode,
  type DecideErrorStatus,
  decideErrorStatus,
  decideErrors,
  type GrpcName,
  grpcCodes,
  grpcNameOf,
  grpcReasons,
  type IntakeErrorCode,
  intakeErrors,
  intakeSeverity,
  toDecideErrorCode,
} from "./adapter/decide-errors.js";
export {
  createErrorResponse,
  type ErrorReason,
  type ErrorReplyDetails,
  type GrpcStatus,
  type HttpReply,
  toErrorResponse,
  toGrpcStatus,
  toHttpReply,
} from "./adapter/error-reply.js";
export {
  resolveGatewayKey,
  resolveIdempotencyKey,
  resolveVersion,
  supportedVersions,
  type VersionPlaces,
} from "./adapter/resolve.js";
export { addresses, type ChannelName } from "./addresses.js";
export { base64 } from "./base64.js";
export { type BeamlineChannel, channels } from "./channels.js";
export { contracts } from "./contracts.js";
export {
  Message,
  type MessageDto,
  type MessageJson,
  RouteDecision,
  type RouteDecisionDto,
  type RouteDecisionJson,
  RouteRequest,
  type RouteRequestDto,
  type RouteRequestJson,
} from "./flow.js";
export {
  AdminError,
  AdminRequest,
  CircuitBreakerStates,
  ComplexityReply,
  ComplexityRequest,
  DryRunReply,
  DryRunRequest,
  ExtensionHealth,
} from "./json-messages/admin.js";
export { Alert } from "./json-messages/alert.js";
export { BackpressureReply, BackpressureRequest } from "./json-messages/backpressure.js";
export {
  CustomProviderReply,
  CustomProviderRequest,
  ExtensionReply,
  ExtensionRequest,
  ValidatorReply,
} from "./json-messages/extension.js";
export { GatewayDecision, GatewayError, GatewayMessage } from "./json-messages/gateway.js";
export { IngressAck, IngressMessage } from "./json-messages/ingress.js";
export { WorkerLoad } from "./json-messages/worker-load.js";
export {
  ProviderRequest,
  type ProviderRequestJson,
  ProviderResponse,
  type ProviderResponseJson,
  StreamChunk,
  type StreamChunkJson,
} from "./provider.js";
export { type Sources, sources } from "./sources.js";
export {
  type AddressValues,
  buildSubject,
  isSubject,
  type ParsedSubject,
  parseSubject,
  relatedSubject,
} from "./subjects.js";
export {
  AssignmentCorrelation,
  type AssignmentCorrelationJson,
  AssignmentDecision,
  type AssignmentDecisionJson,
  AssignmentExecutor,
  type AssignmentExecutorJson,
  AssignmentJob,
  type AssignmentJobJson,
  AssignmentOptions,
  type AssignmentOptionsJson,
  AssignmentRetry,
  type AssignmentRetryJson,
  ExecAssignment,
  ExecAssignmentAck,
  type ExecAssignmentAckJson,
  type ExecAssignmentJson,
} from "./worker/assignment.js";
export {
  type AckSettings,
  type AckStatus,
  type OriginSettings,
  toExecAssignmentAck,
  toResultOrigin,
  toUsageEvent,
} from "./worker/assignment-replies.js";
export {
  DeadLetter,
  type DeadLetterJson,
  DeadLetterMessage,
  type DeadLetterMessageJson,
} from "./worker/dead-letter.js";
export {
  type AssignSettings,
  assignDefaults,
  assignmentDeadline,
  assignmentSubject,
  toExecAssignment,
} from "./worker/decision-to-assignment.js";
export {
  WorkerHeartbeat,
  type WorkerHeartbeatJson,
  WorkerResources,
  type WorkerResourcesJson,
} from "./worker/heartbeat.js";
export {
  createExecResult,
  ExecResult,
  type ExecResultJson,
  type ExecResultOptions,
  Job,
  type JobJson,
} from "./worker/result.js";
export {
  ResultMetadata,
  type ResultMetadataJson,
  StepResult,
  type StepResultJson,
} from "./worker/step.js";
export {
  formatErrorCode,
  parseErrorCode,
  type StepErrorCode,
  type StepErrorKind,
  type StepErrorName,
  stepErrorCodes,
} from "./worker/step-error-codes.js";
export {
  type ExecStatus,
  fromExecResult,
  type ResultOrigin,
  type StepOrigin,
  toExecResult,
} from "./worker/step-to-result.js";
export { UsageEvent, type UsageEventJson } from "./worker/usage.js";
