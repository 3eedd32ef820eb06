import { describe, expect, it } from "vitest";
import { z } from "zod";
import {
  type Client,
  clientDefaults,
  createClient,
  createSession,
  type MessageEnvelopeJson,
  makeError,
  makeRequest,
  makeResponse,
  makeSuccess,
  WorkflowEngine,
} from "../../src/pitboss/index.js";
import { refusalOf } from "../support/refusal.js";

const human = "sendMessageToChat";
const start = "cannot match pitboss.v1.MessageEnvelope:";

function newClient(): Client {
  return createClient({
    session: createSession({ sessionId: "sess-1" }),
    now: () => 1732535853442,
  });
}

function step(next: string | null, decision: "yes" | "no" | null, returnCode = 0) {
  const confidence = decision === null ? 0 : 0.5;
  const body = { rule_text: "all", sql_query: "SELECT" };
  return makeResponse(
    "sess-1",
    "req-001",
    "RULE",
    next,
    decision,
    confidence,
    "why",
    body,
    returnCode,
  );
}

describe("a client", () => {
  it("makes the requests of its session", () => {
    const client = newClient();
    const first = client.request("RULE", { rule_text: "all" });
    const second = client.request("CONTENT", { url: "https://example.org" });
    const at = { now: () => 1732535853442 };
    expect(first).toEqual(makeRequest("sess-1", "req-001", "RULE", { rule_text: "all" }, at));
    expect(second).toMatchObject({ request_id: "req-002", verb: "CONTENT" });
    expect(client.open).toEqual([{ request: first }, { request: second }]);
  });

  it("creates a session by default", () => {
    const client = createClient();
    expect(client.request("RULE", {}).session_id).toBe(client.session.sessionId);
    expect(client.session.nextRequestId()).toBe("req-002");
  });

  it.each<[string, MessageEnvelopeJson, number]>([
    ["step", step("model.verifyRequest", "yes"), 1],
    ["step", step(human, "yes"), 1],
    ["step", step(null, null), 1],
    ["human", step(human, "no"), 1],
    ["human", step(human, "no", -1), 1],
    ["success", makeSuccess("sess-1", "req-001", "RULE", { success: true }), 0],
    ["success", step(null, null, 1), 0],
    ["error", step(null, "yes", -1), 0],
    ["error", makeError("sess-1", "req-001", "RULE", "broken"), 0],
  ])("recognizes a %s", (kind, envelope, open) => {
    const client = newClient();
    const request = client.request("RULE", { rule_text: "all" });
    expect(client.receive(JSON.parse(JSON.stringify(envelope)))).toEqual({
      kind,
      envelope,
      request,
      defaulted: [],
      ignored: [],
    });
    expect(client.open).toHaveLength(open);
    expect(client.open[0]?.stop).toEqual(kind === "human" ? envelope : undefined);
  });

  it("returns null for frames that are not envelopes", () => {
    expect(newClient().receive({ type: "echo", message: "hi" })).toBeNull();
    expect(newClient().receive("text")).toBeNull();
  });

  const answer = step("model.verifyRequest", "yes");
  it.each<[string, object]>([
    [
      'session_id: expected "sess-1", got "sess-2" [session.mismatch]',
      { ...answer, session_id: "sess-2" },
    ],
    [
      'request_id: expected an open request of this session, got "req-002" [session.mismatch]',
      { ...answer, request_id: "req-002" },
    ],
    ['verb: expected "RULE", got "CONTENT" [session.mismatch]', { ...answer, verb: "CONTENT" }],
    [
      'type: expected "response" or "error", got "request" [rule]',
      makeRequest("sess-1", "req-001", "RULE", {}),
    ],
  ])("refuses %s", (text, envelope) => {
    const client = newClient();
    client.request("RULE", {});
    const before = client.open;
    expect(refusalOf(() => client.receive(envelope)).message).toBe(`${start} ${text}`);
    expect(client.open).toEqual(before);
  });

  it("refuses what parseEnvelope refuses", () => {
    const client = newClient();
    client.request("RULE", {});
    expect(refusalOf(() => client.receive({ ...answer, version: "2.0" })).code).toBe(
      "version.mismatch",
    );
    expect(refusalOf(() => client.receive({ ...answer, confidence: 2 })).code).toBe("range");
    expect(client.open).toHaveLength(1);
  });

  it.each([
    ["the success", makeSuccess("sess-1", "req-001", "RULE", {})],
    ["an error", makeError("sess-1", "req-001", "RULE", "broken")],
  ])("takes nothing after %s", (_, end) => {
    const client = newClient();
    client.request("RULE", {});
    client.receive(end);
    expect(refusalOf(() => client.receive(end)).message).toBe(
      `${start} request_id: expected an open request of this session, got "req-001" [session.mismatch]`,
    );
  });

  it.each([
    [
      "an unknown verb",
      `{"type": "error", "version": "1.1", "timestamp": 1764791234567, "session_id": "sess-1", "request_id": "req-001", "verb": "GENERIC", "nextAgent": null, "returnCode": -1, "decision": null, "confidence": 0.0, "reason": "Invalid verb 'FOO'", "messageBody": {}}`,
    ],
    [
      "a missing verb",
      `{"type": "error", "version": "1.1", "timestamp": 1764791234567, "session_id": "sess-1", "request_id": "req-001", "verb": "GENERIC", "nextAgent": null, "returnCode": -1, "decision": null, "confidence": 0.0, "reason": "Missing or empty 'verb'", "messageBody": {}}`,
    ],
    [
      "another verb",
      `{"type": "error", "version": "1.1", "timestamp": 1764791234567, "session_id": "sess-1", "request_id": "req-001", "verb": "CONTENT", "nextAgent": null, "returnCode": -1, "decision": null, "confidence": 0.0, "reason": "no such run", "messageBody": {}}`,
    ],
  ])("ends a request that the backend answered with an error of %s", (_, text) => {
    const client = newClient();
    const request = client.request("RULE", {});
    const answer = client.receive(JSON.parse(text));
    expect(answer).toMatchObject({ kind: "error", request, envelope: JSON.parse(text) });
    expect(client.open).toEqual([]);
  });

  it("reads answers leniently on demand, and says what was changed", () => {
    const text =
      '{"type":"response","verb":"RULE","session_id":"sess-1","request_id":"req-001","decision":"no","confidence":0.5,"trace_id":"t"}';
    const session = createSession({ sessionId: "sess-1" });
    const client = createClient({ session, lenient: true, now: () => 9 });
    client.request("RULE", {});
    expect(client.receive(JSON.parse(text))).toMatchObject({
      kind: "human",
      envelope: { version: "1.1", timestamp: 9, reason: "" },
      defaulted: ["version", "timestamp", "nextAgent", "returnCode", "reason", "messageBody"],
      ignored: ["trace_id"],
    });
    const strict = newClient();
    strict.request("RULE", {});
    expect(refusalOf(() => strict.receive(JSON.parse(text))).code).toBe("unknown_key");
    expect(refusalOf(() => createClient(JSON.parse('{"lenient":1}'))).message).toBe(
      "cannot configure pitboss.v1.MessageEnvelope: lenient: expected a boolean, got 1 [config]",
    );
  });

  it("refuses answers to a cancelled request", () => {
    const client = newClient();
    client.request("RULE", {});
    expect(client.forget("req-001")).toBe(true);
    expect(client.forget("req-001")).toBe(false);
    expect(refusalOf(() => client.receive(answer)).code).toBe("session.mismatch");
  });

  it("resumes with a person's answer", () => {
    const client = newClient();
    client.request("RULE", {});
    const stop = step(human, "no", -1);
    client.receive({ ...stop, version: "1.2" });
    const resumed = client.resume("req-001", "the guests");
    const body = { ...stop.messageBody, raw_text: "the guests" };
    const at = { now: () => 1732535853442 };
    expect(resumed).toEqual({
      ...makeRequest("sess-1", "req-002", "RULE", body, at),
      nextAgent: human,
    });
    expect(client.open).toEqual([{ request: resumed }]);
    expect(client.receive({ ...answer, request_id: "req-002" })?.kind).toBe("step");
  });

  it.each(["model.verifyRequest", null])("resumes at %s", (nextAgent) => {
    const client = newClient();
    client.request("RULE", {});
    client.receive(step(human, "no"));
    expect(client.resume("req-001", "go on", nextAgent).nextAgent).toBe(nextAgent);
  });

  it("refuses answers while a request waits for a person, and resumes it once", () => {
    const client = newClient();
    client.request("RULE", {});
    const stop = step(human, "no");
    client.receive(stop);
    const waits = `${start} request_id: takes no answer: it waits for a person [transition]`;
    expect(refusalOf(() => client.receive(stop)).message).toBe(waits);
    expect(refusalOf(() => client.receive(answer)).message).toBe(waits);
    client.resume("req-001", "go on");
    const done = `${start} request_id: does not wait for a person [transition]`;
    expect(refusalOf(() => client.resume("req-001", "again")).message).toBe(done);
    expect(refusalOf(() => client.resume("req-002", "early")).message).toBe(done);
  });

  it("keeps waiting when the resumed request breaks the rules", () => {
    const client = newClient();
    client.request("RULE", {});
    client.receive(step(human, "no"));
    expect(refusalOf(() => client.resume("req-001", "\ud800")).path).toBe("messageBody.raw_text");
    expect(refusalOf(() => client.resume("req-001", "go on", "")).path).toBe("nextAgent");
    expect(client.resume("req-001", "go on").request_id).toBe("req-004");
  });

  it("is not affected by changes of the envelopes", () => {
    const client = newClient();
    const request = client.request("RULE", {});
    request.verb = "CONTENT";
    const stop = client.receive(step(human, "no"));
    if (stop !== null) stop.envelope.messageBody["raw_text"] = "changed";
    expect(stop?.request.verb).toBe("RULE");
    expect(client.open[0]?.stop?.messageBody).not.toHaveProperty("raw_text");
    expect(Object.isFrozen(stop?.request)).toBe(true);
  });

  it("knows the verbs of its engine", () => {
    const engine = new WorkflowEngine().registerVerb(
      { verb: "CARD", entryAgent: "a", nodes: { a: { agentName: "a" } } },
      z.looseObject({ card: z.string() }),
    );
    const client = createClient({ engine, session: createSession({ sessionId: "sess-1" }) });
    expect(client.request("CARD", { card: "king" })).toMatchObject({
      verb: "CARD",
      nextAgent: "a",
    });
    const card = { ...step(null, "no"), verb: "CARD", messageBody: {} };
    expect(client.receive(card)?.kind).toBe("human");
    expect(refusalOf(() => client.resume("req-001", "go on")).path).toBe("messageBody.card");
    // @ts-expect-error: the card must be a string.
    expect(refusalOf(() => client.request("CARD", { card: 5 })).code).toBe("rule");
    // @ts-expect-error: this verb is not registered.
    expect(refusalOf(() => client.request("DICE", {})).code).toBe("workflow.unknown");
  });

  it("refuses a session that repeats an id", () => {
    const session = { sessionId: "sess-1", nextRequestId: () => "req-001" };
    const client = createClient({ session });
    client.request("RULE", {});
    const text = `${start} request_id: expected an id that no open request has, got "req-001" [session.mismatch]`;
    expect(refusalOf(() => client.request("RULE", {})).message).toBe(text);
    client.receive(step(human, "no"));
    expect(refusalOf(() => client.resume("req-001", "go on")).message).toBe(text);
    expect(client.open[0]?.stop?.decision).toBe("no");
    session.nextRequestId = () => {
      throw new Error("no number");
    };
    expect(refusalOf(() => client.request("RULE", {})).message).toBe(
      "cannot configure pitboss.v1.MessageEnvelope: session: the function threw an error [config]",
    );
    session.nextRequestId = () => {
      // A ContractError of the session is no fault of the request either.
      throw refusalOf(() => client.resume("req-009", ""));
    };
    expect(refusalOf(() => client.request("RULE", {})).code).toBe("config");
  });

  it("has at most maxOpen open requests", () => {
    expect(clientDefaults).toEqual({ lenient: false, maxOpen: 1_000 });
    expect(Object.isFrozen(clientDefaults)).toBe(true);
    const session = createSession({ sessionId: "sess-1" });
    const client = createClient({ session, maxOpen: 2 });
    client.request("RULE", {});
    client.request("RULE", {});
    expect(refusalOf(() => client.request("RULE", {})).message).toBe(
      `${start} 2 requests are open, and maxOpen is 2 [length]`,
    );
    client.receive(step(human, "no"));
    expect(client.resume("req-001", "go on").request_id).toBe("req-003");
    client.forget("req-002");
    expect(client.request("RULE", {}).request_id).toBe("req-004");
    expect(client.open).toHaveLength(2);
    const most = createClient();
    for (let count = 0; count < clientDefaults.maxOpen; count++) most.request("RULE", {});
    expect(refusalOf(() => most.request("RULE", {})).code).toBe("length");
  });

  it("resumes a request once, also when its clock resumes it", () => {
    let inner: MessageEnvelopeJson | undefined;
    let resumes = false;
    const client: Client = createClient({
      session: createSession({ sessionId: "sess-1" }),
      now: () => {
        if (!resumes) return 1;
        resumes = false;
        inner = client.resume("req-001", "inner");
        return 2;
      },
    });
    client.request("RULE", {});
    client.receive(step(human, "no"));
    resumes = true;
    expect(refusalOf(() => client.resume("req-001", "outer")).code).toBe("transition");
    expect(client.open.map(({ request }) => request)).toEqual([inner]);
  });

  it.each<[string, unknown]>([
    ["session: expected a session, got 5 [config]", { session: 5 }],
    ["session: expected a session, got an object [config]", { session: { sessionId: "s" } }],
    [
      "session: expected a session, got an object [config]",
      { session: { nextRequestId: () => "r" } },
    ],
    ["now: expected a function, got 5 [config]", { now: 5 }],
    ["maxOpen: expected an integer of at least 1, got NaN [config]", { maxOpen: Number.NaN }],
    ["maxOpen: expected an integer of at least 1, got 1.5 [config]", { maxOpen: 1.5 }],
    ["maxOpen: expected an integer of at least 1, got 0 [config]", { maxOpen: 0 }],
    ["maxOpen: expected an integer of at least 1, got null [config]", { maxOpen: null }],
  ])("refuses: %s", (text, options) => {
    const work = () => Reflect.apply(createClient, undefined, [options]);
    expect(refusalOf(work).message).toBe(`cannot configure pitboss.v1.MessageEnvelope: ${text}`);
  });
});
