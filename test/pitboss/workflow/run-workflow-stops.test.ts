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

/** An agent that never answers, and the signal that it was told. */
function stuck(): { readonly agent: Agent; readonly called: Promise<AbortSignal> } {
  let emit: (signal: AbortSignal) => void = () => undefined;
  const called = new Promise<AbortSignal>((resolve) => {
    emit = resolve;
  });
  return {
    called,
    agent: (_, { signal }) => {
      emit(signal);
      return new Promise(() => undefined);
    },
  };
}

describe("a walk that is stopped by its caller", () => {
  const text = (agent: string) =>
    `cannot run pitboss.v1.Workflow: stopped by its caller at ${agent} [workflow.aborted]`;

  it("before it begins asks nobody", async () => {
    const asked: string[] = [];
    const agent: Agent = () => {
      asked.push("model.Capo");
      return ["yes", 1, ""];
    };
    const context = runWorkflow(request, { "model.Capo": agent }, { signal: AbortSignal.abort() });
    expect(await failure(context)).toEqual({
      after: 0,
      code: "workflow.aborted",
      text: text("model.Capo"),
    });
    expect(asked).toEqual([]);
    expect(await context.next()).toEqual({ done: true, value: undefined });
  });

  it("while an agent is at work ends at once, and tells the agent", async () => {
    const { abort, signal, listeners } = countedSignal();
    const { agent, called } = stuck();
    const context = runWorkflow(request, { ...agreeing, "model.verifyRequest": agent }, { signal });
    const ended = failure(context);
    const told = await called;
    expect(listeners()).toBe(1);
    abort("enough");
    expect(await ended).toEqual({
      after: 1,
      code: "workflow.aborted",
      text: text("model.verifyRequest"),
    });
    expect(told.aborted).toBe(true);
    expect(told.reason).toBe("enough");
    expect(listeners()).toBe(0);
    expect(await context.next()).toEqual({ done: true, value: undefined });
  });

  it("between two steps ends at the next", async () => {
    const { abort, signal, listeners } = countedSignal();
    const context = runWorkflow(request, agreeing, { signal });
    await context.next();
    expect(listeners()).toBe(0);
    abort();
    expect(await failure(context)).toMatchObject({ after: 0, text: text("model.verifyRequest") });
    expect(listeners()).toBe(0);
  });

  it("by an agent of its own does not hear the answer", async () => {
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

  it("does not hear what the agent does then", async () => {
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
    // A rejection that nobody handled would fail the run here.
    await new Promise((resolve) => setImmediate(resolve));
  });

  it("is not stopped by a signal that comes after the end", async () => {
    const { abort, signal, listeners } = countedSignal();
    const context = runWorkflow(request, agreeing, { signal });
    expect(await all(context)).toHaveLength(6);
    expect(listeners()).toBe(0);
    abort();
    expect(await context.next()).toEqual({ done: true, value: undefined });
  });
});

describe("a walk that nobody follows any more", () => {
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

  it("ends while an agent is at work, and tells the agent", async () => {
    const { signal, listeners } = countedSignal();
    const { agent, called } = stuck();
    const context = runWorkflow(request, { "model.Capo": agent }, { signal });
    const pending = context.next();
    const told = await called;
    expect(await context.return()).toEqual({ done: true, value: undefined });
    expect(await pending).toEqual({ done: true, value: undefined });
    expect(told.aborted).toBe(true);
    expect(listeners()).toBe(0);
  });

  it("ends with the error that is thrown into it", async () => {
    const { agent, called } = stuck();
    const context = runWorkflow(request, { "model.Capo": agent });
    const pending = context.next();
    const told = await called;
    const thrown = new Error("away");
    await expect(context.throw(thrown)).rejects.toBe(thrown);
    expect(await pending).toEqual({ done: true, value: undefined });
    expect(told.aborted).toBe(true);
  });

  it("ends before it begins", async () => {
    const context = runWorkflow(request, {});
    await context.return();
    expect(await all(context)).toEqual([]);
  });
});
