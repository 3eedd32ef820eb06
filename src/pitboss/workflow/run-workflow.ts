import type { JsonObject } from "@bufbuild/protobuf";
import type { Context } from "../../contract/base/context.js";
import { reportLimit } from "../../contract/base/limits.js";
import { isObject } from "../../contract/base/plain-data.js";
import { attempt, guarded } from "../../contract/base/result.js";
import { ContractError, type ContractIssue, mismatch } from "../../wire/error.js";
import { type DocumentedBodies, type VerbBodies, WorkflowEngine } from "../engine.js";
import type { MessageEnvelopeJson } from "../envelope.js";
import { type EnvelopeOptions, readEnvelopeOptions } from "../envelope-options.js";
import { excerpt } from "../excerpt.js";
import { withoutInternalKeys } from "../internal-keys.js";
import { makeResponse, makeSuccess } from "../make.js";
import { parseEnvelope } from "../parse-envelope.js";
import { type AgentAnswer, type Agents, agentError, callAgent } from "./agent.js";
import { untilStopped } from "./until-stopped.js";
import { Workflow } from "./workflow.js";

/** The options of {@link runWorkflow}. */
export interface RunWorkflowOptions<Bodies extends VerbBodies = DocumentedBodies>
  extends EnvelopeOptions<Bodies> {
  /** Stops the workflow, also while an agent is running. Default: none. */
  readonly signal?: AbortSignal;
  /** Maximum number of agents that are called; at least 1. Default 10. */
  readonly maxSteps?: number;
}

/** The defaults of {@link RunWorkflowOptions} that are values. */
export const runWorkflowDefaults: { readonly maxSteps: number } = Object.freeze({ maxSteps: 10 });

/** The agent that finds the verb of a free text. It is in no workflow: a workflow starts after it. */
const classifier = "model.LanguageCapo";

/** The validated input of a run. */
interface Run<Bodies extends VerbBodies> {
  readonly engine: WorkflowEngine<Bodies>;
  readonly agents: Agents;
  readonly start: string;
  readonly request: MessageEnvelopeJson;
  /** The request as it was given, for the agents. */
  readonly given: MessageEnvelopeJson;
  readonly options: RunWorkflowOptions<Bodies>;
}

/**
 * Runs the workflow of a request: calls one agent after another and yields the response of each. It ends
 * after the first "no", which waits for a person, or after the last "yes", with a success envelope that has
 * the body of the last response and `success: true`. An agent that is missing, fails, or makes the body
 * invalid JSON counts as a "no" (see {@link callAgent}); its envelope has the body of the envelope before.
 *
 * If the request's `nextAgent` is an agent of the workflow, it starts there; this is how a person's answer
 * resumes a workflow. With null, a terminal or `model.LanguageCapo` it starts at the entry agent.
 *
 * Throws ContractError immediately: the codes of {@link parseEnvelope}, `rule` for an envelope that is not a
 * request, `workflow.unknown` for a `nextAgent` that is not in the workflow, `config` for invalid options.
 * Throws while it runs: `workflow.aborted` when the signal is aborted, `workflow.step_limit` instead of
 * calling more than `maxSteps` agents. `return()` ends it too. Neither the signal nor `return()` waits for the
 * running agent, whose own signal is aborted. Document: the Pitboss quick start, "Message Flow Examples".
 *
 * ```ts
 * for await (const response of runWorkflow(request, agents)) socket.send(JSON.stringify(response));
 * ```
 */
export function runWorkflow<Bodies extends VerbBodies = DocumentedBodies>(
  request: MessageEnvelopeJson,
  agents: Agents,
  options: RunWorkflowOptions<Bodies> = {},
): AsyncGenerator<MessageEnvelopeJson, void, undefined> {
  const run = guarded("run", Workflow.typeName, () => readRun(request, agents, options));
  const closing = new AbortController();
  const steps = runSteps(run, closing);
  const finish = steps.return.bind(steps);
  const fail = steps.throw.bind(steps);
  // The generator's own return() and throw() would wait until the running agent has answered.
  steps.return = (value) => {
    closing.abort();
    return finish(value);
  };
  steps.throw = (error) => {
    closing.abort();
    return fail(error);
  };
  return steps;
}

async function* runSteps<Bodies extends VerbBodies>(
  { engine, agents, start, request, given, options }: Run<Bodies>,
  closing: AbortController,
): AsyncGenerator<MessageEnvelopeJson, void, undefined> {
  const { signal, maxSteps = runWorkflowDefaults.maxSteps } = options;
  const ids = [request.session_id, request.request_id, request.verb] as const;
  const body = request.messageBody;
  let sent = structuredClone(body);
  let agent = start;
  for (let step = 0; ; step++) {
    if (signal?.aborted === true) throw aborted(agent);
    if (step >= maxSteps) throw tooLong(agent, maxSteps);
    const context = { request: given, signal: closing.signal };
    const work = callAgent(agent, request.verb, body, agents, context);
    const answer = await untilStopped(work, { signal, closing, stoppedBy: () => aborted(agent) });
    if (answer === undefined) return;
    const respond = ([decision, ...rest]: AgentAnswer, left: JsonObject): MessageEnvelopeJson => {
      const next = engine.getNextAgent(request.verb, agent, decision) ?? null;
      return makeResponse(...ids, next, decision, ...rest, left, 0, options);
    };
    const made = attempt(() => respond(answer, publicPart(body)));
    const response = made.ok ? made.value : respond(agentError(whyOf(made.error)), sent);
    const { decision, nextAgent } = response;
    // A copy, because the caller may change the envelope that is yielded.
    sent = structuredClone(response.messageBody);
    yield response;
    if (decision === "no") return;
    if (nextAgent === null || engine.isTerminal(nextAgent)) {
      yield makeSuccess(...ids, { ...sent, success: true }, options);
      return;
    }
    agent = nextAgent;
  }
}

function readRun<Bodies extends VerbBodies>(
  given: MessageEnvelopeJson,
  agents: Agents,
  options: RunWorkflowOptions<Bodies>,
): Run<Bodies> {
  const own = readEnvelopeOptions(options, reportOptions);
  const engine = own.engine ?? new WorkflowEngine<Bodies>();
  if (!isObject(agents)) throw refusal(mismatch("agents", "config", "an object", agents));
  const request = parseEnvelope(given, { contract: engine.contract });
  if (request === null) throw refusal(mismatch("", "type", "an envelope", given));
  const { type, verb, nextAgent } = request;
  if (type !== "request") throw refusal(mismatch("type", "rule", '"request"', type));
  const { entryAgent } = engine.getWorkflow(verb);
  const isEntry = engine.isTerminal(nextAgent) || nextAgent === classifier;
  const start = nextAgent === null || isEntry ? entryAgent : nextAgent;
  if (engine.getNode(verb, start) === undefined) {
    const message = `Unknown agent: ${excerpt(start)}`;
    throw refusal({ path: "nextAgent", rule: "workflow.unknown", message });
  }
  return { engine, agents, start, request, given, options: own };
}

function reportOptions(
  { signal, maxSteps }: RunWorkflowOptions<VerbBodies>,
  context: Context,
): void {
  reportLimit(context, "maxSteps", maxSteps);
  if (signal === undefined || isSignal(signal)) return;
  context.mismatch("config", "an AbortSignal", signal, "signal");
}

/** Does not use instanceof, because pages, their frames and polyfills have different classes. */
function isSignal(signal: AbortSignal): boolean {
  return (
    isObject(signal) &&
    typeof signal.aborted === "boolean" &&
    typeof signal.addEventListener === "function" &&
    typeof signal.removeEventListener === "function"
  );
}

function publicPart(body: JsonObject): JsonObject {
  return guarded("check", Workflow.typeName, () => withoutInternalKeys(body));
}

/** Messages come before paths, because a path can be longer than the whole reason may be. */
function whyOf({ issues }: ContractError): string {
  const faults = issues.map(({ path, message }) =>
    path === "" ? message : `${message} at ${path}`,
  );
  return excerpt(faults.join("; "));
}

function aborted(agent: string): ContractError {
  const message = `stopped by its caller at ${excerpt(agent)}`;
  return refusal({ path: "", rule: "workflow.aborted", message });
}

function tooLong(agent: string, maxSteps: number): ContractError {
  const next = excerpt(agent);
  const message = `${maxSteps} agents were asked and ${next} would follow; maxSteps allows more`;
  return refusal({ path: "", rule: "workflow.step_limit", message });
}

function refusal(issue: ContractIssue): ContractError {
  return new ContractError("run", Workflow.typeName, issue);
}
