import { describe, expect, it } from "vitest";
import { type Agent, type Agents, runWorkflow } from "../../../src/pitboss/index.js";
import { agreeing, all, failure, request } from "./runs.js";

/** A signal that counts its listeners. */
function countedSignal(): {
  readonly abort: (reason?: unknown) => void;
  readonly signal: AbortSignal;
  listeners(): number;
} {
  const controller = new AbortController();
  const { signal } = controller;
  const listeners = new Set<unknown>();
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  Object.assign(signal, {
    addEventListener(type: "abort", listener: () => void) {
      listeners.add(listener);
      add(type, listener);
    },
    removeEventListener(type: "abort", listener: () => void) {
      listeners.delete(listener);
      remove(type, listener);
    },
  });
  return { abort: (reason) => controller.abort(reason), signal, listeners: () => listeners.size };
}

/** An agent that never answers, and the signal that it was given. */
function stuck(): { readonly agent: Agent; readonly called: Promise<AbortSignal> } {
  let report: (signal: AbortSignal) => void = () => undefined;
  const called = new Promise<AbortSignal>((resolve) => {
    report = resolve;
  });
  return {
    called,
    agent: (_, { signal }) => {
      report(signal);
      return new Promise(() => undefined);
    },
  };
}

describe("a workflow that is stopped by its caller's signal", () => {
  const text = (agent: string) =>
    `cannot run pitboss.v1.Workflow: stopped by its caller at ${agent} [workflow.aborted]`;

  it("calls no agent if the signal is aborted before the start", async () => {
    const asked: string[] = [];
    const agent: Agent = () => {
      asked.push("model.Capo");
      return ["yes", 1, ""];
    };
    const run = runWorkflow(request, { "model.Capo": agent }, { signal: AbortSignal.abort() });
    expect(await failure(run)).toEqual({
      after: 0,
      code: "workflow.aborted",
      text: text("model.Capo"),
    });
    expect(asked).toEqual([]);
    expect(await run.next()).toEqual({ done: true, value: undefined });
  });

  it("ends at once while an agent is running, and aborts the agent's signal", async () => {
    const { abort, signal, listeners } = countedSignal();
    const { agent, called } = stuck();
    const run = runWorkflow(request, { ...agreeing, "model.verifyRequest": agent }, { signal });
    const ended = failure(run);
    const agentSignal = await called;
    expect(listeners()).toBe(1);
    abort("enough");
    expect(await ended).toEqual({
      after: 1,
      code: "workflow.aborted",
      text: text("model.verifyRequest"),
    });
    expect(agentSignal.aborted).toBe(true);
    expect(agentSignal.reason).toBe("enough");
    expect(listeners()).toBe(0);
    expect(await run.next()).toEqual({ done: true, value: undefined });
  });

  it("ends at the next step if the signal is aborted between two steps", async () => {
    const { abort, signal, listeners } = countedSignal();
    const run = runWorkflow(request, agreeing, { signal });
    await run.next();
    expect(listeners()).toBe(0);
    abort();
    expect(await failure(run)).toMatchObject({ after: 0, text: text("model.verifyRequest") });
    expect(listeners()).toBe(0);
  });

  it("ignores the answer of an agent that aborts the signal", async () => {
    const { abort, signal, listeners } = countedSignal();
    const agents: Agents = {
      "model.Capo": () => {
        abort();
        return ["yes", 1, ""];
      },
    };
    expect(await failure(runWorkflow(request, agents, { signal }))).toMatchObject({
      after: 0,
      text: text("model.Capo"),
    });
    expect(listeners()).toBe(0);
  });

  it("ignores a rejection of the agent after that", async () => {
    const { abort, signal } = countedSignal();
    const rejecting: Agent = (_, context) =>
      new Promise((_resolve, reject) => {
        context.signal.addEventListener("abort", () => reject(new Error("stopped")));
        setImmediate(abort);
      });
    expect(
      await failure(runWorkflow(request, { "model.Capo": rejecting }, { signal })),
    ).toMatchObject({
      text: text("model.Capo"),
    });
    // An unhandled rejection would fail this test run here.
    await new Promise((resolve) => setImmediate(resolve));
  });

  it("is not affected by a signal after its end", async () => {
    const { abort, signal, listeners } = countedSignal();
    const run = runWorkflow(request, agreeing, { signal });
    expect(await all(run)).toHaveLength(6);
    expect(listeners()).toBe(0);
    abort();
    expect(await run.next()).toEqual({ done: true, value: undefined });
  });
});

describe("a workflow whose generator is closed", () => {
  it("ends between two steps", async () => {
    const { signal, listeners } = countedSignal();
    const asked: string[] = [];
    const agents = Object.fromEntries(
      Object.entries(agreeing).map(([name, agent]): [string, Agent] => [
        name,
        (body, context) => {
          asked.push(name);
          return agent(body, context);
        },
      ]),
    );
    for await (const envelope of runWorkflow(request, agents, { signal })) {
      if (envelope.nextAgent === "model.ruleToSQL") break;
    }
    expect(asked).toEqual(["model.Capo", "model.verifyRequest"]);
    expect(listeners()).toBe(0);
  });

  it("ends while an agent is running, and aborts the agent's signal", async () => {
    const { signal, listeners } = countedSignal();
    const { agent, called } = stuck();
    const run = runWorkflow(request, { "model.Capo": agent }, { signal });
    const pending = run.next();
    const agentSignal = await called;
    expect(await run.return()).toEqual({ done: true, value: undefined });
    expect(await pending).toEqual({ done: true, value: undefined });
    expect(agentSignal.aborted).toBe(true);
    expect(listeners()).toBe(0);
  });

  it("ends with the error that is thrown into the generator", async () => {
    const { agent, called } = stuck();
    const run = runWorkflow(request, { "model.Capo": agent });
    const pending = run.next();
    const agentSignal = await called;
    const thrown = new Error("away");
    await expect(run.throw(thrown)).rejects.toBe(thrown);
    expect(await pending).toEqual({ done: true, value: undefined });
    expect(agentSignal.aborted).toBe(true);
  });

  it("ends before its first step", async () => {
    const run = runWorkflow(request, {});
    await run.return();
    expect(await all(run)).toEqual([]);
  });
});
