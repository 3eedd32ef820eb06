import { expect, it } from "vitest";
import * as beamline from "../../src/beamline/index.js";
import { decision, request, response } from "../support/decide.js";
import { type Call, functionsOf, rawErrorsOf } from "../support/hostile.js";

const { ExecResult, RouteDecision, RouteRequest, StepResult, StepStatus } = beamline;
const message = { message_id: "m", tenant_id: "acme", message_type: "chat", payload: "hello" };
const routed = RouteRequest.fromJson({ message });
const decided = RouteDecision.fromJson(decision);
const assignment = beamline.toExecAssignment(request, decided);
const step = StepResult.create({ status: StepStatus.OK, latencyMs: 1n });
const origin = beamline.toResultOrigin(assignment);
const result = beamline.toExecResult(step, origin);
const refused = beamline.makeErrorResponse({ code: "internal" }, "broken");
const checked = beamline.DecideRequest.safeFromJson({});
const error = checked.ok ? undefined : checked.error;

/** Every function of the entry. */
const calls: readonly Call[] = [
  ["contractVersionOf", beamline.contractVersionOf, [{ subject: "a.v1" }]],
  [
    "contractVersionOf places",
    (headers: never, payload: never, subject: never) =>
      beamline.contractVersionOf({ headers, payload, subject }),
    [{}, {}, "a.v1"],
  ],
  ["toDecideRequest", beamline.toDecideRequest, [routed, {}]],
  ["toDecideResponse", beamline.toDecideResponse, [decided, { request_id: "r" }]],
  ["toRouteDecision", beamline.toRouteDecision, [response]],
  ["toRouteRequest", beamline.toRouteRequest, [request]],
  ["decideErrorStatusOf", beamline.decideErrorStatusOf, ["internal"]],
  ["grpcStatusNameOf", beamline.grpcStatusNameOf, ["timeout"]],
  ["intakeSeverityOf", beamline.intakeSeverityOf, ["PAYLOAD_TOO_SMALL"]],
  ["toDecideErrorCode", beamline.toDecideErrorCode, ["internal"]],
  ["makeErrorResponse", beamline.makeErrorResponse, [{ code: "internal" }, "broken", {}]],
  ["toErrorResponse", beamline.toErrorResponse, [error, {}]],
  ["toGrpcStatus", beamline.toGrpcStatus, [refused]],
  ["toHttpReply", beamline.toHttpReply, [refused]],
  ["gatewayIdempotencyKeyOf", beamline.gatewayIdempotencyKeyOf, [request]],
  ["idempotencyKeyOf", beamline.idempotencyKeyOf, [routed]],
  ["decideReplyFromJson", beamline.decideReplyFromJson, [response]],
  ["decideRequestFromJson", beamline.decideRequestFromJson, [request]],
  ["formatSubject", beamline.formatSubject, ["custom_provider", { provider_id: "crm" }]],
  ["isSubject", beamline.isSubject, ["a.b"]],
  ["parseSubject", beamline.parseSubject, ["caf.exec.assign.v1"]],
  ["relatedSubjectOf", beamline.relatedSubjectOf, ["caf.exec.assign.v1", "ack"]],
  ["toExecAssignmentAck", beamline.toExecAssignmentAck, [assignment, "accepted", {}]],
  ["toResultOrigin", beamline.toResultOrigin, [assignment, {}]],
  ["toUsageEvent", beamline.toUsageEvent, [result, {}]],
  ["assignmentDeadlineOf", beamline.assignmentDeadlineOf, [1000n]],
  ["assignmentSubjectOf", beamline.assignmentSubjectOf, [request]],
  ["toExecAssignment", beamline.toExecAssignment, [request, decided, {}]],
  [
    "toExecAssignment settings",
    (now: never, newId: never) =>
      beamline.toExecAssignment(request, decided, { now, newId } as never),
    [() => 1, () => "id"],
  ],
  ["createExecResultContract", beamline.createExecResultContract, [{ textValues: true }]],
  ["formatStepErrorCode", beamline.formatStepErrorCode, [3002]],
  ["parseStepErrorCode", beamline.parseStepErrorCode, ["HTTP_ERROR"]],
  ["fromExecResult", beamline.fromExecResult, [ExecResult.clone(result)]],
  ["toExecResult", beamline.toExecResult, [step, origin]],
];

it.each(calls)("%s throws only small ContractErrors", async (...call) => {
  expect(await rawErrorsOf(call)).toEqual([]);
});

it("has a line for every function of BeamLine", () => {
  const names = new Set(calls.map(([name]) => name.replace(/ .*/, "")));
  expect([...names].sort()).toEqual(functionsOf(beamline));
});
