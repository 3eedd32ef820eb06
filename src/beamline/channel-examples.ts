import type { ChannelExample } from "../contract/channel.js";
import { type ChannelName, channelAddresses } from "./channel-addresses.js";
import { examples } from "./examples.js";

const documented = new Map(examples.map(({ name, json }) => [name, json]));

const routeRequest = documented.get("route_request");
const routeDecision = documented.get("route_decision");
const execAssignment = documented.get("exec_assignment");
const execResult = documented.get("exec_result");

const ids = {
  assignment_id: "a1f5b1d2-3c4e-5f6a-7b8c-9d0e1f2a3b4c",
  request_id: "e3b0c442-98fc-1c14-9afb-4c8996fb9242",
};
const context = { request_id: ids.request_id, trace_id: "tr-123" };
const decideRequest = {
  version: "1",
  request_id: ids.request_id,
  tenant_id: "acme",
  trace_id: "tr-123",
  task: { type: "text.generate", payload_ref: "s3://bucket/key" },
  policy_id: "default",
  push_assignment: true,
};
const decideResponse = {
  ok: true,
  decision: {
    provider_id: "openai:gpt-4o",
    reason: "best_score",
    priority: 50,
    expected_latency_ms: 850,
    expected_cost: 0.012,
  },
  context,
};

function abandoned(subject: string): ChannelExample {
  return {
    message: {
      original_subject: subject,
      msg_id: "msg-1",
      reason: "maxdeliver_exhausted",
      error_code: "MAXDELIVER_EXHAUSTED",
      timestamp: 1706371200000,
      trace_id: "tr-123",
      tenant_id: "acme",
    },
  };
}

const providerRequest = {
  provider_id: "openai",
  message_id: "msg_1234567890",
  tenant_id: "tenant_abc123",
  trace_id: "trace_abc123",
  body: '{"text": "Hello, world!"}',
  parameters: { max_tokens: "512" },
  timestamp_ms: 1704067200000,
};
const invocation: ChannelExample = {
  message: providerRequest,
  reply: {
    request_id: "msg_1234567890",
    status: "success",
    body: '{"text": "Hello!"}',
    latency_ms: 230,
    cost: 0.001,
    timestamp_ms: 1704067200230,
  },
};
const streaming: ChannelExample = {
  message: providerRequest,
  reply: { request_id: "msg_1234567890", data: "Hello!", done: true },
};

const passing = {
  trace_id: "tr-123",
  tenant_id: "acme",
  payload: { message_id: "m-1", message_type: "chat", payload: "My card is 4111", metadata: {} },
  metadata: { lang: "en", policy_id: "default" },
};
const changed: ChannelExample = {
  message: passing,
  reply: { payload: { ...passing.payload, payload: "My card is [masked]" }, metadata: {} },
};

function alert(severity: string): ChannelExample {
  return {
    message: {
      alert_id: "0b9f9a2e-5a0c-4f67-9a60-6f9b8f0f3c11",
      severity,
      component: "router",
      message: "the decide queue holds 1200 messages",
      timestamp: "2024-01-27T16:00:00.000Z",
      metadata: { subject: channelAddresses.decide },
    },
  };
}

/** An example of each channel: a message and, where there is one, its reply. */
export const channelExamples: Readonly<Record<ChannelName, ChannelExample>> = {
  decide: { message: routeRequest, reply: routeDecision },
  decide_reply: { message: decideResponse },
  decide_dlq: abandoned(channelAddresses.decide),
  decide_grpc: { message: routeRequest, reply: routeDecision },
  decide_http: { message: decideRequest, reply: decideResponse },
  message_http: {
    message: { message_id: "m-1", message_type: "chat", payload: "SGVsbG8=", policy_id: "default" },
    reply: {
      message_id: "m-1",
      provider_id: "openai",
      reason: "weighted",
      priority: 50,
      expected_latency_ms: 250,
      expected_cost: 0.001,
      currency: "USD",
      trace_id: "tr-123",
    },
  },
  invoke: invocation,
  invoke_stream: streaming,
  invoke_grpc: invocation,
  invoke_stream_grpc: streaming,
  custom_provider: {
    message: {
      trace_id: "tr-123",
      tenant_id: "acme",
      provider_id: "crm_summarizer",
      prompt: "Sum up the last call",
      parameters: { max_tokens: 512 },
      context: { customer_id: "cust-42" },
    },
    reply: {
      provider_id: "crm_summarizer",
      output: "The customer asks for a refund.",
      usage: { prompt_tokens: 120, completion_tokens: 80 },
      metadata: { source: "crm" },
    },
  },
  pre_extension: changed,
  validate_extension: {
    message: passing,
    reply: { status: "reject", reason: "pii_detected", details: { field: "payload" } },
  },
  post_extension: changed,
  assign: { message: execAssignment },
  assign_dlq: {
    message: {
      ...ids,
      version: "1",
      status: "error",
      provider_id: "openai:gpt-4o",
      job: { type: "text.generate" },
      latency_ms: 200,
      cost: 0,
      error_code: "EXECUTION_FAILED",
    },
  },
  assign_dlq_rust: {
    message: {
      ...ids,
      status: "error",
      provider_id: "openai:gpt-4o",
      job: { type: "text.generate" },
      latency_ms: 200,
      cost: 0,
      error_code: "INTERNAL_ERROR",
      error_message: "the worker ran out of memory",
    },
  },
  ack: { message: { assignment_id: ids.assignment_id, status: "accepted" } },
  ack_dlq: abandoned(channelAddresses.ack),
  result: { message: execResult },
  result_dlq: abandoned(channelAddresses.result),
  heartbeat: {
    message: {
      version: "1",
      worker_id: "caf-01",
      timestamp: "2025-11-10T12:00:00.000Z",
      status: "ready",
      resources: { cpu: 0.4, gpu: 0.1, mem_bytes: 1_073_741_824, jobs_in_flight: 2 },
    },
  },
  heartbeat_rust: {
    message: {
      worker_id: "rust-01",
      timestamp: "2025-11-10T12:00:00.000Z",
      status: "busy",
      load: 0.8,
    },
  },
  usage: {
    message: {
      ...ids,
      version: "1",
      tenant_id: "acme",
      provider_id: "openai:gpt-4o",
      event_type: "text.generate",
      latency_ms: 850,
      cost: 0.012,
      status: "success",
      trace_id: "tr-123",
      timestamp: 1706371200000,
    },
  },
  backpressure: {
    message: { subject: channelAddresses.decide },
    reply: {
      success: true,
      data: {
        subject: channelAddresses.decide,
        status: "active",
        metrics: { pending_messages: 1200, latency_p95_ms: 5500, inflight_messages: 450 },
        thresholds: { queue_overload: 1000, latency_overload_ms: 5000, inflight_overload: 500 },
        policy: { retry_after_seconds: 30, max_retry_attempts: 3 },
        timestamp: 1706371200000,
      },
    },
  },
  extension_health: {
    message: {},
    reply: { health: { normalize_text: { status: "healthy", success_rate: 0.995 } } },
  },
  circuit_breaker_states: {
    message: { api_key: "key-1" },
    reply: { states: { normalize_text: { state: "closed", opened_at_ms: 0 } } },
  },
  dry_run_pipeline: {
    message: { tenant_id: "acme", policy_id: "default", payload: { message: "a test" } },
    reply: {
      ok: true,
      result: {
        decision: { provider_id: "openai", reason: "weighted", priority: 50 },
        executed_extensions: [
          { extension_id: "normalize_text", type: "pre", status: "success", latency_ms: 10 },
        ],
        final_payload: { message: "a test" },
      },
    },
  },
  pipeline_complexity: {
    message: { tenant_id: "acme", policy_id: "default" },
    reply: {
      total_extensions: 3,
      pre_count: 1,
      validators_count: 1,
      post_count: 1,
      complexity_score: 45,
      complexity_level: "medium",
      estimated_latency_ms: 90,
    },
  },
  alert_critical: alert("critical"),
  alert_warning: alert("warning"),
  alert_info: alert("info"),
  ingress: {
    message: {
      message_id: "m-1",
      tenant_id: "acme",
      message_type: "chat",
      payload: "hello",
      timestamp_ms: 1704067200000,
    },
    reply: { message_id: "m-1", status: "accepted", timestamp_ms: 1704067200010 },
  },
};
