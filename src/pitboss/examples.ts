import type { Example } from "../contract/example.js";
import { MessageEnvelope } from "./envelope.js";

const head = {
  version: "1.1",
  timestamp: 1732535853442,
  session_id: "sess-001",
  request_id: "req-001",
  verb: "RULE",
};
const headFilled =
  "version, timestamp, session_id and request_id filled from the field table and the Python example";

/** The examples of the Pitboss quick start. */
export const examples: readonly Example[] = [
  {
    name: "request",
    source: "the Pitboss quick start, Sending a Request",
    contract: MessageEnvelope,
    json: {
      type: "request",
      ...head,
      nextAgent: "model.Capo",
      returnCode: 0,
      decision: null,
      confidence: 0,
      reason: "",
      messageBody: { rule_text: "Show me patterns in episodes" },
    },
    bytes: 98,
    changes: ["the call of makeRequest written out as the envelope that it makes", headFilled],
  },
  {
    name: "response",
    source: "the Pitboss quick start, Creating Responses in Python",
    contract: MessageEnvelope,
    json: {
      type: "response",
      ...head,
      nextAgent: "model.verifyRequest",
      returnCode: 0,
      decision: "yes",
      confidence: 0.85,
      reason: "Rule syntax appears valid",
      messageBody: { rule_text: "..." },
    },
    bytes: 120,
    changes: [
      "the call of make_response written out as the envelope that it makes",
      "version and timestamp filled from the field table",
    ],
  },
  {
    name: "human_in_the_loop",
    source: "the Pitboss quick start, HITL Path",
    contract: MessageEnvelope,
    json: {
      type: "response",
      ...head,
      nextAgent: "sendMessageToChat",
      returnCode: 0,
      decision: "no",
      confidence: 0.44,
      reason: "Cannot determine entity types",
      messageBody: { humanPrompt: "Which entity types are meant?" },
    },
    bytes: 150,
    changes: [
      "the line of model.verifyRequest written out as an envelope",
      headFilled,
      "messageBody filled with a question to the person",
    ],
  },
  {
    name: "success",
    source: "the Pitboss quick start, Happy Path",
    contract: MessageEnvelope,
    json: {
      type: "response",
      ...head,
      nextAgent: null,
      returnCode: 1,
      decision: "yes",
      confidence: 1,
      reason: "Success",
      messageBody: { rows_modified: 42 },
    },
    bytes: 91,
    changes: ["the line of the frontend written out as the envelope behind it", headFilled],
  },
  {
    name: "error",
    source: "the Pitboss quick start, Envelope Fields Explained",
    contract: MessageEnvelope,
    json: {
      type: "error",
      ...head,
      nextAgent: null,
      returnCode: -1,
      decision: null,
      confidence: 0,
      reason: "Invalid envelope: messageBody is no object",
      messageBody: {},
    },
    bytes: 87,
    changes: [
      "made of the field table, because the document shows no error envelope",
      headFilled,
      "reason filled with the text of an error",
    ],
  },
];
