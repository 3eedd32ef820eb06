import { createRegistry } from "../contract/registry.js";
import { Message, RouteDecision, RouteRequest } from "./flow.js";
import { ProviderRequest, ProviderResponse, StreamChunk } from "./provider.js";
import {
  AssignmentCorrelation,
  AssignmentDecision,
  AssignmentExecutor,
  AssignmentJob,
  AssignmentOptions,
  AssignmentRetry,
  ExecAssignment,
  ExecAssignmentAck,
} from "./worker/assignment.js";
import { DeadLetter, DeadLetterMessage } from "./worker/dead-letter.js";
import { WorkerHeartbeat, WorkerResources } from "./worker/heartbeat.js";
import { ExecResult, Job } from "./worker/result.js";
import { ResultMetadata, StepResult } from "./worker/step.js";
import { UsageEvent } from "./worker/usage.js";

/** Every contract of `beamline.flow.v1`, `beamline.provider.v1` and `beamline.worker.v1`. */
export const contracts = /* @__PURE__ */ createRegistry([
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
