import { type Channel, type ChannelOptions, defineChannel } from "../contract/channel.js";
import type { AnyJsonContract } from "../contract/json-contract.js";
import { DecideRequest, DecideResponse, ErrorResponse } from "./adapter/adapter.js";
import { addresses, type ChannelName } from "./addresses.js";
import { channelExamples } from "./channel-examples.js";
import { RouteDecision, RouteRequest } from "./flow.js";
import {
  AdminError,
  AdminRequest,
  CircuitBreakerStates,
  ComplexityReply,
  ComplexityRequest,
  DryRunReply,
  DryRunRequest,
  ExtensionHealth,
} from "./json-messages/admin.js";
import { Alert } from "./json-messages/alert.js";
import { BackpressureReply, BackpressureRequest } from "./json-messages/backpressure.js";
import {
  CustomProviderReply,
  CustomProviderRequest,
  ExtensionReply,
  ExtensionRequest,
  ValidatorReply,
} from "./json-messages/extension.js";
import { GatewayDecision, GatewayError, GatewayMessage } from "./json-messages/gateway.js";
import { IngressAck, IngressMessage } from "./json-messages/ingress.js";
import { WorkerLoad } from "./json-messages/worker-load.js";
import { ProviderRequest, ProviderResponse, StreamChunk } from "./provider.js";
import { ExecAssignment, ExecAssignmentAck } from "./worker/assignment.js";
import { DeadLetter } from "./worker/dead-letter.js";
import { WorkerHeartbeat } from "./worker/heartbeat.js";
import { ExecResult } from "./worker/result.js";
import { UsageEvent } from "./worker/usage.js";

/** What travels on a channel of BeamLine: messages with a contract, and forms, which exist in JSON only. */
export interface BeamlineChannel extends Channel {
  readonly name: ChannelName;
  /** The forms of messages that travel on it beside `messages`, or instead. */
  readonly forms: readonly AnyJsonContract[];
  /** The forms of answers beside `replies`, or instead. */
  readonly replyForms: readonly AnyJsonContract[];
}

type Options = Omit<ChannelOptions, "name" | "address" | "messages" | "example"> &
  Partial<Pick<BeamlineChannel, "messages" | "forms" | "replyForms">>;

/** A NATS message may have 1 MiB. */
const shared = { encoding: "json", maxBytes: 1_048_576 } as const;
/** JetStream keeps a message until its consumer has acknowledged it. */
const jetStream = { ...shared, delivery: "at least once" } as const;
const plainNats = { ...shared, delivery: "at most once" } as const;
const abandoned = {
  ...plainNats,
  messages: [DeadLetter],
  from: ["router"],
  to: ["operators"],
} as const;
const grpc = {
  kind: "path",
  method: "POST",
  encoding: "binary",
  delivery: "at most once",
} as const;
const http = {
  kind: "path",
  method: "POST",
  encoding: "json",
  delivery: "at most once",
  from: ["client"],
  to: ["gateway"],
} as const;
const extension = {
  ...plainNats,
  forms: [ExtensionRequest],
  replies: [],
  from: ["router"],
  to: ["extension"],
  timeoutMillis: 5_000,
} as const;
const admin = { ...plainNats, replies: [], from: ["gateway"], to: ["router"] } as const;
const alert = {
  ...plainNats,
  forms: [Alert],
  from: ["router", "worker", "gateway", "provider"],
  to: ["alerting"],
} as const;

const options = {
  decide: {
    ...plainNats,
    messages: [RouteRequest],
    forms: [DecideRequest],
    replies: [RouteDecision],
    replyForms: [DecideResponse, ErrorResponse],
    from: ["client", "gateway", "worker"],
    to: ["router"],
    timeoutMillis: 5_000,
    deadLetter: addresses.decide_dlq,
  },
  decide_reply: {
    ...plainNats,
    messages: [RouteDecision],
    forms: [DecideResponse, ErrorResponse],
    from: ["router"],
    to: ["client", "gateway", "worker"],
  },
  decide_dlq: abandoned,
  decide_grpc: {
    ...grpc,
    messages: [RouteRequest],
    replies: [RouteDecision],
    from: ["gateway"],
    to: ["router"],
    timeoutMillis: 5_000,
  },
  decide_http: {
    ...http,
    forms: [DecideRequest],
    replies: [],
    replyForms: [DecideResponse, ErrorResponse],
  },
  message_http: {
    ...http,
    forms: [GatewayMessage],
    replies: [],
    replyForms: [GatewayDecision, GatewayError],
  },
  invoke: {
    ...plainNats,
    messages: [ProviderRequest],
    replies: [ProviderResponse],
    from: ["router"],
    to: ["provider"],
    timeoutMillis: 30_000,
  },
  invoke_stream: {
    ...plainNats,
    messages: [ProviderRequest],
    replies: [StreamChunk],
    from: ["router"],
    to: ["provider"],
  },
  invoke_grpc: {
    ...grpc,
    messages: [ProviderRequest],
    replies: [ProviderResponse],
    from: ["router"],
    to: ["provider"],
    timeoutMillis: 30_000,
  },
  invoke_stream_grpc: {
    ...grpc,
    messages: [ProviderRequest],
    replies: [StreamChunk],
    from: ["router"],
    to: ["provider"],
  },
  custom_provider: {
    ...plainNats,
    forms: [CustomProviderRequest],
    replies: [],
    replyForms: [CustomProviderReply],
    from: ["router"],
    to: ["provider"],
    timeoutMillis: 5_000,
  },
  pre_extension: { ...extension, replyForms: [ExtensionReply] },
  validate_extension: { ...extension, replyForms: [ValidatorReply] },
  post_extension: { ...extension, replyForms: [ExtensionReply] },
  assign: {
    ...jetStream,
    messages: [ExecAssignment],
    from: ["router"],
    to: ["worker"],
    deadLetter: addresses.assign_dlq,
  },
  assign_dlq: { ...plainNats, messages: [ExecResult], from: ["worker"], to: ["operators"] },
  assign_dlq_rust: { ...plainNats, messages: [ExecResult], from: ["worker"], to: ["operators"] },
  ack: {
    ...jetStream,
    messages: [ExecAssignmentAck],
    from: ["worker"],
    to: ["router"],
    deadLetter: addresses.ack_dlq,
  },
  ack_dlq: abandoned,
  result: {
    ...jetStream,
    messages: [ExecResult],
    from: ["worker"],
    to: ["router"],
    deadLetter: addresses.result_dlq,
  },
  result_dlq: abandoned,
  heartbeat: { ...plainNats, messages: [WorkerHeartbeat], from: ["worker"], to: ["router"] },
  heartbeat_rust: { ...plainNats, forms: [WorkerLoad], from: ["worker"], to: ["router"] },
  usage: { ...plainNats, messages: [UsageEvent], from: ["router"], to: ["usage"] },
  backpressure: { ...admin, forms: [BackpressureRequest], replyForms: [BackpressureReply] },
  extension_health: {
    ...admin,
    forms: [AdminRequest],
    replyForms: [ExtensionHealth, AdminError],
  },
  circuit_breaker_states: {
    ...admin,
    forms: [AdminRequest],
    replyForms: [CircuitBreakerStates, AdminError],
  },
  dry_run_pipeline: { ...admin, forms: [DryRunRequest], replyForms: [DryRunReply, AdminError] },
  pipeline_complexity: {
    ...admin,
    forms: [ComplexityRequest],
    replyForms: [ComplexityReply, AdminError],
  },
  alert_critical: alert,
  alert_warning: alert,
  alert_info: alert,
  ingress: {
    ...plainNats,
    forms: [IngressMessage],
    replies: [],
    replyForms: [IngressAck],
    from: ["client", "gateway"],
    to: ["router"],
  },
} as const satisfies Readonly<Record<ChannelName, Options>>;

function toChannel(name: ChannelName): BeamlineChannel {
  const { forms = [], replyForms = [], messages = [], ...rest }: Options = options[name];
  const address: string = addresses[name];
  const example = channelExamples[name];
  const channel = defineChannel({ ...rest, name, address, messages, example });
  return Object.freeze({ ...channel, name, forms, replyForms });
}

function isChannelName(name: string): name is ChannelName {
  return Object.hasOwn(addresses, name);
}

/** What travels where in BeamLine. Documents: the BeamLine protobuf README and the BeamLine NATS subjects. */
export const channels: readonly BeamlineChannel[] = Object.keys(addresses)
  .filter(isChannelName)
  .map(toChannel);
