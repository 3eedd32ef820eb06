import type { JsonObject } from "@bufbuild/protobuf";
import { isObject } from "../../contract/base/plain-data.js";
import { preview } from "../../wire/preview.js";
import type { MessageEnvelopeJson } from "../envelope.js";
import { excerpt, excerptThrown } from "../excerpt.js";

/** An agent's answer: decision, confidence (0.0 to 1.0) and a human-readable reason. */
export type AgentAnswer = readonly [decision: "yes" | "no", confidence: number, reason: string];

/** The second argument of an agent. */
export interface AgentContext {
  readonly verb: string;
  /** The name of the agent. */
  readonly agent: string;
  /** The request of the workflow, as it was given; undefined for an agent called by itself. */
  readonly request: MessageEnvelopeJson | undefined;
  /** Aborted when the workflow is stopped while the agent is running; its answer is then ignored. */
  readonly signal: AbortSignal;
}

/**
 * One agent of a workflow. Keys that it adds to `messageBody` are passed to the agents after it, and sent in
 * the envelopes, unless they start with `_`. Document: the Pitboss quick start, "Implementing an Agent".
 */
export type Agent = (
  messageBody: JsonObject,
  context: AgentContext,
) => AgentAnswer | PromiseLike<AgentAnswer>;

/** The agents of an application, by name. Only own properties are used. */
export type Agents = Readonly<Record<string, Agent>>;

/**
 * Calls one agent. Never rejects: if the agent is missing, throws, or returns anything but a decision, a
 * confidence and a reason, the answer is "no" with confidence 0.0 and the reason `Unknown agent: <name>` or
 * `Agent error: <why>`, cut to 80 characters of text from the agent. Document: the Pitboss quick start,
 * "Debug a specific agent".
 *
 * ```ts
 * const [decision, confidence, reason] = await callAgent("model.Capo", "RULE", {}, agents);
 * ```
 */
export async function callAgent(
  name: string,
  verb: string,
  messageBody: JsonObject,
  agents: Agents,
  context: Partial<Pick<AgentContext, "request" | "signal">> = {},
): Promise<AgentAnswer> {
  try {
    const agent: unknown =
      isObject(agents) && Object.hasOwn(agents, name) ? agents[name] : undefined;
    if (!isAgent(agent)) return ["no", 0, `Unknown agent: ${excerpt(String(name))}`];
    const { request, signal = new AbortController().signal } = context;
    const answer: unknown = await agent(messageBody, { verb, agent: name, request, signal });
    return readAnswer(answer);
  } catch (thrown) {
    return agentError(excerptThrown(thrown));
  }
}

/** The answer of an agent that failed. */
export function agentError(why: string): AgentAnswer {
  return ["no", 0, `Agent error: ${why}`];
}

function isAgent(value: unknown): value is Agent {
  return typeof value === "function";
}

function readAnswer(answer: unknown): AgentAnswer {
  if (!Array.isArray(answer) || answer.length !== 3) {
    return agentError(`expected [decision, confidence, reason], got ${preview(answer)}`);
  }
  const [decision, confidence, reason]: unknown[] = answer;
  if (decision !== "yes" && decision !== "no") {
    return agentError(`decision: expected "yes" or "no", got ${preview(decision)}`);
  }
  // The comparison is false for NaN, too.
  if (typeof confidence !== "number" || !(confidence >= 0 && confidence <= 1)) {
    return agentError(`confidence: expected a number from 0 to 1, got ${preview(confidence)}`);
  }
  if (typeof reason !== "string" || !reason.isWellFormed()) {
    return agentError(`reason: expected a well-formed string, got ${preview(reason)}`);
  }
  return [decision, confidence, reason];
}
