export {
  MessageSchema,
  RouteDecisionSchema,
  RouteRequestSchema,
  Router,
} from "../../gen/beamline/flow/v1/flow_pb.js";
export {
  Provider,
  ProviderRequestSchema,
  ProviderResponseSchema,
  StreamChunkSchema,
} from "../../gen/beamline/provider/v1/provider_pb.js";
export {
  AssignmentCorrelationSchema,
  AssignmentDecisionSchema,
  AssignmentExecutorSchema,
  AssignmentJobSchema,
  AssignmentOptionsSchema,
  AssignmentRetrySchema,
  ExecAssignmentAckSchema,
  ExecAssignmentSchema,
} from "../../gen/beamline/worker/v1/assignment_pb.js";
export {
  DeadLetterMessageSchema,
  DeadLetterSchema,
} from "../../gen/beamline/worker/v1/dead_letter_pb.js";
export {
  WorkerHeartbeatSchema,
  WorkerResourcesSchema,
  WorkerStatus,
  WorkerStatusSchema,
} from "../../gen/beamline/worker/v1/heartbeat_pb.js";
export { ExecResultSchema, JobSchema } from "../../gen/beamline/worker/v1/result_pb.js";
export {
  ErrorCode,
  ErrorCodeSchema,
  ResultMetadataSchema,
  StepResultSchema,
  StepStatus,
  StepStatusSchema,
} from "../../gen/beamline/worker/v1/step_pb.js";
export { UsageEventSchema } from "../../gen/beamline/worker/v1/usage_pb.js";
export type { AnyForm, Form } from "../contract/form.js";
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
} from "./adapter.js";
export { addresses, type ChannelName } from "./addresses.js";
export {
  AdminError,
  AdminRequest,
  CircuitBreakerStates,
  ComplexityReply,
  ComplexityRequest,
  DryRunReply,
  DryRunRequest,
  ExtensionHealth,
} from "./admin.js";
export { Alert } from "./alert.js";
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
} from "./assignment.js";
export {
  type AckSettings,
  type AckStatus,
  type OriginSettings,
  toExecAssignmentAck,
  toResultOrigin,
  toUsageEvent,
} from "./assignment-replies.js";
export { BackpressureReply, BackpressureRequest } from "./backpressure.js";
export { base64 } from "./base64.js";
export { type BeamlineChannel, channels } from "./channels.js";
export { contracts } from "./contracts.js";
export {
  DeadLetter,
  type DeadLetterJson,
  DeadLetterMessage,
  type DeadLetterMessageJson,
} from "./dead-letter.js";
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
} from "./decide-errors.js";
export {
  type AssignSettings,
  assignDefaults,
  assignmentDeadline,
  assignmentSubject,
  toExecAssignment,
} from "./decision-to-assignment.js";
export {
  createErrorResponse,
  type ErrorReason,
  type ErrorReplyDetails,
  type GrpcStatus,
  type HttpReply,
  toErrorResponse,
  toGrpcStatus,
  toHttpReply,
} from "./error-reply.js";
export {
  CustomProviderReply,
  CustomProviderRequest,
  ExtensionReply,
  ExtensionRequest,
  ValidatorReply,
} from "./extension.js";
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
export { GatewayDecision, GatewayError, GatewayMessage } from "./gateway.js";
export {
  WorkerHeartbeat,
  type WorkerHeartbeatJson,
  WorkerResources,
  type WorkerResourcesJson,
} from "./heartbeat.js";
export { IngressAck, IngressMessage } from "./ingress.js";
export {
  ProviderRequest,
  type ProviderRequestJson,
  ProviderResponse,
  type ProviderResponseJson,
  StreamChunk,
  type StreamChunkJson,
} from "./provider.js";
export {
  resolveGatewayKey,
  resolveIdempotencyKey,
  resolveVersion,
  supportedVersions,
  type VersionPlaces,
} from "./resolve.js";
export {
  createExecResult,
  ExecResult,
  type ExecResultJson,
  type ExecResultOptions,
  Job,
  type JobJson,
} from "./result.js";
export { type Sources, sources } from "./sources.js";
export {
  ResultMetadata,
  type ResultMetadataJson,
  StepResult,
  type StepResultJson,
} from "./step.js";
export {
  formatErrorCode,
  parseErrorCode,
  type StepErrorCode,
  type StepErrorKind,
  type StepErrorName,
  stepErrorCodes,
} from "./step-error-codes.js";
export {
  type ExecStatus,
  fromExecResult,
  type ResultOrigin,
  type StepOrigin,
  toExecResult,
} from "./step-to-result.js";
export {
  type AddressValues,
  buildSubject,
  isSubject,
  type ParsedSubject,
  parseSubject,
  relatedSubject,
} from "./subjects.js";
export { UsageEvent, type UsageEventJson } from "./usage.js";
export { WorkerLoad } from "./worker-load.js";
