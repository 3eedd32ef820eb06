import type { Example } from "../contract/example.js";
import { RouteDecision, RouteRequest } from "./flow.js";
import { ExecAssignment } from "./worker/assignment.js";
import { ExecResult } from "./worker/result.js";

const ids = {
  assignment_id: "a1f5b1d2-3c4e-5f6a-7b8c-9d0e1f2a3b4c",
  request_id: "e3b0c442-98fc-1c14-9afb-4c8996fb9242",
};
const idsWritten = "the ids, which the document cuts short with dots, written out";

/** The examples of the BeamLine protobuf README and of the BeamLine API contracts that it refers to. */
export const examples: readonly Example[] = [
  {
    name: "route_request",
    source: "the BeamLine protobuf README, NATS JSON Payload Format, Request",
    contract: RouteRequest,
    json: {
      message: {
        message_id: "msg_1234567890",
        tenant_id: "tenant_abc123",
        trace_id: "trace_abc123",
        message_type: "chat",
        payload: '{"text": "Hello, world!"}',
        metadata: { source: "gateway" },
        timestamp_ms: 1704067200000,
        run_id: "run_abc123",
        flow_id: "flow_xyz789",
        step_id: "step_012345",
        idempotency_key: "idem_key_345",
        span_id: "span_678901",
      },
      policy_id: "default",
      context: { user_id: "user_123" },
      idempotency_key: "request_idem_key_456",
    },
    bytes: 224,
    changes: [],
  },
  {
    name: "route_decision",
    source: "the BeamLine protobuf README, NATS JSON Payload Format, Response",
    contract: RouteDecision,
    json: {
      provider_id: "openai",
      reason: "weighted",
      priority: 50,
      expected_latency_ms: 250,
      expected_cost: 0.001,
      metadata: { algorithm: "weighted_round_robin" },
    },
    bytes: 67,
    changes: [],
  },
  {
    name: "exec_assignment",
    source: "the BeamLine API contracts, Examples, ExecAssignment",
    contract: ExecAssignment,
    json: {
      version: "1",
      ...ids,
      tenant_id: "acme",
      executor: { provider_id: "openai:gpt-4o", channel: "nats" },
      job: { type: "text.generate", payload_ref: "s3://bucket/key" },
      options: {
        priority: 50,
        deadline_ms: 5000,
        retry: { max_attempts: 2, backoff_ms: 200 },
      },
      correlation: { trace_id: "tr-123" },
      decision: {
        provider_id: "openai:gpt-4o",
        expected_latency_ms: 850,
        expected_cost: 0.012,
        reason: "best_score",
      },
      metadata: { user_id: "u-42" },
    },
    bytes: 228,
    changes: [
      idsWritten,
      "tenant_id added, which workers require",
      "options filled with the values of the document's template",
      "a label put into the empty metadata",
    ],
  },
  {
    name: "exec_result",
    source: "the BeamLine API contracts, Examples, ExecResult (success)",
    contract: ExecResult,
    json: {
      ...ids,
      status: "success",
      provider_id: "openai:gpt-4o",
      job: { type: "text.generate" },
      latency_ms: 850,
      cost: 0.012,
      trace_id: "tr-123",
      tenant_id: "acme",
      timestamp: 1706371200000,
    },
    bytes: 150,
    changes: [
      idsWritten,
      "written in the flat form that the document gives for the Router, without version",
      "provider_id, job, cost and timestamp, which that form requires, filled in",
    ],
  },
];
