import { describe, expect, expectTypeOf, it } from "vitest";
import { z } from "zod";
import {
  type BodySchema,
  createEnvelopeContract,
  type DocumentedBodies,
  documentedWorkflows,
  MessageEnvelope,
  makeRequest,
  makeResponse,
  type Verb,
  type VerbWorkflow,
  Workflow,
  WorkflowEngine,
} from "../../src/pitboss/index.js";
import { through } from "../support/all-methods.js";
import { refusalOf } from "../support/refusal.js";

const engine = new WorkflowEngine();
const human = "sendMessageToChat";

/** The documented workflows: verb, agent, next agent after "yes"; every "no" leads to the human. */
const trees = [
  ["RULE", "model.Capo", "model.verifyRequest"],
  ["RULE", "model.verifyRequest", "model.ruleToSQL"],
  ["RULE", "model.ruleToSQL", "model.verifySQL"],
  ["RULE", "model.verifySQL", "tool.executeSQL"],
  ["RULE", "tool.executeSQL", human],
  ["CONTENT", "model.Capo", "model.verifyRequest"],
  ["CONTENT", "model.verifyRequest", "model.requestToExtractEntities"],
  ["CONTENT", "model.requestToExtractEntities", "model.verifyUpsert"],
  ["CONTENT", "model.verifyUpsert", "tool.executeSQL"],
  ["CONTENT", "tool.executeSQL", human],
] as const;

describe("the documented workflows", () => {
  it.each(trees)("%s: %s is followed by %s", (verb, agent, next) => {
    expect(engine.getNextAgent(verb, agent, "yes")).toBe(next);
    expect(engine.getNextAgent(verb, agent, "no")).toBe(human);
    expect(engine.getNode(verb, agent)).toMatchObject({
      agentName: agent,
      branchYes: next,
      branchNo: human,
      description: expect.stringMatching(/^[A-Z].+[^.]$/),
    });
  });

  it.each(["RULE", "CONTENT"] as const)("%s is plain data, and has no other agent", (verb) => {
    const agents = trees.filter(([of]) => of === verb).map(([, agent]) => agent);
    expect(Object.keys(documentedWorkflows[verb].nodes)).toEqual(agents);
    expect(through(Workflow, documentedWorkflows[verb])).toEqual(documentedWorkflows[verb]);
    expect(Workflow.toJson(engine.getWorkflow(verb))).toEqual(documentedWorkflows[verb]);
    expect(engine.getWorkflow(verb).entryAgent).toBe("model.Capo");
  });

  it("are RULE and CONTENT", () => {
    expect(Object.keys(documentedWorkflows)).toEqual(["RULE", "CONTENT"]);
    expectTypeOf<Verb>().toEqualTypeOf<"RULE" | "CONTENT">();
  });
});

describe("a WorkflowEngine", () => {
  it("navigates as the quick start shows", () => {
    const nextAgent = engine.getNextAgent("RULE", "model.Capo", "yes");
    expect(nextAgent).toBe("model.verifyRequest");
    expect(engine.isTerminal(nextAgent)).toBe(false);
  });

  it.each([
    ["sendMessageToChat", true],
    ["sendHITL", true],
    ["terminal", true],
    [null, true],
    [undefined, true],
    ["model.Capo", false],
    ["No.sendMessageToChat", false],
    ["nobody", false],
    ["", false],
  ])("has %s as a terminal: %s", (agent, terminal) => {
    expect(engine.isTerminal(agent)).toBe(terminal);
  });

  it.each(["model.nobody", human, "toString", "__proto__", ""])("has no node %j", (agent) => {
    expect(engine.getNode("RULE", agent)).toBeUndefined();
    expect(engine.getNextAgent("RULE", agent, "yes")).toBeUndefined();
    expect(engine.getNextAgent("RULE", agent, "no")).toBeUndefined();
  });

  it.each(["maybe", "YES", "", null])("has no branch for %j", (decision) => {
    expect(engine.getNextAgent("RULE", "model.Capo", decision)).toBeUndefined();
  });

  it.each([
    ["GENERIC", "GENERIC"],
    ["toString", "toString"],
    ["", ""],
    ["é".repeat(100), `${"é".repeat(77)}...`],
    [5, "5"],
    [{ toString: null }, "an object"],
  ])("knows no verb %j", (verb, shown) => {
    const text = `cannot run pitboss.v1.Workflow: verb: Unknown workflow: ${shown} [workflow.unknown]`;
    const calls = ["getWorkflow", "getNode", "getNextAgent", "toMermaid"] as const;
    for (const name of calls) {
      const call = () => Reflect.apply(engine[name], engine, [verb, "model.Capo", "yes"]);
      expect(refusalOf(call)).toMatchObject({ code: "workflow.unknown", message: text });
    }
  });

  it("knows no agent whose name is not a string", () => {
    const agent = { toString: () => "model.Capo" };
    expect(Reflect.apply(engine.getNode, engine, ["RULE", agent])).toBeUndefined();
  });

  it("cannot be changed", () => {
    const tree = engine.getWorkflow("RULE");
    expect(Object.isFrozen(engine)).toBe(true);
    expect(Object.isFrozen(tree)).toBe(true);
    expect(Object.isFrozen(tree.nodes)).toBe(true);
    expect(Object.isFrozen(tree.nodes["model.Capo"])).toBe(true);
    expect(Workflow.decode(Workflow.encode(tree))).toEqual(tree);
  });

  it("has the contract MessageEnvelope for the documented verbs", () => {
    expect(engine.contract).toBe(MessageEnvelope);
  });
});

describe("registerVerb", () => {
  const card: VerbWorkflow<"CARD"> = {
    verb: "CARD",
    entryAgent: "model.Capo",
    nodes: {
      "model.Capo": { agentName: "model.Capo", branchYes: "tool.deal", branchNo: human },
      "tool.deal": { agentName: "tool.deal", branchYes: null, description: "Dealing" },
    },
  };
  const body = z.looseObject({
    card: z.enum(["king", "queen"]),
    seats: z.array(z.int()).optional(),
  });
  const wide = engine.registerVerb(card, body);
  const request = makeRequest("s", "r", "CARD", { card: "king", seats: [1] }, { engine: wide });

  it("returns an engine that knows the new workflow and the others", () => {
    expect(wide.getNextAgent("CARD", "model.Capo", "yes")).toBe("tool.deal");
    expect(wide.getNextAgent("CARD", "tool.deal", "yes")).toBeUndefined();
    expect(wide.getNextAgent("CARD", "tool.deal", "no")).toBeUndefined();
    expect(wide.getNode("CARD", "tool.deal")?.description).toBe("Dealing");
    expect(wide.getNextAgent("RULE", "model.Capo", "yes")).toBe("model.verifyRequest");
    expect(refusalOf(() => engine.getWorkflow("CARD")).code).toBe("workflow.unknown");
  });

  it("accepts the verb in JSON and binary", () => {
    expect(through(wide.contract, request)).toEqual(request);
    const text = JSON.stringify(request);
    expect(wide.contract.toJsonText(wide.contract.fromJsonText(text))).toBe(text);
    const bytes = wide.contract.encode(wide.contract.fromJson(request));
    expect(wide.contract.toJson(wide.contract.decode(bytes))).toEqual(request);
    expect(refusalOf(() => MessageEnvelope.decode(bytes)).code).toBe("format");
    expect(through(wide.contract, { ...request, verb: "RULE" })).toMatchObject({ verb: "RULE" });
  });

  it("validates the body of requests in every method", () => {
    const { contract } = wide;
    const bad = { ...request, messageBody: { card: "ace", seats: [1, 0.5] } };
    const free = contract.fromJson({ ...bad, verb: "RULE" });
    const message = { ...free, verb: "CARD" };
    const text =
      'messageBody.card: Invalid option: expected one of "king"|"queen" [rule] (and 1 more issue)';
    for (const work of [
      () => contract.fromJson(bad),
      () => contract.check(message),
      () => contract.encode(message),
      () => contract.toJson(message),
      () => contract.decode(contract.codec.encode(message)),
    ]) {
      expect(refusalOf(work).message).toMatch(/^cannot .+: messageBody\.card: /);
      expect(refusalOf(work).message.replace(/^cannot .*?: /, "")).toBe(text);
    }
    const result = contract.safeFromJson(bad);
    expect(result.ok ? [] : result.error.issues.map(({ path }) => path)).toEqual([
      "messageBody.card",
      "messageBody.seats[1]",
    ]);
  });

  it("does not validate the bodies of responses and errors", () => {
    const response = makeResponse("s", "r", "CARD", null, "no", 0, "", { humanPrompt: "?" }, 0, {
      engine: wide,
    });
    expect(through(wide.contract, response)).toEqual(response);
  });

  it("validates an unset body as an empty one", () => {
    const unset = wide.contract.create({
      ...wide.contract.fromJson(request),
      messageBody: undefined,
    });
    expect(refusalOf(() => wide.contract.encode(unset)).path).toBe("messageBody.card");
  });

  it("is not affected by changes of its arguments", () => {
    const nodes = { a: { agentName: "a", branchYes: "terminal" } };
    const one = engine.registerVerb({ verb: "ONE", entryAgent: "a", nodes }, body);
    nodes.a.branchYes = "sendHITL";
    const two = one.registerVerb({ ...card, verb: "TWO" }, body);
    expect(two.getNextAgent("ONE", "a", "yes")).toBe("terminal");
    expect(two.getNextAgent("TWO", "model.Capo", "yes")).toBe("tool.deal");
    expect(one.getNextAgent("ONE", "a", "yes")).toBe("terminal");
  });

  it.each<[string, VerbWorkflow, unknown]>([
    [
      "cannot register pitboss.v1.Workflow: verb: RULE has a workflow already [registry.duplicate]",
      { ...card, verb: "RULE" },
      body,
    ],
    [
      'cannot register pitboss.v1.MessageEnvelope: verbs[0]: expected an upper-case verb such as RULE, got "card" [format]',
      { ...card, verb: "card" },
      body,
    ],
    [
      "cannot decode pitboss.v1.Workflow from JSON: entryAgent: must be a key of nodes [rule]",
      { ...card, entryAgent: "nobody" },
      body,
    ],
    [
      "cannot register pitboss.v1.MessageEnvelope: bodies.CARD: expected a Standard Schema, got an object [config]",
      card,
      {},
    ],
    [
      "cannot register pitboss.v1.MessageEnvelope: bodies.CARD: expected a Standard Schema, got undefined [config]",
      card,
      undefined,
    ],
    [
      "cannot register pitboss.v1.MessageEnvelope: bodies.CARD: expected a Standard Schema, got an object [config]",
      card,
      { "~standard": { validate: "yes" } },
    ],
  ])("refuses: %s", (text, workflow, schema) => {
    const work = () => Reflect.apply(engine.registerVerb, engine, [workflow, schema]);
    expect(refusalOf(work).message).toBe(text);
  });

  it("refuses a list that cannot be read", () => {
    expect(refusalOf(() => Reflect.construct(WorkflowEngine, [5])).message).toBe(
      "cannot register pitboss.v1.Workflow: reading the value threw an error [input.unreadable]",
    );
    expect(refusalOf(() => Reflect.construct(WorkflowEngine, [[null]])).code).toBe(
      "input.unreadable",
    );
  });

  it("has the types of its verbs", () => {
    expectTypeOf(engine).toEqualTypeOf<WorkflowEngine<DocumentedBodies>>();
    expectTypeOf(wide).toExtend<WorkflowEngine<DocumentedBodies>>();
    const options = { engine: wide };
    // @ts-expect-error: the body of this verb has another card.
    const ace = () => makeRequest("s", "r", "CARD", { card: "ace" }, options);
    expect(refusalOf(ace).code).toBe("rule");
  });
});

describe("the schema of a body", () => {
  const make = (validate: (value: unknown) => unknown) => {
    const schema = { "~standard": { version: 1, vendor: "test", validate } };
    return Reflect.apply(createEnvelopeContract, undefined, [
      { verbs: ["X"], bodies: { X: schema } },
    ]);
  };
  const json = {
    type: "request",
    version: "1.1",
    session_id: "s",
    request_id: "r",
    verb: "X",
    messageBody: {},
  };
  const start = "cannot decode pitboss.v1.MessageEnvelope from JSON:";

  it.each<[string, unknown]>([
    ["messageBody: no [rule]", { message: "no" }],
    ["messageBody.a[0].b: no [rule]", { message: "no", path: ["a", 0, { key: "b" }] }],
    ['messageBody["Symbol(c)"]: no [rule]', { message: "no", path: [Symbol("c")] }],
    [`messageBody: ${"n".repeat(77)}... [rule]`, { message: "n".repeat(100) }],
    ["messageBody: 5 [rule]", { message: 5 }],
  ])("says %s", (text, issue) => {
    const contract = make(() => ({ issues: [issue] }));
    expect(refusalOf(() => contract.fromJson(json)).message).toBe(`${start} ${text}`);
  });

  it("may be a function", () => {
    const schema: BodySchema = Object.assign(() => undefined, {
      "~standard": { version: 1, validate: () => ({}) } as const,
    });
    const contract = createEnvelopeContract({ verbs: ["X"], bodies: { X: schema } });
    expect(contract.fromJson(json).verb).toBe("X");
  });

  it("cannot change the body", () => {
    const contract = make(() => ({ value: { other: true } }));
    expect(contract.toJson(contract.fromJson(json)).messageBody).toEqual({});
  });

  it("must be synchronous", async () => {
    const contract = make(() => Promise.reject(new Error("late")));
    expect(refusalOf(() => contract.fromJson(json)).message).toBe(
      `${start} messageBody: the schema of this verb must answer at once [config]`,
    );
    // An unhandled rejection would fail this test run here.
    await new Promise((resolve) => setImmediate(resolve));
  });

  it("may throw, which is reported as a ContractError", () => {
    const contract = make(() => {
      throw new Error("secret");
    });
    expect(refusalOf(() => contract.fromJson(json)).message).toBe(
      `${start} messageBody: the schema of this verb threw an error [config]`,
    );
  });

  it("may throw a ContractError, which is no fault of the message either", () => {
    const error = refusalOf(() => new WorkflowEngine().getWorkflow("NONE"));
    const contract = make(() => {
      throw error;
    });
    expect(refusalOf(() => contract.fromJson(json)).code).toBe("config");
  });

  it("must belong to a verb", () => {
    const work = () => createEnvelopeContract({ verbs: ["Y"], bodies: { X: z.looseObject({}) } });
    expect(refusalOf(work).message).toBe(
      "cannot register pitboss.v1.MessageEnvelope: bodies.X: must be one of verbs [config]",
    );
  });
});
