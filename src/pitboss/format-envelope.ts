import { guarded } from "../contract/base/result.js";
import { preview } from "../wire/preview.js";
import { MessageEnvelope, type MessageEnvelopeJson } from "./envelope.js";
import type { WorkflowNode } from "./workflow/workflow.js";

type Format = (envelope: MessageEnvelopeJson) => string[];

const formats: Readonly<Record<MessageEnvelopeJson["type"], Format>> = {
  request: (envelope) => [`Sending envelope: ${literalOf(envelope)}`],
  response: ({ decision, confidence, reason, nextAgent }) => [
    `[${decision?.toUpperCase() ?? "NULL"}] (${(confidence * 100).toFixed(0)}%)`,
    oneLine(reason),
    `Next: ${oneLine(String(nextAgent))}`,
  ],
  error: ({ reason }) => ["[ERROR]", oneLine(reason)],
};

/**
 * Formats an envelope as the document's debug logs do, without a line break at the end. A request is one
 * line with all its keys, of `messageBody` the first ten, and texts cut to 80 characters; a response is
 * three lines with its decision, reason and next agent. With the node of the agent that answered, a
 * response is formatted as in the backend's log. Control characters are escaped, so that no text can add a
 * line to the log. Throws ContractError `input.unreadable` for a value that is not an envelope. Document: the Pitboss quick start, "Debugging".
 *
 * ```ts
 * console.log(formatEnvelope(envelope));
 * // [YES] (85%)
 * // Rule syntax appears valid
 * // Next: model.verifyRequest
 * ```
 */
export function formatEnvelope(envelope: MessageEnvelopeJson, node?: WorkflowNode): string {
  return guarded("encode to JSON", MessageEnvelope.typeName, () => {
    const isStep = node !== undefined && envelope.type === "response";
    const lines = isStep ? formatStep(envelope, node) : formats[envelope.type](envelope);
    return lines.join("\n");
  });
}

function formatStep(
  { decision, confidence, nextAgent }: MessageEnvelopeJson,
  { agentName, description }: WorkflowNode,
): string[] {
  const agent = oneLine(agentName);
  return [
    `🤖 [${agent}] ${oneLine(description)}...`,
    `  Decision: ${decision} (confidence: ${confidence})`,
    `🔄 Workflow branching: ${agent} (${decision}) → ${oneLine(String(nextAgent))}`,
  ];
}

function literalOf({ messageBody, ...head }: MessageEnvelopeJson): string {
  const keys = Object.entries(head).map(([key, value]) => `${key}: ${preview(value)}`);
  return `{${keys.join(", ")}, messageBody: ${bodyLiteral(messageBody)}}`;
}

function bodyLiteral(body: object): string {
  const entries = Object.entries(body);
  const shown = entries.slice(0, maxKeys).map(([key, value]) => {
    return `${plainKey.test(key) ? key : preview(key)}: ${preview(value)}`;
  });
  const more = entries.length - shown.length;
  return `{${[...shown, ...(more > 0 ? [`and ${more} more`] : [])].join(", ")}}`;
}

/** The maximum number of keys of a messageBody in a line; the others are counted. */
const maxKeys = 10;
const plainKey = /^[A-Za-z_]\w{0,79}$/;

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, (character) => {
    const code = character.charCodeAt(0).toString(16);
    return `\\u${code.padStart(4, "0")}`;
  });
}
