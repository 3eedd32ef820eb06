import { describe, expect, it } from "vitest";
import { channels } from "../../src/beamline/channels.js";
import {
  DeadLetter,
  ExecAssignment,
  ExecAssignmentAck,
  ExecResult,
  ProviderRequest,
  ProviderResponse,
  RouteDecision,
  RouteRequest,
  StreamChunk,
  UsageEvent,
  WorkerHeartbeat,
} from "../../src/beamline/index.js";

function named(name: string) {
  return channels.find((channel) => channel.name === name);
}

describe("the BeamLine channels", () => {
  it.each([
    ["decide", "beamline.router.v1.decide", RouteRequest, ["gateway", "worker"], ["router"]],
    ["decide_dlq", "beamline.router.v1.decide.dlq", DeadLetter, ["router"], ["operators"]],
    ["invoke", "beamline.provider.v1.invoke", ProviderRequest, ["router"], ["provider"]],
    [
      "invoke_stream",
      "beamline.provider.v1.invoke.stream",
      ProviderRequest,
      ["router"],
      ["provider"],
    ],
    ["assign", "caf.exec.assign.v1", ExecAssignment, ["router"], ["worker"]],
    ["assign_dlq", "caf.exec.dlq.v1", ExecResult, ["worker"], ["operators"]],
    ["ack", "caf.exec.assign.v1.ack", ExecAssignmentAck, ["worker"], ["router"]],
    ["ack_dlq", "caf.exec.assign.v1.ack.dlq", DeadLetter, ["router"], ["operators"]],
    ["result", "caf.exec.result.v1", ExecResult, ["worker"], ["router"]],
    ["result_dlq", "caf.exec.result.v1.dlq", DeadLetter, ["router"], ["operators"]],
    ["heartbeat", "caf.worker.heartbeat.v1", WorkerHeartbeat, ["worker"], ["router"]],
    ["usage", "beamline.usage.v1.metered", UsageEvent, ["router"], ["usage"]],
  ])("have %s on %s", (name, address, contract, from, to) => {
    const channel = named(name);
    expect(channel).toMatchObject({ address, from, to, encoding: "json", maxBytes: 1_048_576 });
    expect(channel?.messages).toEqual([contract]);
    expect(channel?.at({})).toBe(address);
    expect(channel?.match(address)).toEqual({});
  });

  it("are these and no others", () => {
    expect(channels).toHaveLength(12);
  });

  it.each([
    ["decide", [RouteDecision], 5_000],
    ["invoke", [ProviderResponse], 30_000],
    ["invoke_stream", [StreamChunk], undefined],
  ])("answer %s", (name, replies, timeoutMillis) => {
    expect(named(name)?.request).toBe(true);
    expect(named(name)?.replies).toEqual(replies);
    expect(named(name)?.timeoutMillis).toBe(timeoutMillis);
  });

  it("answer nothing else", () => {
    expect(channels.filter(({ request }) => request)).toHaveLength(3);
  });

  it("keep assignments, acknowledgements and results until they are acknowledged", () => {
    const kept = channels.filter(({ delivery }) => delivery === "at least once");
    expect(kept.map(({ name }) => name)).toEqual(["assign", "ack", "result"]);
    const others = channels.filter(({ delivery }) => delivery === "at most once");
    expect(others).toHaveLength(9);
  });

  it.each([
    ["decide", "decide_dlq"],
    ["assign", "assign_dlq"],
    ["ack", "ack_dlq"],
    ["result", "result_dlq"],
  ])("give up messages of %s to %s", (name, deadLetters) => {
    expect(named(name)?.deadLetter).toBe(named(deadLetters)?.address);
  });

  it("give up no other messages", () => {
    expect(channels.filter(({ deadLetter }) => deadLetter !== undefined)).toHaveLength(4);
  });
});
