export * from "../../gen/systems/beamline/schemas.js";
export type { AnyJsonContract, JsonContract } from "../contract/json-contract.js";
export * from "../contract/timestamps.js";
export { ContractError, isContractError } from "../wire/error.js";
export {
  contractVersionOf,
  supportedContractVersions,
  type VersionPlaces,
} from "./adapter/contract-version.js";
export {
  type DecideExtras,
  toDecideRequest,
  toDecideResponse,
  toRouteDecision,
  toRouteRequest,
} from "./adapter/conversion.js";
export {
  type DecideErrorCode,
  type DecideErrorStatus,
  decideErrorStatusOf,
  decideErrors,
  type GrpcStatusName,
  grpcReasons,
  grpcStatusCodes,
  grpcStatusNameOf,
  type IntakeErrorCode,
  intakeErrors,
  intakeSeverityOf,
  toDecideErrorCode,
} from "./adapter/decide-errors.js";
export {
  type ErrorResponseDetails,
  type ErrorResponseReason,
  type GrpcStatus,
  type HttpReply,
  makeErrorResponse,
  toErrorResponse,
  toGrpcStatus,
  toHttpReply,
} from "./adapter/error-reply.js";
export { gatewayIdempotencyKeyOf, idempotencyKeyOf } from "./adapter/idempotency-key.js";
export {
  decideReplyFromJson,
  decideRequestFromJson,
  type IncomingDecideReply,
  type IncomingDecideRequest,
} from "./adapter/incoming.js";
export { DecideRequest, DecideResponse, ErrorResponse } from "./adapter/messages.js";
export { base64Contracts } from "./base64-contracts.js";
export { type ChannelName, channelAddresses } from "./channel-addresses.js";
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
export { IntakeDeadLetter } from "./json-messages/intake-dead-letter.js";
export { WorkerLoad } from "./json-messages/worker-load.js";
export { type BeamlineOptions, beamlineDefaults } from "./options.js";
export {
  ProviderRequest,
  type ProviderRequestJson,
  ProviderResponse,
  type ProviderResponseJson,
  StreamChunk,
  type StreamChunkJson,
} from "./provider.js";
export {
  formatSubject,
  isSubject,
  type ParsedSubject,
  parseSubject,
  relatedSubjectOf,
  type SubjectParameters,
} from "./subjects.js";
export {
  type AckStatus,
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
  type ExecutorChannel,
} from "./worker/assignment.js";
export {
  type AckSettings,
  type ResultOriginSettings,
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
  type AssignmentSettings,
  assignmentDeadlineOf,
  assignmentDefaults,
  assignmentSubjectOf,
  toExecAssignment,
} from "./worker/decision-to-assignment.js";
export {
  WorkerHeartbeat,
  type WorkerHeartbeatJson,
  WorkerResources,
  type WorkerResourcesJson,
} from "./worker/heartbeat.js";
export {
  createExecResultContract,
  ExecResult,
  type ExecResultContractOptions,
  type ExecResultJson,
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
  formatStepErrorCode,
  parseStepErrorCode,
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
