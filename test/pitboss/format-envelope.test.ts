import { describe, expect, it } from "vitest";
import {
  formatEnvelope,
  type MessageEnvelopeJson,
  makeError,
  makeRequest,
  makeResponse,
  makeSuccess,
  WorkflowEngine,
  type WorkflowNode,
} from "../../src/pitboss/index.js";
import { refusalOf } from "../support/refusal.js";

const at = { now: () => 1732535853442 };
const engine = new WorkflowEngine();
const yes = makeResponse(
  "s",
  "r",
  "RULE",
  "model.verifyRequest",
  "yes",
  0.85,
  "Rule syntax appears valid",
  {},
);

function nodeOf(agent: string): WorkflowNode | undefined {
  return engine.getNode("RULE", agent);
}

describe("formatEnvelope", () => {
  it("formats a response as the browser's console does", () => {
    expect(formatEnvelope(yes)).toBe(
      "[YES] (85%)\nRule syntax appears valid\nNext: model.verifyRequest",
    );
  });

  it.each<[string, MessageEnvelopeJson]>([
    [
      "[NO] (44%)\nCannot determine entity types\nNext: sendMessageToChat",
      makeResponse(
        "s",
        "r",
        "RULE",
        "sendMessageToChat",
        "no",
        0.44,
        "Cannot determine entity types",
        {},
      ),
    ],
    ["[YES] (100%)\nSuccess\nNext: null", makeSuccess("s", "r", "RULE", {})],
    ["[NULL] (0%)\n\nNext: null", makeResponse("s", "r", "RULE", null, null, 0, "", {})],
    ["[ERROR]\nInvalid verb", makeError("s", "r", "RULE", "Invalid verb")],
  ])("formats %j", (text, envelope) => {
    expect(formatEnvelope(envelope)).toBe(text);
  });

  it("formats a request with all its keys", () => {
    const request = makeRequest(
      "s",
      "r",
      "RULE",
      { rule_text: "all", deep: { a: 1 }, list: [1, 2] },
      at,
    );
    expect(formatEnvelope(request)).toBe(
      'Sending envelope: {type: "request", version: "1.1", timestamp: 1732535853442, session_id: "s", request_id: "r", verb: "RULE", nextAgent: "model.Capo", returnCode: 0, decision: null, confidence: 0, reason: "", messageBody: {rule_text: "all", deep: an object, list: an array of 2}}',
    );
  });

  it("cuts long values of a request", () => {
    const keys = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`k${index}`, index]));
    const long = makeRequest("s", "r", "RULE", { "a b": "x".repeat(200), ...keys });
    const [, body] = formatEnvelope(long).split("messageBody: ");
    expect(body).toBe(
      `{"a b": "${"x".repeat(75)}"..., k0: 0, k1: 1, k2: 2, k3: 3, k4: 4, k5: 5, k6: 6, k7: 7, k8: 8, and 3 more}}`,
    );
  });

  it("formats a step as the backend's log does", () => {
    expect(formatEnvelope(yes, nodeOf("model.Capo"))).toBe(
      [
        "🤖 [model.Capo] Validating rule request...",
        "  Decision: yes (confidence: 0.85)",
        "🔄 Workflow branching: model.Capo (yes) → model.verifyRequest",
      ].join("\n"),
    );
  });

  it("formats no step for an error, or without a node", () => {
    const error = makeError("s", "r", "RULE", "broken");
    expect(formatEnvelope(error, nodeOf("model.Capo"))).toBe("[ERROR]\nbroken");
    expect(formatEnvelope(yes, nodeOf("model.nobody"))).toBe(formatEnvelope(yes));
  });

  it("escapes line breaks, so that no text adds a line", () => {
    const reason = "fine\n[YES] (100%)\r\u0085\u2028\u001b[2J";
    expect(formatEnvelope({ ...yes, reason, nextAgent: "a\nb" })).toBe(
      "[YES] (85%)\nfine\\u000a[YES] (100%)\\u000d\\u0085\\u2028\\u001b[2J\nNext: a\\u000ab",
    );
  });

  it("refuses a value that is not an envelope", () => {
    expect(refusalOf(() => Reflect.apply(formatEnvelope, undefined, [null])).message).toBe(
      "cannot encode pitboss.v1.MessageEnvelope to JSON: reading the value threw an error [input.unreadable]",
    );
    expect(refusalOf(() => Reflect.apply(formatEnvelope, undefined, [{ type: "ping" }])).code).toBe(
      "input.unreadable",
    );
  });
});
