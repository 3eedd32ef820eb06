import { type Channel, type ChannelOptions, defineChannel } from "../contract/channel.js";
import { DecideRequest, DecideResponse, ErrorResponse } from "./adapter/messages.js";
import { type ChannelName, channelAddresses } from "./channel-addresses.js";
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
import { IntakeDeadLetter } from "./json-messages/intake-dead-letter.js";
import { WorkerLoad } from "./json-messages/worker-load.js";
import { ProviderRequest, ProviderResponse, StreamChunk } from "./provider.js";
import { ExecAssignment, ExecAssignmentAck } from "./worker/assignment.js";
import { DeadLetter } from "./worker/dead-letter.js";
import { WorkerHeartbeat } from "./worker/heartbeat.js";
import { ExecResult } from "./worker/result.js";
import { UsageEvent } from "./worker/usage.js";

/** A channel of BeamLine. */
export interface BeamlineChannel extends Channel {
  readonly name: ChannelName;
}

type Options = Omit<ChannelOptions, "name" | "address" | "example">;

/** A NATS message is at most 1 MiB. */
const shared = { encoding: "json", maxBytes: 1_048_576 } as const;
/** JetStream keeps a message until its consumer acknowledges it. */
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
  messages: [ExtensionRequest],
  replies: [],
  from: ["router"],
  to: ["extension"],
  timeoutMillis: 5_000,
} as const;
const admin = { ...plainNats, replies: [], from: ["gateway"], to: ["router"] } as const;
const alert = {
  ...plainNats,
  messages: [Alert],
  from: ["router", "worker", "gateway", "provider"],
  to: ["alerting"],
} as const;

const options = {
  decide: {
    ...plainNats,
    messages: [RouteRequest, DecideRequest],
    replies: [RouteDecision, DecideResponse, ErrorResponse],
    from: ["client", "gateway", "worker"],
    to: ["router"],
    timeoutMillis: 5_000,
    deadLetter: channelAddresses.decide_dlq,
  },
  decide_reply: {
    ...plainNats,
    messages: [RouteDecision, DecideResponse, ErrorResponse],
    from: ["router"],
    to: ["client", "gateway", "worker"],
  },
  decide_dlq: { ...abandoned, messages: [DeadLetter, IntakeDeadLetter] },
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
    messages: [DecideRequest],
    replies: [DecideResponse, ErrorResponse],
  },
  message_http: {
    ...http,
    messages: [GatewayMessage],
    replies: [GatewayDecision, GatewayError],
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
    messages: [CustomProviderRequest],
    replies: [CustomProviderReply],
    from: ["router"],
    to: ["provider"],
    timeoutMillis: 5_000,
  },
  pre_extension: { ...extension, replies: [ExtensionReply] },
  validate_extension: { ...extension, replies: [ValidatorReply] },
  post_extension: { ...extension, replies: [ExtensionReply] },
  assign: {
    ...jetStream,
    messages: [ExecAssignment],
    from: ["router"],
    to: ["worker"],
    deadLetter: channelAddresses.assign_dlq,
  },
  assign_dlq: { ...plainNats, messages: [ExecResult], from: ["worker"], to: ["operators"] },
  assign_dlq_rust: { ...plainNats, messages: [ExecResult], from: ["worker"], to: ["operators"] },
  ack: {
    ...jetStream,
    messages: [ExecAssignmentAck],
    from: ["worker"],
    to: ["router"],
    deadLetter: channelAddresses.ack_dlq,
  },
  ack_dlq: abandoned,
  result: {
    ...jetStream,
    messages: [ExecResult],
    from: ["worker"],
    to: ["router"],
    deadLetter: channelAddresses.result_dlq,
  },
  result_dlq: abandoned,
  heartbeat: { ...plainNats, messages: [WorkerHeartbeat], from: ["worker"], to: ["router"] },
  heartbeat_rust: { ...plainNats, messages: [WorkerLoad], from: ["worker"], to: ["router"] },
  usage: { ...plainNats, messages: [UsageEvent], from: ["router"], to: ["usage"] },
  backpressure: { ...admin, messages: [BackpressureRequest], replies: [BackpressureReply] },
  extension_health: {
    ...admin,
    messages: [AdminRequest],
    replies: [ExtensionHealth, AdminError],
  },
  circuit_breaker_states: {
    ...admin,
    messages: [AdminRequest],
    replies: [CircuitBreakerStates, AdminError],
  },
  dry_run_pipeline: {
    ...admin,
    messages: [DryRunRequest],
    replies: [DryRunReply, AdminError],
  },
  pipeline_complexity: {
    ...admin,
    messages: [ComplexityRequest],
    replies: [ComplexityReply, AdminError],
  },
  alert_critical: alert,
  alert_warning: alert,
  alert_info: alert,
  ingress: {
    ...plainNats,
    messages: [IngressMessage],
    replies: [IngressAck],
    from: ["client", "gateway"],
    to: ["router"],
  },
} as const satisfies Readonly<Record<ChannelName, Options>>;

function toChannel(name: ChannelName): BeamlineChannel {
  const address: string = channelAddresses[name];
  const example = channelExamples[name];
  const rest: Options = options[name];
  return Object.freeze({ ...defineChannel({ ...rest, name, address, example }), name });
}

function isChannelName(name: string): name is ChannelName {
  return Object.hasOwn(channelAddresses, name);
}

/** All channels of BeamLine. Documents: the BeamLine protobuf README and the BeamLine NATS subjects. */
export const channels: readonly BeamlineChannel[] = Object.keys(channelAddresses)
  .filter(isChannelName)
  .map(toChannel);
