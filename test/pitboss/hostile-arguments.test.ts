import { expect, it } from "vitest";
import * as pitboss from "../../src/pitboss/index.js";
import { type Call, functionsOf, rawErrorsOf } from "../support/hostile.js";

const { MessageEnvelope, WorkflowEngine } = pitboss;
const session = pitboss.createSession({ sessionId: "s" });
const request = pitboss.makeRequest("s", "r", "RULE", {});
const step = pitboss.makeResponse(
  "s",
  "req-001",
  "RULE",
  "model.verifyRequest",
  "yes",
  0.5,
  "",
  {},
);
const frame = { kind: "envelope", envelope: MessageEnvelope.fromJson(request) };
const engine = new WorkflowEngine();
const node = engine.getNode("RULE", "model.Capo");
const workflow = { verb: "NEW", entryAgent: "a", nodes: { a: { agentName: "a" } } };
const body = { "~standard": { version: 1, vendor: "test", validate: () => ({}) } };
const agents = { "model.Capo": () => ["no", 0.5, "why"] };

function open(): pitboss.Client {
  const client = pitboss.createClient({ session: pitboss.createSession({ sessionId: "s" }) });
  client.request("RULE", {});
  return client;
}

function waiting(): pitboss.Client {
  const client = open();
  client.receive({ ...step, decision: "no" });
  return client;
}

/** A function that is called on a new object each time. */
function on<T>(make: () => T, call: (object: T, ...given: never[]) => unknown): unknown {
  return (...given: never[]) => call(make(), ...given);
}

/** Every function of the entry, and every method of what they make. */
const calls: readonly Call[] = [
  ["createClient", pitboss.createClient, [{ session, engine, now: () => 1 }]],
  ["createEnvelopeContract", pitboss.createEnvelopeContract, [{ verbs: ["NEW"] }]],
  [
    "createEnvelopeContract bodies",
    (bodies: never, verbs: never) => pitboss.createEnvelopeContract({ bodies, verbs }),
    [{ NEW: body }, ["NEW"]],
  ],
  ["formatEnvelope", pitboss.formatEnvelope, [step, node]],
  ["makeError", pitboss.makeError, ["s", "r", "RULE", "broken", {}]],
  ["makeRequest", pitboss.makeRequest, ["s", "r", "RULE", {}, {}]],
  ["makeResponse", pitboss.makeResponse, ["s", "r", "RULE", null, "yes", 0.5, "", {}, 0, {}]],
  ["makeSuccess", pitboss.makeSuccess, ["s", "r", "RULE", {}, {}]],
  ["parseEnvelope", pitboss.parseEnvelope, [request, {}]],
  [
    "parseEnvelope lenient",
    (data: unknown, now: never) => pitboss.parseEnvelope(data, { lenient: true, now }),
    [{ ...request, timestamp: null }, () => 1],
  ],
  ["createSession", pitboss.createSession, [{ sessionId: "s" }]],
  ["createSession newId", (newId: never) => pitboss.createSession({ newId }), [() => "id"]],
  ["formatSocketFrame", pitboss.formatSocketFrame, [frame, {}]],
  ["parseSocketFrame", pitboss.parseSocketFrame, [JSON.stringify(request), {}]],
  ["stripInternalKeys", pitboss.stripInternalKeys, [frame.envelope]],
  ["callAgent", pitboss.callAgent, ["model.Capo", "RULE", {}, agents, {}]],
  ["runWorkflow", pitboss.runWorkflow, [request, agents, {}]],
  [
    "runWorkflow options",
    (maxSteps: never, signal: never, now: never) =>
      pitboss.runWorkflow(request, agents as never, { maxSteps, signal, now }),
    [2, new AbortController().signal, () => 1],
  ],
  ["WorkflowEngine", (registered: never) => new WorkflowEngine(registered), [[{ workflow, body }]]],
  [
    "WorkflowEngine.registerVerb",
    (...given: [never, never]) => engine.registerVerb(...given),
    [workflow, body],
  ],
  ["WorkflowEngine.getWorkflow", (verb: never) => engine.getWorkflow(verb), ["RULE"]],
  [
    "WorkflowEngine.getNode",
    (...given: [never, never]) => engine.getNode(...given),
    ["RULE", "model.Capo"],
  ],
  [
    "WorkflowEngine.getNextAgent",
    (...given: [never, never, never]) => engine.getNextAgent(...given),
    ["RULE", "model.Capo", "yes"],
  ],
  ["WorkflowEngine.isTerminal", (agent: never) => engine.isTerminal(agent), ["terminal"]],
  [
    "WorkflowEngine.toMermaid",
    (...given: [never, never]) => engine.toMermaid(...given),
    ["RULE", [step]],
  ],
  [
    "Client.request",
    on(open, (client, ...given) => client.request(...(given as [never, never]))),
    ["RULE", {}],
  ],
  ["Client.receive", on(open, (client, data) => client.receive(data)), [step]],
  [
    "Client.resume",
    on(waiting, (client, ...given) => client.resume(...(given as [never, never, never]))),
    ["req-001", "yes", null],
  ],
  ["Client.forget", on(open, (client, id) => client.forget(id)), ["req-001"]],
];

it.each(calls)("%s throws only small ContractErrors", async (...call) => {
  expect(await rawErrorsOf(call)).toEqual([]);
});

it("has a line for every function of Pitboss", () => {
  const names = new Set(calls.map(([name]) => name.replace(/[ .].*/, "")));
  names.delete("Client");
  expect([...names].sort()).toEqual(functionsOf(pitboss));
});
