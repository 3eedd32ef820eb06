import { describe, expect, expectTypeOf, it } from "vitest";
import {
  type Agent,
  type AgentAnswer,
  type AgentContext,
  callAgent,
} from "../../../src/pitboss/index.js";

const yes: AgentAnswer = ["yes", 0.85, "Rule syntax appears valid"];

/** The answer that callAgent gives for an agent with this answer. */
function answerOf(answer: unknown): Promise<AgentAnswer> {
  const agents: unknown = { a: () => answer };
  return Reflect.apply(callAgent, undefined, ["a", "RULE", {}, agents]);
}

function answerOfAgent(agent: () => never): Promise<AgentAnswer> {
  return callAgent("a", "RULE", {}, { a: agent });
}

describe("callAgent", () => {
  it("calls an agent as the quick start does", async () => {
    const agents = { "model.Capo": (): AgentAnswer => yes };
    const [decision, confidence, reason] = await callAgent("model.Capo", "RULE", {}, agents);
    expect([decision, confidence, reason]).toEqual(yes);
  });

  it("awaits an asynchronous agent", async () => {
    expect(await callAgent("a", "RULE", {}, { a: async () => yes })).toEqual(yes);
  });

  it("passes body and context to the agent", async () => {
    const calls: [unknown, AgentContext][] = [];
    const body = { rule_text: "all" };
    const agent: Agent = (messageBody, context) => {
      calls.push([messageBody, context]);
      return ["no", 0, ""];
    };
    const { signal } = new AbortController();
    await callAgent("a", "RULE", body, { a: agent });
    await callAgent("a", "RULE", body, { a: agent }, { signal });
    expect(calls[0]?.[0]).toBe(body);
    expect(calls[0]?.[1]).toMatchObject({ verb: "RULE", agent: "a", request: undefined });
    expect(calls[0]?.[1].signal.aborted).toBe(false);
    expect(calls[1]?.[1].signal).toBe(signal);
  });

  it.each([
    [["yes", 0, ""]],
    [["no", 1, "sure"]],
    [["no", 0.65, "Validation failed: missing required fields"]],
  ])("accepts %j", async (answer) => {
    expect(await answerOf(answer)).toEqual(answer);
  });

  it.each<[string, unknown]>([
    ["expected [decision, confidence, reason], got undefined", undefined],
    ["expected [decision, confidence, reason], got null", null],
    ['expected [decision, confidence, reason], got "yes"', "yes"],
    ["expected [decision, confidence, reason], got an object", { decision: "yes" }],
    ["expected [decision, confidence, reason], got an array of 2", ["yes", 1]],
    ["expected [decision, confidence, reason], got an array of 4", ["yes", 1, "", "RULE"]],
    ['decision: expected "yes" or "no", got "maybe"', ["maybe", 1, ""]],
    ['decision: expected "yes" or "no", got true', [true, 1, ""]],
    ['decision: expected "yes" or "no", got null', [null, 0, ""]],
    ["confidence: expected a number from 0 to 1, got NaN", ["yes", Number.NaN, ""]],
    ["confidence: expected a number from 0 to 1, got 1.01", ["yes", 1.01, ""]],
    ["confidence: expected a number from 0 to 1, got -0.01", ["yes", -0.01, ""]],
    ['confidence: expected a number from 0 to 1, got "1"', ["yes", "1", ""]],
    ["reason: expected a well-formed string, got undefined", ["yes", 1, undefined]],
    ['reason: expected a well-formed string, got "\\ud800"', ["yes", 1, "\ud800"]],
  ])("turns an invalid answer into a no: %s", async (why, answer) => {
    expect(await answerOf(answer)).toEqual(["no", 0, `Agent error: ${why}`]);
    expect(await answerOf(Promise.resolve(answer))).toEqual(["no", 0, `Agent error: ${why}`]);
  });

  it("turns an answer that throws when it is read into a no", async () => {
    const thrower = {
      get(): never {
        throw new Error("trap");
      },
    };
    expect(await answerOf(new Proxy(["yes", 1, ""], thrower))).toEqual([
      "no",
      0,
      "Agent error: trap",
    ]);
    expect(await answerOf(new Proxy({}, thrower))).toEqual(["no", 0, "Agent error: trap"]);
  });

  it.each<[string, unknown]>([
    ["no database", new Error("no database")],
    ["no database", "no database"],
    ["undefined", undefined],
    ["null", null],
    ["5", 5],
    ["an object", { message: "hidden" }],
    ["an object", new Error("")],
    ["an object", Object.assign(new Error(), { message: 5 })],
    [
      "an object",
      Object.defineProperty(new Error(), "message", {
        get(): never {
          throw new Error("trap");
        },
      }),
    ],
    [`${"x".repeat(77)}...`, new Error("x".repeat(81))],
    ["x".repeat(80), new Error("x".repeat(80))],
    [`${"x".repeat(76)}...`, new Error(`${"x".repeat(76)}😀${"x".repeat(9)}`)],
    ["a\ufffdb", new Error("a\ud800b")],
  ])("turns a thrown error into a no: %j", async (why, thrown) => {
    const text = `Agent error: ${why}`;
    const agent = (): never => {
      throw thrown;
    };
    expect(await answerOfAgent(agent)).toEqual(["no", 0, text]);
    expect(await answerOf(Promise.reject(thrown))).toEqual(["no", 0, text]);
  });

  it.each<[string, unknown, unknown]>([
    ["model.nobody", "model.nobody", {}],
    ["toString", "toString", {}],
    ["a", "a", { a: "yes" }],
    ["a", "a", null],
    ["a", "a", undefined],
    ["5", 5, {}],
    [`${"x".repeat(77)}...`, "x".repeat(100), {}],
  ])("answers no for an unknown agent: %s", async (shown, name, agents) => {
    expect(await Reflect.apply(callAgent, undefined, [name, "RULE", {}, agents])).toEqual([
      "no",
      0,
      `Unknown agent: ${shown}`,
    ]);
  });

  it("is typed", () => {
    expectTypeOf(callAgent).returns.resolves.toEqualTypeOf<AgentAnswer>();
  });
});
