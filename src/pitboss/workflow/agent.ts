import type { JsonObject } from "@bufbuild/protobuf";
import { isObject } from "../../contract/base/plain-data.js";
import { preview } from "../../wire/preview.js";
import type { MessageEnvelopeJson } from "../envelope.js";
import { excerpt, excerptThrown } from "../excerpt.js";

/** What an agent answers: its decision, how sure it is of it (0.0 to 1.0), and why, for people. */
export type AgentAnswer = readonly [decision: "yes" | "no", confidence: number, reason: string];

/** What an agent is told besides the body. */
export interface AgentContext {
  readonly verb: string;
  /** The name that the agent was called by. */
  readonly agent: string;
  /** The request that is walked, as it was given; undefined when an agent is called alone. */
  readonly request: MessageEnvelopeJson | undefined;
  /** Aborted when the walk is stopped while the agent is at work; its answer does not count then. */
  readonly signal: AbortSignal;
}

/**
 * One agent of a workflow. What it writes into `messageBody` goes to the agents after it, and into the
 * envelopes without keys that start with `_`. Document: the Pitboss quick start, "Implementing an Agent".
 */
export type Agent = (
  messageBody: JsonObject,
  context: AgentContext,
) => AgentAnswer | PromiseLike<AgentAnswer>;

/** The agents of an application, by name. Only own properties count. */
export type Agents = Readonly<Record<string, Agent>>;

/**
 * Calls one agent. Never rejects: an agent that is missing, throws, or answers anything but a decision, a
 * confidence and a reason has answered "no" with confidence 0.0 and the reason `Unknown agent: <name>` or
 * `Agent error: <why>`, in which foreign text is cut to 80 characters. Document: the Pitboss quick start,
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

/** The answer that stands for an agent that failed. */
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
