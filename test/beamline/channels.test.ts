import { describe, expect, it } from "vitest";
import * as beamline from "../../src/beamline/index.js";
import {
  type BeamlineChannel,
  channelAddresses,
  channels,
  parseSubject,
} from "../../src/beamline/index.js";
import type { Contract } from "../../src/contract/contract.js";
import type { AnyJsonContract } from "../../src/contract/json-contract.js";

function named(name: string): BeamlineChannel {
  const channel = channels.find((candidate) => candidate.name === name);
  if (channel === undefined) throw new Error(`no channel ${name}`);
  return channel;
}

const router = ["router"];
const worker = ["worker"];
const provider = ["provider"];
const operators = ["operators"];
const gateway = ["gateway"];
const callers = ["client", "gateway", "worker"];

/** Name, messages, replies (each with those that exist in JSON only), from, to. */
const table = [
  [
    "decide",
    "RouteRequest DecideRequest",
    "RouteDecision DecideResponse ErrorResponse",
    callers,
    router,
  ],
  ["decide_reply", "RouteDecision DecideResponse ErrorResponse", undefined, router, callers],
  ["decide_dlq", "DeadLetter IntakeDeadLetter", undefined, router, operators],
  ["decide_grpc", "RouteRequest", "RouteDecision", gateway, router],
  ["decide_http", "DecideRequest", "DecideResponse ErrorResponse", ["client"], gateway],
  ["message_http", "GatewayMessage", "GatewayDecision GatewayError", ["client"], gateway],
  ["invoke", "ProviderRequest", "ProviderResponse", router, provider],
  ["invoke_stream", "ProviderRequest", "StreamChunk", router, provider],
  ["invoke_grpc", "ProviderRequest", "ProviderResponse", router, provider],
  ["invoke_stream_grpc", "ProviderRequest", "StreamChunk", router, provider],
  ["custom_provider", "CustomProviderRequest", "CustomProviderReply", router, provider],
  ["pre_extension", "ExtensionRequest", "ExtensionReply", router, ["extension"]],
  ["validate_extension", "ExtensionRequest", "ValidatorReply", router, ["extension"]],
  ["post_extension", "ExtensionRequest", "ExtensionReply", router, ["extension"]],
  ["assign", "ExecAssignment", undefined, router, worker],
  ["assign_dlq", "ExecResult", undefined, worker, operators],
  ["assign_dlq_rust", "ExecResult", undefined, worker, operators],
  ["ack", "ExecAssignmentAck", undefined, worker, router],
  ["ack_dlq", "DeadLetter", undefined, router, operators],
  ["result", "ExecResult", undefined, worker, router],
  ["result_dlq", "DeadLetter", undefined, router, operators],
  ["heartbeat", "WorkerHeartbeat", undefined, worker, router],
  ["heartbeat_rust", "WorkerLoad", undefined, worker, router],
  ["usage", "UsageEvent", undefined, router, ["usage"]],
  ["backpressure", "BackpressureRequest", "BackpressureReply", gateway, router],
  ["extension_health", "AdminRequest", "ExtensionHealth AdminError", gateway, router],
  ["circuit_breaker_states", "AdminRequest", "CircuitBreakerStates AdminError", gateway, router],
  ["dry_run_pipeline", "DryRunRequest", "DryRunReply AdminError", gateway, router],
  ["pipeline_complexity", "ComplexityRequest", "ComplexityReply AdminError", gateway, router],
  ...["alert_critical", "alert_warning", "alert_info"].map(
    (name) =>
      [
        name,
        "Alert",
        undefined,
        ["router", "worker", "gateway", "provider"],
        ["alerting"],
      ] as const,
  ),
  ["ingress", "IngressMessage", "IngressAck", ["client", "gateway"], router],
] as const;

/** Every subject, path and gRPC call of the documents with its channel; planned ones have no channel. */
const documented = [
  ["beamline.router.v1.decide", "decide"],
  ["beamline.router.v1.decide.reply", "decide_reply"],
  ["beamline.router.v1.decide.dlq", "decide_dlq"],
  ["/beamline.flow.v1.Router/Decide", "decide_grpc"],
  ["/api/v1/routes/decide", "decide_http"],
  ["/api/v1/messages", "message_http"],
  ["beamline.provider.v1.invoke", "invoke"],
  ["beamline.provider.v1.invoke.stream", "invoke_stream"],
  ["/beamline.provider.v1.Provider/Invoke", "invoke_grpc"],
  ["/beamline.provider.v1.Provider/InvokeStream", "invoke_stream_grpc"],
  ["beamline.provider.my_crm_summarizer.v1", "custom_provider"],
  ["beamline.ext.pre.normalize_text.v1", "pre_extension"],
  ["beamline.ext.validate.pii_guard.v1", "validate_extension"],
  ["beamline.ext.post.mask_pii.v1", "post_extension"],
  ["caf.exec.assign.v1", "assign"],
  ["caf.exec.dlq.v1", "assign_dlq"],
  ["caf.deadletter.v1", "assign_dlq_rust"],
  ["caf.exec.assign.v1.ack", "ack"],
  ["caf.exec.assign.v1.ack.dlq", "ack_dlq"],
  ["caf.exec.result.v1", "result"],
  ["caf.exec.result.v1.dlq", "result_dlq"],
  ["caf.worker.heartbeat.v1", "heartbeat"],
  ["caf.status.heartbeat.v1", "heartbeat_rust"],
  ["beamline.usage.v1.metered", "usage"],
  ["beamline.router.v1.status.backpressure", "backpressure"],
  ["beamline.router.v1.admin.get_extension_health", "extension_health"],
  ["beamline.router.v1.admin.get_circuit_breaker_states", "circuit_breaker_states"],
  ["beamline.router.v1.admin.dry_run_pipeline", "dry_run_pipeline"],
  ["beamline.router.v1.admin.get_pipeline_complexity", "pipeline_complexity"],
  ["beamline.alert.v1.critical", "alert_critical"],
  ["beamline.alert.v1.warning", "alert_warning"],
  ["beamline.alert.v1.info", "alert_info"],
  ["beamline.ingress.v1.message", "ingress"],
  ["beamline.router.v2.decide", undefined],
  ["beamline.router.dlq.v2", undefined],
  ["beamline.router.v2.status.backpressure", undefined],
] as const;

type Reader = Pick<Contract | AnyJsonContract, "typeName" | "safeFromJson">;

function namesOf(list: readonly Reader[]): string {
  return list.map(({ typeName }) => typeName.split(".").at(-1)).join(" ");
}

/** The readers that accept a JSON and know all its keys. */
function acceptingReaders(readers: readonly Reader[], json: unknown): Reader[] {
  return readers.filter((reader) => {
    const result = reader.safeFromJson(json);
    return result.ok && result.unknownKeys.length === 0;
  });
}

describe("the BeamLine channels", () => {
  it.each(table)("%s carries %s", (name, messages, replies, from, to) => {
    const channel = named(name);
    expect(channel).toMatchObject({ from, to, address: channelAddresses[channel.name] });
    expect(namesOf(channel.messages)).toBe(messages);
    expect(channel.request).toBe(replies !== undefined);
    expect(namesOf(channel.replies ?? [])).toBe(replies ?? "");
    expect(Object.isFrozen(channel)).toBe(true);
  });

  it("are all listed in the table", () => {
    expect(channels.map(({ name }) => name).sort()).toEqual(table.map(([name]) => name).sort());
    expect(channels).toHaveLength(33);
  });

  it.each(documented)("%s is %s", (address, name) => {
    expect(parseSubject(address)?.channel.name).toBe(name);
    const matching = channels.filter((channel) => channel.match(address) !== undefined);
    expect(matching).toHaveLength(name === undefined ? 0 : 1);
  });

  it("are all named by the documents", () => {
    const names = documented.map(([, name]) => name).filter((name) => name !== undefined);
    expect([...names].sort()).toEqual(channels.map(({ name }) => name).sort());
  });

  it.each(channels)("$name has an example that exactly one of its contracts accepts", (channel) => {
    const messages = acceptingReaders(channel.messages, channel.example?.message);
    expect(messages).toHaveLength(1);
    if (!channel.request) return expect(channel.example).not.toHaveProperty("reply");
    const answers = acceptingReaders(channel.replies ?? [], channel.example?.reply);
    expect(answers).toHaveLength(1);
  });

  it("carry every JSON-only message, and every message that is not part of another", () => {
    const carried = new Set<string>();
    for (const { messages, replies = [] } of channels) {
      for (const { typeName } of [...messages, ...replies]) carried.add(typeName);
    }
    const readers = Object.values(beamline).filter(
      (value): value is typeof value & Reader =>
        typeof value === "object" && "typeName" in value && "safeFromJson" in value,
    );
    const parts = readers.map(({ typeName }) => typeName).filter((name) => !carried.has(name));
    expect(parts.sort()).toEqual([
      "beamline.flow.v1.Message",
      "beamline.worker.v1.AssignmentCorrelation",
      "beamline.worker.v1.AssignmentDecision",
      "beamline.worker.v1.AssignmentExecutor",
      "beamline.worker.v1.AssignmentJob",
      "beamline.worker.v1.AssignmentOptions",
      "beamline.worker.v1.AssignmentRetry",
      "beamline.worker.v1.DeadLetterMessage",
      "beamline.worker.v1.Job",
      "beamline.worker.v1.ResultMetadata",
      "beamline.worker.v1.StepResult",
      "beamline.worker.v1.WorkerResources",
    ]);
  });

  it.each([
    ["decide", 5_000],
    ["decide_grpc", 5_000],
    ["invoke", 30_000],
    ["invoke_grpc", 30_000],
    ["invoke_stream", undefined],
    ["pre_extension", 5_000],
    ["custom_provider", 5_000],
  ])("%s has a timeout of %s ms", (name, timeoutMillis) => {
    expect(named(name).timeoutMillis).toBe(timeoutMillis);
  });

  it("are NATS subjects of at most 1 MiB, or paths with method POST", () => {
    const paths = channels.filter(({ kind }) => kind === "path");
    expect(paths.map(({ name, encoding, method }) => [name, encoding, method])).toEqual([
      ["decide_grpc", "binary", "POST"],
      ["decide_http", "json", "POST"],
      ["message_http", "json", "POST"],
      ["invoke_grpc", "binary", "POST"],
      ["invoke_stream_grpc", "binary", "POST"],
    ]);
    for (const { kind, encoding, maxBytes } of channels) {
      if (kind === undefined) expect([encoding, maxBytes]).toEqual(["json", 1_048_576]);
    }
  });

  it("deliver assignments, acknowledgements and results at least once", () => {
    const kept = channels.filter(({ delivery }) => delivery === "at least once");
    expect(kept.map(({ name }) => name)).toEqual(["assign", "ack", "result"]);
    const others = channels.filter(({ delivery }) => delivery === "at most once");
    expect(others).toHaveLength(30);
  });

  it.each([
    ["decide", "decide_dlq"],
    ["assign", "assign_dlq"],
    ["ack", "ack_dlq"],
    ["result", "result_dlq"],
  ])("send dead letters of %s to %s", (name, deadLetters) => {
    expect(named(name).deadLetter).toBe(named(deadLetters).address);
  });

  it("have no other dead-letter addresses", () => {
    expect(channels.filter(({ deadLetter }) => deadLetter !== undefined)).toHaveLength(4);
  });
});
