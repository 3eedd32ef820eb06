import { describe, expect, it } from "vitest";
import { eventExamples } from "../../../src/jimbot/channel-examples.js";
import {
  correlationOf,
  groupByCorrelation,
  isAnswer,
  makeFollowUp,
  requestIdOf,
  traceMetadataKeys,
} from "../../../src/jimbot/events/correlation.js";
import { Event } from "../../../src/jimbot/events/event.js";
import { MetricEvent } from "../../../src/jimbot/events/metric.js";
import { packEvent } from "../../../src/jimbot/events/pack-event.js";
import { LearningDecisionRequest, LearningDecisionResponse } from "../../../src/jimbot/learning.js";
import { StrategyResponse } from "../../../src/jimbot/strategy.js";
import { refusalOf } from "../../support/refusal.js";

const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
const question = Event.fromJson({ ...eventExamples.LEARNING_DECISION, event_id: "q1" });
const decision = LearningDecisionResponse.create({
  requestId: "REQ-123",
  selectedAction: "discard",
  confidence: 0.9,
});
let made = 0;
const head = { source: "ray_rllib", newId: () => `a${++made}`, now: () => 1234567890100 };

function answered(correlationId: string, requestId = "REQ-123"): Event {
  const message = { ...decision, requestId };
  return packEvent("LEARNING_DECISION", message, { ...head, correlationId });
}

describe("correlationOf", () => {
  it("is the event's own id until it follows another", () => {
    expect(correlationOf(question)).toBe("q1");
    expect(correlationOf(answered("c1"))).toBe("c1");
  });

  it("refuses an invalid event", () => {
    // @ts-expect-error no event
    expect(refusalOf(() => correlationOf({})).code).toBe("type");
  });
});

describe("makeFollowUp", () => {
  it("keeps the correlation over several events", () => {
    const answer = makeFollowUp(question, "LEARNING_DECISION", decision, head);
    const metric = MetricEvent.create({ metricName: "m", metricType: "gauge", value: 1 });
    const further = makeFollowUp(answer, "METRIC", metric, head);
    expect([answer, further].map(({ correlationId }) => correlationId)).toEqual(["q1", "q1"]);
    expect(new Set([question, answer, further].map(({ eventId }) => eventId)).size).toBe(3);
  });

  it("copies the trace, and nothing else of the metadata", () => {
    const metadata = { traceparent, tracestate: "a=1", json_debug: "true" };
    const traced = Event.fromJson({ ...Event.toJson(question), metadata });
    const answer = makeFollowUp(traced, "LEARNING_DECISION", decision, {
      ...head,
      metadata: { model: "ppo" },
    });
    expect(answer.metadata).toEqual({ traceparent, tracestate: "a=1", model: "ppo" });
    expect(traceMetadataKeys).toEqual(["traceparent", "tracestate"]);
  });

  it("continues no part of the trace if the options have another one", () => {
    const metadata = { traceparent, tracestate: "a=1" };
    const traced = Event.fromJson({ ...Event.toJson(question), metadata });
    const own = { traceparent: traceparent.replace("b7", "c8") };
    const answer = makeFollowUp(traced, "LEARNING_DECISION", decision, { ...head, metadata: own });
    expect(answer.metadata).toEqual(own);
  });

  it("accepts only messages of the type", () => {
    // @ts-expect-error a decision is no metric
    expect(refusalOf(() => makeFollowUp(question, "METRIC", decision, head)).code).toBe(
      "payload.type",
    );
    // @ts-expect-error no options
    expect(refusalOf(() => makeFollowUp(question, "LEARNING_DECISION", decision)).code).toBe(
      "config",
    );
  });
});

describe("groupByCorrelation", () => {
  it("groups events with those that they follow", () => {
    const other = packEvent("LEARNING_DECISION", decision, head);
    const answer = answered("q1");
    const groups = groupByCorrelation([question, other, answer]);
    expect([...groups]).toEqual([
      ["q1", [question, answer]],
      [other.eventId, [other]],
    ]);
  });
});

describe("requestIdOf", () => {
  it.each([
    ["LEARNING_DECISION", "REQ-123"],
    ["STRATEGY_REQUEST", "STR-1"],
    ["STRATEGY_RESPONSE", "STR-1"],
    ["KNOWLEDGE_QUERY", "Q-1"],
    ["KNOWLEDGE_UPDATE", undefined],
    ["GAME_STATE", undefined],
  ] as const)("of %s is %s", (type, id) => {
    expect(requestIdOf(Event.fromJson(eventExamples[type]))).toBe(id);
  });
});

describe("isAnswer", () => {
  it("is true for a decision with the question's id, with or without its correlation", () => {
    expect(isAnswer(question, answered("q1"))).toBe(true);
    expect(isAnswer(question, answered(""))).toBe(true);
  });

  it("is false for another id or another correlation", () => {
    expect(isAnswer(question, answered("q1", "REQ-124"))).toBe(false);
    expect(isAnswer(question, answered("q2"))).toBe(false);
  });

  it("is true for a strategy response", () => {
    const asked = Event.fromJson(eventExamples.STRATEGY_REQUEST);
    expect(isAnswer(asked, Event.fromJson(eventExamples.STRATEGY_RESPONSE))).toBe(true);
    const other = StrategyResponse.create({ requestId: "STR-2", recommendedAction: "discard" });
    expect(isAnswer(asked, makeFollowUp(asked, "STRATEGY_RESPONSE", other, head))).toBe(false);
  });

  it("is false for events that are not question and answer", () => {
    const request = LearningDecisionRequest.fromJson({
      request_id: "REQ-123",
      game_state: {},
      available_actions: ["discard"],
    });
    const again = makeFollowUp(question, "LEARNING_DECISION", request, head);
    const advice = Event.fromJson(eventExamples.STRATEGY_RESPONSE);
    const state = Event.fromJson(eventExamples.GAME_STATE);
    expect(isAnswer(question, again)).toBe(false);
    expect(isAnswer(answered("q1"), answered("q1"))).toBe(false);
    expect(isAnswer(question, advice)).toBe(false);
    expect(isAnswer(advice, advice)).toBe(false);
    expect(isAnswer(Event.fromJson(eventExamples.STRATEGY_REQUEST), state)).toBe(false);
  });
});
