export {
  MessageCodec,
  RouteDecisionCodec,
  RouteRequestCodec,
} from "../../gen/beamline/flow/v1/flow_codec.js";
export {
  ProviderRequestCodec,
  ProviderResponseCodec,
  StreamChunkCodec,
} from "../../gen/beamline/provider/v1/provider_codec.js";
export {
  AssignmentCorrelationCodec,
  AssignmentDecisionCodec,
  AssignmentExecutorCodec,
  AssignmentJobCodec,
  AssignmentOptionsCodec,
  AssignmentRetryCodec,
  ExecAssignmentAckCodec,
  ExecAssignmentCodec,
} from "../../gen/beamline/worker/v1/assignment_codec.js";
export {
  DeadLetterCodec,
  DeadLetterMessageCodec,
} from "../../gen/beamline/worker/v1/dead_letter_codec.js";
export {
  WorkerHeartbeatCodec,
  WorkerResourcesCodec,
} from "../../gen/beamline/worker/v1/heartbeat_codec.js";
export { ExecResultCodec, JobCodec } from "../../gen/beamline/worker/v1/result_codec.js";
export { ResultMetadataCodec, StepResultCodec } from "../../gen/beamline/worker/v1/step_codec.js";
export { UsageEventCodec } from "../../gen/beamline/worker/v1/usage_codec.js";
