import {
  type Agent,
  type AgentAnswer,
  type Agents,
  documentedWorkflows,
  type MessageEnvelopeJson,
  makeRequest,
} from "../../../src/pitboss/index.js";
import { isContractError } from "../../../src/wire/error.js";

export const human = "sendMessageToChat";
export const request = makeRequest("s", "r", "RULE", { rule_text: "all" });

export function say(...answer: AgentAnswer): Agent {
  return () => answer;
}

export const agreeing: Agents = Object.fromEntries(
  [
    ...Object.keys(documentedWorkflows.RULE.nodes),
    ...Object.keys(documentedWorkflows.CONTENT.nodes),
  ].map((agent) => [agent, say("yes", 0.9, `${agent} agrees`)]),
);

export type Run = AsyncIterable<MessageEnvelopeJson>;

export async function all(run: Run): Promise<MessageEnvelopeJson[]> {
  const envelopes: MessageEnvelopeJson[] = [];
  for await (const envelope of run) envelopes.push(envelope);
  return envelopes;
}

/** The error that a run ends with, and the number of envelopes before it. */
export async function failure(run: Run): Promise<{ after: number; text: string; code: string }> {
  let after = 0;
  try {
    for await (const _ of run) after++;
  } catch (error) {
    if (isContractError(error)) return { after, text: error.message, code: error.code };
    throw error;
  }
  throw new Error("the run came to its end");
}
