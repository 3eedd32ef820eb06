import { expect, it } from "vitest";
import {
  AssignmentCorrelation,
  AssignmentDecision,
  AssignmentExecutor,
  AssignmentJob,
  AssignmentOptions,
  AssignmentRetry,
  contracts,
  DeadLetter,
  DeadLetterMessage,
  ExecAssignment,
  ExecAssignmentAck,
  ExecResult,
  Job,
  Message,
  ProviderRequest,
  ProviderResponse,
  ResultMetadata,
  RouteDecision,
  RouteRequest,
  StepResult,
  StepStatus,
  StreamChunk,
  UsageEvent,
  WorkerHeartbeat,
  WorkerResources,
  WorkerStatus,
} from "../../src/beamline/index.js";

const text = new TextEncoder().encode("x");
const message = { tenantId: "t", messageType: "chat", payload: text };
const executor = { providerId: "p", channel: "nats" };
const decision = { providerId: "p", reason: "r" };

/** Every message with only its required fields, and its complete wire JSON. */
const table = [
  [
    Message.toJson(Message.create(message)),
    '{"tenant_id":"t","message_type":"chat","payload":"x"}',
  ],
  [
    RouteRequest.toJson(RouteRequest.create({ message })),
    '{"message":{"tenant_id":"t","message_type":"chat","payload":"x"}}',
  ],
  [RouteDecision.toJson(RouteDecision.create(decision)), '{"provider_id":"p","reason":"r"}'],
  [
    ProviderRequest.toJson(
      ProviderRequest.create({ providerId: "p", messageId: "m", tenantId: "t", body: text }),
    ),
    '{"provider_id":"p","message_id":"m","tenant_id":"t","body":"x"}',
  ],
  [
    ProviderResponse.toJson(ProviderResponse.create({ requestId: "r", status: "success" })),
    '{"request_id":"r","status":"success"}',
  ],
  [StreamChunk.toJson(StreamChunk.create({ requestId: "r" })), '{"request_id":"r"}'],
  [
    ExecAssignment.toJson(
      ExecAssignment.create({
        assignmentId: "a",
        requestId: "r",
        tenantId: "t",
        executor,
        job: { type: "j" },
        decision,
      }),
    ),
    '{"version":"1","assignment_id":"a","request_id":"r","tenant_id":"t","executor":{"provider_id":"p","channel":"nats"},"job":{"type":"j"},"decision":{"provider_id":"p","expected_latency_ms":0,"expected_cost":0,"reason":"r"}}',
  ],
  [
    AssignmentExecutor.toJson(AssignmentExecutor.create(executor)),
    '{"provider_id":"p","channel":"nats"}',
  ],
  [AssignmentJob.toJson(AssignmentJob.create({ type: "j" })), '{"type":"j"}'],
  [AssignmentOptions.toJson(AssignmentOptions.create()), "{}"],
  [AssignmentRetry.toJson(AssignmentRetry.create()), "{}"],
  [AssignmentCorrelation.toJson(AssignmentCorrelation.create()), "{}"],
  [
    AssignmentDecision.toJson(AssignmentDecision.create(decision)),
    '{"provider_id":"p","expected_latency_ms":0,"expected_cost":0,"reason":"r"}',
  ],
  [
    ExecAssignmentAck.toJson(ExecAssignmentAck.create({ assignmentId: "a", status: "accepted" })),
    '{"assignment_id":"a","status":"accepted"}',
  ],
  [
    ExecResult.toJson(
      ExecResult.create({
        assignmentId: "a",
        status: "success",
        providerId: "p",
        job: { type: "j" },
      }),
    ),
    '{"assignment_id":"a","status":"success","provider_id":"p","job":{"type":"j"},"latency_ms":0,"cost":0,"version":"1"}',
  ],
  [Job.toJson(Job.create({ type: "j" })), '{"type":"j"}'],
  [StepResult.toJson(StepResult.create({ status: StepStatus.OK })), '{"status":"ok"}'],
  [ResultMetadata.toJson(ResultMetadata.create()), "{}"],
  [
    WorkerHeartbeat.toJson(
      WorkerHeartbeat.create({
        workerId: "w",
        status: WorkerStatus.READY,
        timestamp: { seconds: 0n },
      }),
    ),
    '{"version":"1","worker_id":"w","timestamp":"1970-01-01T00:00:00.000Z","status":"ready"}',
  ],
  [WorkerResources.toJson(WorkerResources.create()), "{}"],
  [
    UsageEvent.toJson(
      UsageEvent.create({ tenantId: "t", providerId: "p", eventType: "e", status: "success" }),
    ),
    '{"version":"1","tenant_id":"t","provider_id":"p","event_type":"e","latency_ms":0,"cost":0,"status":"success","timestamp":0}',
  ],
  [
    DeadLetter.toJson(
      DeadLetter.create({
        originalSubject: "a.b",
        msgId: "m",
        reason: "processing_error",
        errorCode: "PROCESSING_ERROR",
      }),
    ),
    '{"original_subject":"a.b","msg_id":"m","reason":"processing_error","error_code":"PROCESSING_ERROR","timestamp":0}',
  ],
  [
    DeadLetterMessage.toJson(DeadLetterMessage.create({ id: "m", subject: "a.b" })),
    '{"id":"m","subject":"a.b"}',
  ],
] as const;

it.each(table)("beamline writes %j", (json, written) => {
  expect(JSON.stringify(json)).toBe(written);
});

it("has a line for every message of beamline", () => {
  expect(table).toHaveLength(contracts.size);
});
