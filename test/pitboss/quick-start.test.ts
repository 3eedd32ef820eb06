import { expect, it } from "vitest";
import { createSession, makeRequest, makeResponse } from "../../src/pitboss/index.js";

interface Socket {
  send(text: string): void;
  onmessage: (event: { readonly data: string }) => void;
}

function fakeSocket(): Socket & { readonly sent: string[] } {
  const sent: string[] = [];
  return { sent, send: (text) => sent.push(text), onmessage: () => undefined };
}

it("sends a request as the quick start does", () => {
  const websocket = fakeSocket();
  const session = createSession({ newId: () => "abc123" });
  const { sessionId } = session;
  const requestId = session.nextRequestId();
  const before = Date.now();

  // The snippet of "Sending a Request".
  const request = makeRequest(sessionId, requestId, "RULE", {
    rule_text: "Show me patterns in episodes",
  });
  websocket.send(JSON.stringify(request));

  const { timestamp, ...rest } = request;
  expect(timestamp).toBeGreaterThanOrEqual(before);
  expect(timestamp).toBeLessThanOrEqual(Date.now());
  expect(rest).toEqual({
    type: "request",
    version: "1.1",
    session_id: "sess-abc123",
    request_id: "req-001",
    verb: "RULE",
    nextAgent: "model.Capo",
    returnCode: 0,
    decision: null,
    confidence: 0,
    reason: "",
    messageBody: { rule_text: "Show me patterns in episodes" },
  });
  expect(websocket.sent.map((text) => JSON.parse(text))).toEqual([request]);
});

it("receives a response as the quick start does", () => {
  const lines: string[] = [];
  const console = { log: (line: string): void => void lines.push(line) };
  const websocket = fakeSocket();

  // The snippet of "Receiving a Response".
  websocket.onmessage = (event) => {
    const data = JSON.parse(event.data);

    // Check for envelope response
    if (data.type === "response" || data.type === "error") {
      const envelope = data; // Already valid MessageEnvelope

      console.log(`Agent decision: ${envelope.decision}`);
      console.log(`Confidence: ${(envelope.confidence * 100).toFixed(0)}%`);
      console.log(`Reason: ${envelope.reason}`);
      console.log(`Next agent: ${envelope.nextAgent}`);

      // HITL check
      if (envelope.decision === "no") {
        // Stop processing, wait for user input
        console.log("Requires human approval");
      }
    }
  };

  const answer = (next: string, decision: "yes" | "no", confidence: number, reason: string) => {
    const body = { rule_text: "..." };
    const response = makeResponse(
      "sess-001",
      "req-001",
      "RULE",
      next,
      decision,
      confidence,
      reason,
      body,
    );
    websocket.onmessage({ data: JSON.stringify(response) });
  };
  answer("model.verifyRequest", "yes", 0.85, "Rule syntax appears valid");
  answer("sendMessageToChat", "no", 0.44, "Cannot determine entity types");
  expect(lines).toEqual([
    "Agent decision: yes",
    "Confidence: 85%",
    "Reason: Rule syntax appears valid",
    "Next agent: model.verifyRequest",
    "Agent decision: no",
    "Confidence: 44%",
    "Reason: Cannot determine entity types",
    "Next agent: sendMessageToChat",
    "Requires human approval",
  ]);
});
