import { createRegistry } from "../contract/registry.js";
import {
  AssignmentCorrelation,
  AssignmentDecision,
  AssignmentExecutor,
  AssignmentJob,
  AssignmentOptions,
  AssignmentRetry,
  ExecAssignment,
  ExecAssignmentAck,
} from "./assignment.js";
import { DeadLetter, DeadLetterMessage } from "./dead-letter.js";
import { Message, RouteDecision, RouteRequest } from "./flow.js";
import { WorkerHeartbeat, WorkerResources } from "./heartbeat.js";
import { ProviderRequest, ProviderResponse, StreamChunk } from "./provider.js";
import { ExecResult, Job } from "./result.js";
import { ResultMetadata, StepResult } from "./step.js";
import { UsageEvent } from "./usage.js";

/** Every contract of `beamline.flow.v1`, `beamline.provider.v1` and `beamline.worker.v1`. */
export const contracts = createRegistry([
  Message,
  RouteRequest,
  RouteDecision,
  ProviderRequest,
  ProviderResponse,
  StreamChunk,
  ExecAssignment,
  AssignmentExecutor,
  AssignmentJob,
  AssignmentOptions,
  AssignmentRetry,
  AssignmentCorrelation,
  AssignmentDecision,
  ExecAssignmentAck,
  ExecResult,
  Job,
  StepResult,
  ResultMetadata,
  WorkerHeartbeat,
  WorkerResources,
  UsageEvent,
  DeadLetter,
  DeadLetterMessage,
]);
