import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import {
  type Agents,
  documentedWorkflows,
  MessageEnvelope,
  type MessageEnvelopeJson,
  makeError,
  makeRequest,
  runWorkflow,
  runWorkflowDefaults,
  WorkflowEngine,
} from "../../../src/pitboss/index.js";
import { refusalOf } from "../../support/refusal.js";
import { verbsInErrors } from "../../support/verbs.js";
import { agreeing, all, failure, human, type Run, request, say } from "./runs.js";

describe("a workflow", () => {
  it.each(["RULE", "CONTENT"] as const)(
    "calls every agent of %s and ends with success",
    async (verb) => {
      const envelopes = await all(runWorkflow(makeRequest("s", "r", verb, { a: 1 }), agreeing));
      const agents = Object.keys(documentedWorkflows[verb].nodes);
      expect(
        envelopes.map(({ reason, nextAgent, returnCode }) => [reason, nextAgent, returnCode]),
      ).toEqual([
        ...agents.map((agent, index) => [`${agent} agrees`, agents[index + 1] ?? human, 0]),
        ["Success", null, 1],
      ]);
      for (const envelope of envelopes) {
        expect(envelope).toMatchObject({
          type: "response",
          version: "1.1",
          session_id: "s",
          request_id: "r",
          verb,
        });
      }
      expect(envelopes.at(-1)?.messageBody).toEqual({ a: 1, success: true });
    },
  );

  it("ends after a no, which waits for a person", async () => {
    const agents = { ...agreeing, "model.verifyRequest": say("no", 0.44, "unclear") };
    const envelopes = await all(runWorkflow(request, agents));
    expect(envelopes).toHaveLength(2);
    expect(envelopes[1]).toMatchObject({
      nextAgent: human,
      returnCode: 0,
      decision: "no",
      confidence: 0.44,
      reason: "unclear",
      messageBody: { rule_text: "all" },
    });
  });

  it.each([
    [null, "model.Capo"],
    ["model.LanguageCapo", "model.Capo"],
    [human, "model.Capo"],
    ["sendHITL", "model.Capo"],
    ["terminal", "model.Capo"],
    ["model.Capo", "model.Capo"],
    ["model.verifySQL", "model.verifySQL"],
    ["tool.executeSQL", "tool.executeSQL"],
  ])("that is asked for at %s begins at %s", async (nextAgent, first) => {
    const [envelope] = await all(runWorkflow({ ...request, nextAgent }, agreeing));
    expect(envelope?.reason).toBe(`${first} agrees`);
  });

  it("ends where a branch has no agent, and returns to an earlier agent where a branch does", async () => {
    const engine = new WorkflowEngine().registerVerb(
      {
        verb: "LOOP",
        entryAgent: "a",
        nodes: {
          a: { agentName: "a", branchYes: "b", branchNo: "b" },
          b: { agentName: "b", branchNo: "a" },
        },
      },
      z.looseObject({}),
    );
    const loop = makeRequest("s", "r", "LOOP", {}, { engine });
    const agents = { a: say("yes", 1, ""), b: say("yes", 1, "") };
    const ends = await all(runWorkflow(loop, agents, { engine }));
    expect(ends.map(({ nextAgent, returnCode }) => [nextAgent, returnCode])).toEqual([
      ["b", 0],
      [null, 0],
      [null, 1],
    ]);
    const stops = await all(runWorkflow(loop, { ...agents, a: say("no", 0, "") }, { engine }));
    expect(stops.map(({ nextAgent }) => nextAgent)).toEqual(["b"]);
  });

  it("stops at the maximum number of steps", async () => {
    const engine = new WorkflowEngine([
      {
        workflow: {
          verb: "LOOP",
          entryAgent: "a",
          nodes: {
            a: { agentName: "a", branchYes: "b" },
            b: { agentName: "b", branchYes: "a" },
          },
        },
        body: z.looseObject({}),
      },
    ]);
    const loop = { ...request, verb: "LOOP", nextAgent: "a" };
    const agents = { a: say("yes", 1, ""), b: say("yes", 1, "") };
    const options = { engine };
    expect(await failure(runWorkflow(loop, agents, options))).toEqual({
      after: runWorkflowDefaults.maxSteps,
      code: "workflow.step_limit",
      text: "cannot run pitboss.v1.Workflow: 10 agents were asked and a would follow; maxSteps allows more [workflow.step_limit]",
    });
    expect(await failure(runWorkflow(loop, agents, { ...options, maxSteps: 3 }))).toMatchObject({
      after: 3,
      text: "cannot run pitboss.v1.Workflow: 3 agents were asked and b would follow; maxSteps allows more [workflow.step_limit]",
    });
    expect(await all(runWorkflow(request, agreeing, { maxSteps: 5 }))).toHaveLength(6);
  });

  it("sets the timestamp of every envelope from the given clock", async () => {
    let time = 1000;
    const envelopes = await all(runWorkflow(request, agreeing, { now: () => time++ }));
    expect(envelopes.map(({ timestamp }) => timestamp)).toEqual([
      1000, 1001, 1002, 1003, 1004, 1005,
    ]);
  });
});

describe("the agents of a workflow", () => {
  it("pass on what they add to the body; internal keys stay in the backend", async () => {
    const agents: Agents = {
      ...agreeing,
      "model.ruleToSQL": async (body) => {
        body["sql_query"] = "SELECT 1";
        body["_ctx"] = { rows: 42 };
        return ["yes", 0.9, ""];
      },
      "tool.executeSQL": (body) => {
        const context = body["_ctx"];
        body["rows_modified"] = JSON.stringify(context) === '{"rows":42}' ? 42 : 0;
        return ["yes", 0.9, ""];
      },
    };
    const envelopes = await all(runWorkflow(request, agents));
    const query = { rule_text: "all", sql_query: "SELECT 1" };
    expect(envelopes.map(({ messageBody }) => messageBody)).toEqual([
      { rule_text: "all" },
      { rule_text: "all" },
      query,
      query,
      { ...query, rows_modified: 42 },
      { ...query, rows_modified: 42, success: true },
    ]);
    expect(request.messageBody).toEqual({ rule_text: "all" });
  });

  it("get the request as it was given", async () => {
    const received: unknown[] = [];
    const agents: Agents = {
      "model.Capo": (_, { verb, agent, request: given }) => {
        received.push(verb, agent, given);
        return ["no", 0, ""];
      },
    };
    await all(runWorkflow(request, agents));
    expect(received.slice(0, 2)).toEqual(["RULE", "model.Capo"]);
    expect(received[2]).toBe(request);
  });

  it("are not affected by changes of yielded envelopes", async () => {
    const reasons: string[] = [];
    let last: MessageEnvelopeJson | undefined;
    for await (const envelope of runWorkflow(request, agreeing)) {
      reasons.push(envelope.reason);
      last = structuredClone(envelope);
      envelope.decision = "no";
      envelope.nextAgent = "nobody";
      envelope.messageBody["rule_text"] = "changed";
    }
    expect(reasons).toHaveLength(6);
    expect(last?.messageBody).toEqual({ rule_text: "all", success: true });
  });

  it.each<[string, Agents]>([
    ["Unknown agent: model.Capo", {}],
    [
      "Agent error: no database",
      {
        "model.Capo": () => {
          throw new Error("no database");
        },
      },
    ],
    ["Agent error: no database", { "model.Capo": () => Promise.reject(new Error("no database")) }],
    [
      "Agent error: confidence: expected a number from 0 to 1, got NaN",
      { "model.Capo": say("yes", Number.NaN, "") },
    ],
  ])("answer no when they fail: %s", async (reason, agents) => {
    const envelopes = await all(runWorkflow(request, agents));
    expect(envelopes).toHaveLength(1);
    expect(envelopes[0]).toMatchObject({
      nextAgent: human,
      returnCode: 0,
      decision: "no",
      confidence: 0,
      reason,
    });
  });

  it.each<[string, PropertyDescriptor]>([
    ["expected a JSON value, got an object at messageBody.key", { value: new Date(0) }],
    ["expected a JSON value, got a symbol at messageBody.key", { value: Symbol("no") }],
    [
      "reading the value threw an error",
      {
        get() {
          throw new Error("trap");
        },
      },
    ],
  ])("answer no when they make the body invalid JSON: %s", async (why, descriptor) => {
    const agents: Agents = {
      ...agreeing,
      "model.verifyRequest": (body) => {
        body["added"] = true;
        Object.defineProperty(body, "key", { enumerable: true, ...descriptor });
        return ["yes", 1, "fine"];
      },
    };
    const envelopes = await all(runWorkflow(request, agents));
    expect(envelopes).toHaveLength(2);
    expect(envelopes[1]).toMatchObject({ decision: "no", confidence: 0, nextAgent: human });
    expect(envelopes[1]?.reason).toBe(`Agent error: ${why}`);
    expect(envelopes[1]?.messageBody).toEqual({ rule_text: "all" });
  });

  it("answer no when they put the body into itself", async () => {
    const agents: Agents = {
      "model.Capo": (body) => {
        body["self"] = body;
        return ["yes", 1, ""];
      },
    };
    const [envelope, ...others] = await all(runWorkflow(request, agents));
    expect(others).toEqual([]);
    expect(envelope?.reason).toMatch(
      /^Agent error: nested more deeply than 100 messages at messageBody\.self\.self[.self]+\.\.\.$/,
    );
    expect(envelope?.messageBody).toEqual({ rule_text: "all" });
  });
});

describe("runWorkflow", () => {
  const options: unknown = { signal: {}, maxSteps: 0, now: 5, engine: 5 };
  it.each<[string, readonly unknown[]]>([
    [
      'cannot decode pitboss.v1.MessageEnvelope from JSON: version: expected version 1.x, got "2.0" [version.mismatch]',
      [{ ...request, version: "2.0" }, {}],
    ],
    [
      `cannot decode pitboss.v1.MessageEnvelope from JSON: verb: expected one of ${verbsInErrors}, got "GENERIC" [format]`,
      [{ ...request, verb: "GENERIC" }, {}],
    ],
    [
      'cannot run pitboss.v1.Workflow: type: expected "request", got "error" [rule]',
      [makeError("s", "r", "RULE", ""), {}],
    ],
    ["cannot run pitboss.v1.Workflow: expected an envelope, got null [type]", [null, {}]],
    ["cannot run pitboss.v1.Workflow: expected an envelope, got an object [type]", [{}, {}]],
    [
      "cannot run pitboss.v1.Workflow: nextAgent: Unknown agent: model.nobody [workflow.unknown]",
      [{ ...request, nextAgent: "model.nobody" }, {}],
    ],
    [
      "cannot run pitboss.v1.Workflow: nextAgent: Unknown agent: toString [workflow.unknown]",
      [{ ...request, nextAgent: "toString" }, {}],
    ],
    [
      "cannot run pitboss.v1.Workflow: agents: expected an object, got undefined [config]",
      [request],
    ],
    [
      "cannot configure pitboss.v1.MessageEnvelope: engine: expected a WorkflowEngine, got 5 [config] (and 3 more issues)",
      [request, {}, options],
    ],
    [
      "cannot configure pitboss.v1.MessageEnvelope: maxSteps: expected a whole number of at least 1, or Infinity, got NaN [config]",
      [request, {}, { maxSteps: Number.NaN }],
    ],
    [
      "cannot configure pitboss.v1.MessageEnvelope: signal: expected an AbortSignal, got null [config]",
      [request, {}, { signal: null }],
    ],
  ])("refuses at once: %s", (text, given) => {
    expect(refusalOf(() => Reflect.apply(runWorkflow, undefined, given)).message).toBe(text);
  });

  it.each(["aborted", "addEventListener", "removeEventListener"])(
    "refuses a signal without %s",
    (key) => {
      const { signal } = new AbortController();
      const { addEventListener, removeEventListener } = signal;
      const partial = { aborted: false, addEventListener, removeEventListener, [key]: undefined };
      const work = () => Reflect.apply(runWorkflow, undefined, [request, {}, { signal: partial }]);
      expect(refusalOf(work)).toMatchObject({ code: "config", path: "signal" });
    },
  );

  it("refuses agents whose properties cannot be read", () => {
    const { proxy, revoke } = Proxy.revocable<Agents>({}, {});
    revoke();
    expect(refusalOf(() => runWorkflow(request, proxy)).code).toBe("input.unreadable");
  });

  it("reports a clock that fails while it runs", async () => {
    let calls = 0;
    const now = () => (calls++ === 0 ? 1 : Number.NaN);
    expect(await failure(runWorkflow(request, agreeing, { now }))).toMatchObject({
      after: 1,
      text: "cannot encode pitboss.v1.MessageEnvelope to JSON: timestamp: expected an integer, got NaN [type]",
    });
  });

  it("yields only valid envelopes, whatever agents answer", async () => {
    const answers = fc.oneof(
      fc.tuple(
        fc.constantFrom("yes", "no"),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.string(),
      ),
      fc.tuple(
        fc.constantFrom("yes", "no", "maybe", null),
        fc.double(),
        fc.string({ unit: "binary" }),
      ),
      fc.anything(),
    );
    const additions = fc.oneof(fc.constant(undefined), fc.jsonValue(), fc.anything());
    const steps = fc.array(fc.tuple(answers, additions), { minLength: 5, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(steps, async (given) => {
        let step = 0;
        const agent = (body: Record<string, unknown>): unknown => {
          const [answer, addition] = given[step++] ?? [];
          if (addition !== undefined) body[`key${step}`] = addition;
          return answer;
        };
        const agents = Object.fromEntries(Object.keys(agreeing).map((name) => [name, agent]));
        const run: Run = Reflect.apply(runWorkflow, undefined, [request, agents]);
        const envelopes = await all(run);
        for (const envelope of envelopes) {
          const message = MessageEnvelope.fromJson(envelope);
          expect(
            MessageEnvelope.toJson(MessageEnvelope.decode(MessageEnvelope.encode(message))),
          ).toEqual(envelope);
        }
        const last = envelopes.at(-1);
        const others = envelopes.slice(0, -1);
        expect(last?.decision === "no" || last?.returnCode === 1).toBe(true);
        expect(
          others.every(({ decision, returnCode }) => decision === "yes" && returnCode === 0),
        ).toBe(true);
      }),
      { seed: 42, numRuns: 200 },
    );
  });
});
