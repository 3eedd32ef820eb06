import { describe, expect, expectTypeOf, it } from "vitest";
import { z } from "zod";
import {
  MessageEnvelope,
  type MessageEnvelopeJson,
  makeError,
  makeRequest,
  makeResponse,
  makeSuccess,
  parseEnvelope,
  WorkflowEngine,
} from "../../src/pitboss/index.js";
import { refusalOf } from "../support/refusal.js";
import { verbsInErrors } from "../support/verbs.js";

const at = { now: () => 1732535853442 };
const head = {
  version: "1.1",
  timestamp: 1732535853442,
  session_id: "s",
  request_id: "r",
  verb: "CONTENT",
};
const body = { url: "https://example.org" };
const start = "cannot encode pitboss.v1.MessageEnvelope to JSON:";

describe("the functions that make envelopes", () => {
  const made: readonly [string, MessageEnvelopeJson, object][] = [
    [
      "makeRequest",
      makeRequest("s", "r", "CONTENT", body, at),
      {
        type: "request",
        ...head,
        nextAgent: "model.Capo",
        returnCode: 0,
        decision: null,
        confidence: 0,
        reason: "",
        messageBody: body,
      },
    ],
    [
      "makeResponse",
      makeResponse("s", "r", "CONTENT", "a", "no", 0.4, "why", body, undefined, at),
      {
        type: "response",
        ...head,
        nextAgent: "a",
        returnCode: 0,
        decision: "no",
        confidence: 0.4,
        reason: "why",
        messageBody: body,
      },
    ],
    [
      "makeError",
      makeError("s", "r", "CONTENT", "broken", at),
      {
        type: "error",
        ...head,
        nextAgent: null,
        returnCode: -1,
        decision: null,
        confidence: 0,
        reason: "broken",
        messageBody: {},
      },
    ],
    [
      "makeSuccess",
      makeSuccess("s", "r", "CONTENT", body, at),
      {
        type: "response",
        ...head,
        nextAgent: null,
        returnCode: 1,
        decision: "yes",
        confidence: 1,
        reason: "Success",
        messageBody: body,
      },
    ],
  ];

  it.each(made)(
    "%s makes the documented envelope, in the documented order",
    (_, json, expected) => {
      expect(json).toEqual(expected);
      expect(Object.keys(json)).toEqual([
        "type",
        ...["version", "timestamp", "session_id", "request_id", "verb"],
        ...["nextAgent", "returnCode", "decision", "confidence", "reason", "messageBody"],
      ]);
      const bytes = MessageEnvelope.encode(MessageEnvelope.fromJson(json));
      expect(MessageEnvelope.toJson(MessageEnvelope.decode(bytes))).toEqual(json);
      expect(parseEnvelope(JSON.parse(JSON.stringify(json)))).toEqual(json);
    },
  );

  it("accept another return code", () => {
    const json = makeResponse("s", "r", "RULE", null, "no", 0, "", {}, -1, at);
    expect(json).toMatchObject({ returnCode: -1, decision: "no" });
  });

  it("copy the body", () => {
    const own = { deep: { list: [1] } };
    const { messageBody } = makeRequest("s", "r", "RULE", own);
    own.deep.list.push(2);
    expect(messageBody).toEqual({ deep: { list: [1] } });
  });

  it("use the current time by default", () => {
    const before = Date.now();
    const { timestamp } = makeSuccess("s", "r", "RULE", {});
    expect(timestamp).toBeGreaterThanOrEqual(before);
    expect(timestamp).toBeLessThanOrEqual(Date.now());
  });

  const strange: unknown = 5;
  it.each<[string, () => unknown]>([
    [
      `${start} session_id: expected a non-empty string, got "" [length]`,
      () => makeRequest("", "r", "RULE", {}),
    ],
    [
      `${start} verb: expected one of ${verbsInErrors}, got "rule" [format]`,
      () => makeError("s", "r", "rule", ""),
    ],
    [
      `${start} confidence: expected a number of at most 1, got 1.5 [range]`,
      () => makeResponse("s", "r", "RULE", null, "yes", 1.5, "", {}),
    ],
    [
      `${start} confidence: must be 0 when decision is null [rule]`,
      () => makeResponse("s", "r", "RULE", null, null, 1, "", {}),
    ],
    [
      `${start} messageBody._ctx: a key that starts with _ stays in the backend [rule]`,
      () => makeSuccess("s", "r", "RULE", { _ctx: 1 }),
    ],
    [
      `${start} messageBody.rows: expected a JSON value, got NaN [type]`,
      () => makeSuccess("s", "r", "RULE", { rows: Number.NaN }),
    ],
    [
      `${start} timestamp: expected an integer, got 1.5 [type]`,
      () => makeRequest("s", "r", "RULE", {}, { now: () => 1.5 }),
    ],
    [
      "cannot configure pitboss.v1.MessageEnvelope: now: the function threw an error [config]",
      () =>
        makeRequest(
          "s",
          "r",
          "RULE",
          {},
          {
            now: () => {
              throw new Error("no clock");
            },
          },
        ),
    ],
    [
      "cannot configure pitboss.v1.MessageEnvelope: engine: expected a WorkflowEngine, got an object [config] (and 1 more issue)",
      () => Reflect.apply(makeError, undefined, ["s", "r", "RULE", "", { engine: {}, now: 5 }]),
    ],
    [
      "cannot configure pitboss.v1.MessageEnvelope: expected an object, got 5 [config]",
      () => Reflect.apply(makeRequest, undefined, ["s", "r", "RULE", {}, strange]),
    ],
    [
      `${start} messageBody: expected an object, got 5 [type] (and 4 more issues)`,
      () => Reflect.apply(makeRequest, undefined, [5, 5, 5, 5, { now: () => "late" }]),
    ],
  ])("refuse: %s", (text, work) => {
    expect(refusalOf(work).message).toBe(text);
  });

  it.each(["contract", "getWorkflow", "getNode"])("refuse an engine without %s", (key) => {
    const { contract, getWorkflow, getNode } = new WorkflowEngine();
    const engine = { contract, getWorkflow, getNode, [key]: undefined };
    const work = () => Reflect.apply(makeRequest, undefined, ["s", "r", "RULE", {}, { engine }]);
    expect(refusalOf(work)).toMatchObject({ code: "config", path: "engine" });
  });

  it("know the verbs of an engine and their entry agents", () => {
    const engine = new WorkflowEngine().registerVerb(
      {
        verb: "CARD",
        entryAgent: "model.Dealer",
        nodes: { "model.Dealer": { agentName: "model.Dealer" } },
      },
      z.object({ card: z.string() }),
    );
    const request = makeRequest("s", "r", "CARD", { card: "king" }, { engine });
    expect(request).toMatchObject({ verb: "CARD", nextAgent: "model.Dealer" });
    expect(makeSuccess("s", "r", "CARD", {}, { engine }).verb).toBe("CARD");
    expect(refusalOf(() => makeSuccess("s", "r", "CARD", {})).code).toBe("format");
    // @ts-expect-error: a request of this verb must have a card.
    expect(refusalOf(() => makeRequest("s", "r", "CARD", {}, { engine })).message).toBe(
      `${start} messageBody.card: Invalid input: expected string, received undefined [rule]`,
    );
    // @ts-expect-error: this verb is not registered.
    expect(refusalOf(() => makeRequest("s", "r", "DICE", {}, { engine })).code).toBe(
      "workflow.unknown",
    );
    // @ts-expect-error: this verb needs the engine.
    expect(refusalOf(() => makeRequest("s", "r", "CARD", {})).code).toBe("format");
  });

  it("have the document's types", () => {
    expectTypeOf(makeRequest("s", "r", "RULE", {})).toEqualTypeOf<MessageEnvelopeJson>();
    expect(makeRequest).toHaveLength(4);
  });
});

describe("parseEnvelope", () => {
  const request = makeRequest("s", "r", "RULE", { rule_text: "all" }, at);

  it.each<[string, unknown]>([
    ["nothing", undefined],
    ["null", null],
    ["a text", JSON.stringify(request)],
    ["a list", [request]],
    ["an instance", new Date(0)],
    ["an empty object", {}],
    ["a legacy rule", { type: "run_rule", rule_code: "R", rule_id: 1 }],
    ["a legacy event", { type: "event", event: "views:refresh", payload: {} }],
    ["a legacy error", { type: "error", rule: "R", message: "m", timestamp: "2025-11-25" }],
    ["an empty type", { ...request, type: "" }],
    ["an empty verb", { ...request, verb: "" }],
    ["no session", { ...request, session_id: null }],
    ["an empty session", { ...request, session_id: "" }],
    ["an empty request id", { ...request, request_id: "" }],
  ])("gives null for %s", (_, data) => {
    expect(parseEnvelope(data)).toBeNull();
  });

  it("adds optional keys that are missing", () => {
    const { type, version, session_id, request_id, verb } = request;
    expect(parseEnvelope({ type, version, session_id, request_id, verb })).toEqual({
      ...request,
      timestamp: 0,
      nextAgent: null,
      messageBody: {},
    });
  });

  it.each(["1.0", "1.1", "1.2", "1.10"])("takes version %s", (version) => {
    expect(parseEnvelope({ ...request, version })).toEqual({ ...request, version });
  });

  it.each([
    ["2.0", 'version: expected version 1.x, got "2.0" [version.mismatch]'],
    ["0.9", 'version: expected version 1.x, got "0.9" [version.mismatch]'],
    ["11.1", 'version: expected version 1.x, got "11.1" [version.mismatch]'],
    ["01.1", 'version: expected version 1.x, got "01.1" [version.mismatch]'],
    ["1", 'version: expected a version such as "1.1", got "1" [format]'],
    [1.1, "version: expected a string, got 1.1 [type]"],
    [undefined, "version: this key is required [required]"],
  ])("refuses version %s", (version, text) => {
    expect(refusalOf(() => parseEnvelope({ ...request, version })).message).toBe(
      `cannot decode pitboss.v1.MessageEnvelope from JSON: ${text}`,
    );
  });

  it("reports another major version only", () => {
    const other = { ...request, version: "2.0", verb: "DEAL", priority: 1 };
    expect(refusalOf(() => parseEnvelope(other)).code).toBe("version.mismatch");
  });

  it("refuses an envelope that breaks the rules, or cannot be read", () => {
    expect(refusalOf(() => parseEnvelope({ ...request, returnCode: 1 })).code).toBe("rule");
    const hostile = Object.defineProperty({}, "type", {
      get() {
        throw new Error("no");
      },
    });
    expect(refusalOf(() => parseEnvelope(hostile)).code).toBe("input.unreadable");
  });

  it("accepts the verbs of an engine", () => {
    const engine = new WorkflowEngine([
      {
        workflow: { verb: "CARD", entryAgent: "a", nodes: { a: { agentName: "a" } } },
        body: z.looseObject({}),
      },
    ]);
    const card = { ...request, verb: "CARD" };
    expect(parseEnvelope(card, { contract: engine.contract })).toEqual(card);
    expect(refusalOf(() => parseEnvelope(card)).code).toBe("format");
  });
});
