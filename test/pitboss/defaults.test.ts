import { expect, it } from "vitest";
import {
  contracts,
  MessageEnvelope,
  MessageType,
  Workflow,
  WorkflowNode,
} from "../../src/pitboss/index.js";

const ids = { sessionId: "s", requestId: "r", verb: "RULE" };

/** Every message with only its required fields, and its complete wire JSON. */
const table = [
  [
    MessageEnvelope.toJson(MessageEnvelope.create({ ...ids, type: MessageType.REQUEST })),
    '{"type":"request","version":"1.1","timestamp":0,"session_id":"s","request_id":"r","verb":"RULE","nextAgent":null,"returnCode":0,"decision":null,"confidence":0,"reason":"","messageBody":{}}',
  ],
  [
    Workflow.toJson(
      Workflow.create({ verb: "RULE", entryAgent: "a", nodes: { a: { agentName: "a" } } }),
    ),
    '{"verb":"RULE","entryAgent":"a","nodes":{"a":{"agentName":"a","branchYes":null,"branchNo":null,"description":""}}}',
  ],
  [
    WorkflowNode.toJson(WorkflowNode.create({ agentName: "a" })),
    '{"agentName":"a","branchYes":null,"branchNo":null,"description":""}',
  ],
] as const;

it.each(table)("pitboss writes %j", (json, text) => {
  expect(JSON.stringify(json)).toBe(text);
});

it("has a line for every message of pitboss", () => {
  expect(table).toHaveLength(contracts.size);
});

it("writes all twelve keys of a response and of an error too", () => {
  const response = MessageEnvelope.create({ ...ids, type: MessageType.RESPONSE });
  const error = MessageEnvelope.create({ ...ids, type: MessageType.ERROR, returnCode: -1 });
  for (const envelope of [response, error]) {
    expect(Object.keys(MessageEnvelope.toJson(envelope))).toHaveLength(12);
  }
});
