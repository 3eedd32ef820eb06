import { type Channel, defineChannel } from "../contract/channel.js";
import { ExecAssignment, ExecAssignmentAck } from "./assignment.js";
import { DeadLetter } from "./dead-letter.js";
import { RouteDecision, RouteRequest } from "./flow.js";
import { WorkerHeartbeat } from "./heartbeat.js";
import { ProviderRequest, ProviderResponse, StreamChunk } from "./provider.js";
import { ExecResult } from "./result.js";
import { UsageEvent } from "./usage.js";

/** Addresses are NATS subjects. A NATS message may have 1 MiB. */
const shared = { encoding: "json", maxBytes: 1_048_576 } as const;
/** JetStream keeps a message until its consumer has acknowledged it. */
const jetStream = { ...shared, delivery: "at least once" } as const;
const plainNats = { ...shared, delivery: "at most once" } as const;
const givenUp = {
  ...plainNats,
  messages: [DeadLetter],
  from: ["router"],
  to: ["operators"],
} as const;

/** What travels where in BeamLine. Documents: the BeamLine protobuf README and the BeamLine NATS subjects. */
export const channels: readonly Channel[] = [
  defineChannel({
    ...plainNats,
    name: "decide",
    address: "beamline.router.v1.decide",
    messages: [RouteRequest],
    replies: [RouteDecision],
    from: ["gateway", "worker"],
    to: ["router"],
    timeoutMillis: 5_000,
    deadLetter: "beamline.router.v1.decide.dlq",
  }),
  defineChannel({ ...givenUp, name: "decide_dlq", address: "beamline.router.v1.decide.dlq" }),
  defineChannel({
    ...plainNats,
    name: "invoke",
    address: "beamline.provider.v1.invoke",
    messages: [ProviderRequest],
    replies: [ProviderResponse],
    from: ["router"],
    to: ["provider"],
    timeoutMillis: 30_000,
  }),
  defineChannel({
    ...plainNats,
    name: "invoke_stream",
    address: "beamline.provider.v1.invoke.stream",
    messages: [ProviderRequest],
    replies: [StreamChunk],
    from: ["router"],
    to: ["provider"],
  }),
  defineChannel({
    ...jetStream,
    name: "assign",
    address: "caf.exec.assign.v1",
    messages: [ExecAssignment],
    from: ["router"],
    to: ["worker"],
    deadLetter: "caf.exec.dlq.v1",
  }),
  defineChannel({
    ...plainNats,
    name: "assign_dlq",
    address: "caf.exec.dlq.v1",
    messages: [ExecResult],
    from: ["worker"],
    to: ["operators"],
  }),
  defineChannel({
    ...jetStream,
    name: "ack",
    address: "caf.exec.assign.v1.ack",
    messages: [ExecAssignmentAck],
    from: ["worker"],
    to: ["router"],
    deadLetter: "caf.exec.assign.v1.ack.dlq",
  }),
  defineChannel({ ...givenUp, name: "ack_dlq", address: "caf.exec.assign.v1.ack.dlq" }),
  defineChannel({
    ...jetStream,
    name: "result",
    address: "caf.exec.result.v1",
    messages: [ExecResult],
    from: ["worker"],
    to: ["router"],
    deadLetter: "caf.exec.result.v1.dlq",
  }),
  defineChannel({ ...givenUp, name: "result_dlq", address: "caf.exec.result.v1.dlq" }),
  defineChannel({
    ...plainNats,
    name: "heartbeat",
    address: "caf.worker.heartbeat.v1",
    messages: [WorkerHeartbeat],
    from: ["worker"],
    to: ["router"],
  }),
  defineChannel({
    ...plainNats,
    name: "usage",
    address: "beamline.usage.v1.metered",
    messages: [UsageEvent],
    from: ["router"],
    to: ["usage"],
  }),
];
