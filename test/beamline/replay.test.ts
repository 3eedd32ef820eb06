import type { Message } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import { channelExamples } from "../../src/beamline/channel-examples.js";
import {
  assignmentSubjectOf,
  type ChannelName,
  channelAddresses,
  contractVersionOf,
  DecideRequest,
  DecideResponse,
  decideReplyFromJson,
  decideRequestFromJson,
  ErrorCode,
  ErrorResponse,
  ExecAssignment,
  ExecAssignmentAck,
  ExecResult,
  formatSubject,
  fromExecResult,
  idempotencyKeyOf,
  makeErrorResponse,
  parseSubject,
  RouteDecision,
  RouteRequest,
  StepResult,
  StepStatus,
  toDecideRequest,
  toDecideResponse,
  toErrorResponse,
  toExecAssignment,
  toExecAssignmentAck,
  toExecResult,
  toGrpcStatus,
  toHttpReply,
  toResultOrigin,
  toRouteRequest,
  toUsageEvent,
  UsageEvent,
} from "../../src/beamline/index.js";
import type { Contract } from "../../src/contract/contract.js";
import { full } from "../support/decide.js";
import { refusalOf } from "../support/refusal.js";

/** Records what is sent and returns it as the receiver decodes it. */
interface Wire {
  send<M extends Message, J>(name: ChannelName, contract: Contract<M, J>, message: M): M;
  reply<M extends Message, J>(name: ChannelName, contract: Contract<M, J>, message: M): M;
  /** Records a message that is not sent. */
  keep<M extends Message, J>(place: string, contract: Contract<M, J>, message: M): M;
  readonly lines: string[];
}

function createWire(
  carry: <M extends Message, J>(contract: Contract<M, J>, message: M) => { text: string; got: M },
): Wire {
  const lines: string[] = [];
  const pass = <M extends Message, J>(head: string, contract: Contract<M, J>, message: M): M => {
    const { text, got } = carry(contract, message);
    expect(contract.equals(got, message)).toBe(true);
    lines.push(`${head}\n${contract.typeName}\n${text}\n`);
    return got;
  };
  return {
    lines,
    send(name, contract, message) {
      const subject = channelAddresses[name];
      const channel = parseSubject(subject)?.channel;
      expect(channel?.messages).toContain(contract);
      expect(contractVersionOf({ payload: message, subject })).toBe("1");
      return pass(`${channel?.from.join("|")} -> ${channel?.to}  ${subject}`, contract, message);
    },
    reply(name, contract, message) {
      const subject = channelAddresses[name];
      const channel = parseSubject(subject)?.channel;
      expect(channel?.replies).toContain(contract);
      return pass(`${channel?.to} replies  ${subject}`, contract, message);
    },
    keep: (place, contract, message) => pass(`within the ${place}`, contract, message),
  };
}

const overJson = () =>
  createWire((contract, message) => {
    const text = contract.toJsonText(message);
    const got = contract.fromJsonText(text);
    return { text: JSON.stringify(JSON.parse(text), undefined, 2), got };
  });

const overBinary = () =>
  createWire((contract, message) => {
    const bytes = contract.encode(message);
    const hex = Buffer.from(bytes).toString("hex").replaceAll(/.{64}/g, "$&\n");
    return { text: `${bytes.length} bytes\n${hex.trimEnd()}`, got: contract.decode(bytes) };
  });

/** One message from its routing request to its usage event. */
function replay(wire: Wire): void {
  let time = 1_706_371_200_000;
  const now = () => {
    time += 10;
    return time;
  };
  const newId = () => "a1f5b1d2-3c4e-4f6a-8b8c-9d0e1f2a3b4c";

  const request = wire.send(
    "decide",
    RouteRequest,
    RouteRequest.fromJson(channelExamples.decide.message),
  );
  expect(idempotencyKeyOf(request)).toBe("request_idem_key_456");

  const decision = wire.reply(
    "decide",
    RouteDecision,
    RouteDecision.fromJson(channelExamples.decide.reply),
  );

  const assignment = wire.send(
    "assign",
    ExecAssignment,
    toExecAssignment(toDecideRequest(request), decision, { newId }),
  );
  const ack = wire.send(
    "ack",
    ExecAssignmentAck,
    toExecAssignmentAck(assignment, "accepted", { now }),
  );
  expect(ack.assignmentId).toBe(assignment.assignmentId);

  const step = wire.keep(
    "worker",
    StepResult,
    StepResult.create({
      status: StepStatus.OK,
      latencyMs: 230n,
      outputs: { text: "Hello!" },
      metadata: {
        traceId: assignment.correlation?.traceId ?? "",
        runId: request.message?.runId ?? "",
        flowId: request.message?.flowId ?? "",
        stepId: request.message?.stepId ?? "",
        tenantId: assignment.tenantId,
      },
    }),
  );
  const result = wire.send(
    "result",
    ExecResult,
    toExecResult(step, toResultOrigin(assignment, { cost: 0.001, now })),
  );
  const back = fromExecResult(result);
  expect(ExecResult.equals(toExecResult(back.step, back.origin), result)).toBe(true);

  const usage = wire.send("usage", UsageEvent, toUsageEvent(result, { now }));
  expect(usage).toMatchObject({
    tenantId: request.message?.tenantId,
    providerId: decision.providerId,
    eventType: request.message?.messageType,
    assignmentId: assignment.assignmentId,
    requestId: request.message?.messageId,
    timestamp: 1_706_371_200_030n,
  });
}

describe("a message from its routing request to its usage event", () => {
  it("goes over JSON", async () => {
    const wire = overJson();
    replay(wire);
    expect(wire.lines).toHaveLength(7);
    await expect(wire.lines.join("\n")).toMatchFileSnapshot(
      "transcripts/request-to-usage.json.txt",
    );
  });

  it("goes over binary", async () => {
    const wire = overBinary();
    replay(wire);
    expect(wire.lines).toHaveLength(7);
    await expect(wire.lines.join("\n")).toMatchFileSnapshot(
      "transcripts/request-to-usage.binary.txt",
    );
  });
});

describe("an adapter request", () => {
  const lines: string[] = [];
  const emit = (head: string, value: unknown): void => {
    lines.push(`${head}\n${JSON.stringify(value, undefined, 2)}\n`);
  };

  it("leads to an assignment, a failure and its usage event, or to an error", async () => {
    const subject = formatSubject("decide");
    const { run_id: _run, flow_id: _flow, step_id: _step, ...asked } = full;
    const incoming = decideRequestFromJson(JSON.parse(DecideRequest.toJsonText(asked)));
    if (incoming.kind !== "adapter") throw new Error("read as a plain request");
    const { request } = incoming;
    expect(contractVersionOf({ headers: { version: "1" }, payload: request, subject })).toBe("1");
    emit(`gateway -> router  ${subject}`, request);
    const routed = toRouteRequest(request);
    emit("within the router", RouteRequest.toJson(routed));

    const decision = RouteDecision.create({
      providerId: "openai:gpt-4o",
      reason: "sticky",
      priority: 100,
      expectedLatencyMs: 4_000n,
      expectedCost: 0.012,
    });
    const context = { request_id: request.request_id, trace_id: "t" };
    const reply = decideReplyFromJson(
      JSON.parse(DecideResponse.toJsonText(toDecideResponse(decision, context))),
    );
    if (reply.kind !== "adapter") throw new Error("read as a plain decision");
    emit("router replies", toHttpReply(reply.response));

    const assignment = toExecAssignment(request, decision, { newId: () => "a-1" });
    emit(`router -> worker  ${assignmentSubjectOf(request)}`, ExecAssignment.toJson(assignment));
    const now = () => 1_706_371_200_000;
    const failed = StepResult.create({
      status: StepStatus.ERROR,
      errorCode: ErrorCode.CONNECTION_TIMEOUT,
      errorMessage: "no answer from openai",
      latencyMs: 20_000n,
      metadata: { tenantId: assignment.tenantId, traceId: "t" },
    });
    const result = toExecResult(failed, toResultOrigin(assignment, { now }));
    emit(`worker -> router  ${formatSubject("result")}`, ExecResult.toJson(result));
    emit(
      `router -> usage  ${formatSubject("usage")}`,
      UsageEvent.toJson(toUsageEvent(result, { now })),
    );

    const refused = DecideRequest.safeFromJson({ ...asked, version: "2" });
    if (refused.ok) throw new Error("nothing was refused");
    const errors = [
      toErrorResponse(refused.error, { request_id: "req-1" }),
      makeErrorResponse({ intakeErrorCode: "TENANT_FORBIDDEN" }, "acme may not do this"),
      makeErrorResponse({ code: "decision_failed" }, "no provider available", { context }),
    ];
    for (const error of errors) {
      expect(decideReplyFromJson(error)).toEqual({ kind: "adapter", response: error });
      expect(ErrorResponse.check(error)).toEqual(error);
      emit("router replies", { http: toHttpReply(error), grpc: toGrpcStatus(error) });
    }
    await expect(lines.join("\n")).toMatchFileSnapshot("transcripts/decide-to-usage.json.txt");
  });

  it("has no usage event without a tenant", () => {
    const result = ExecResult.create({
      assignmentId: "a",
      status: "success",
      providerId: "p",
      job: { type: "chat" },
    });
    expect(refusalOf(() => toUsageEvent(result)).message).toBe(
      'cannot accept beamline.worker.v1.UsageEvent: tenant_id: expected a non-empty string, got "" [length]',
    );
  });
});
