import type { JsonObject } from "@bufbuild/protobuf";
import { refuse } from "../contract/base/result.js";
import type { DocumentedBodies, VerbBodies } from "./engine.js";
import { MessageEnvelope, type MessageEnvelopeJson, protocolVersion } from "./envelope.js";
import {
  callOption,
  type EnvelopeOptions,
  envelopeDefaults,
  readEnvelopeOptions,
} from "./envelope-options.js";

/** The agent with which a request starts if no engine is given. */
const entryAgent = "model.Capo";

/**
 * Makes the request of a verb as wire JSON, with a copy of `messageBody`. Its `nextAgent` is the entry agent
 * of the workflow. Throws ContractError: the codes of the envelope's rules, `workflow.unknown` for a verb
 * that `options.engine` does not know, `config` for invalid options. Document: the Pitboss quick start, "Sending a Request".
 *
 * ```ts
 * const request = makeRequest("sess-001", "req-001", "RULE", { rule_text: "Show me patterns" });
 * websocket.send(JSON.stringify(request));
 * ```
 */
export function makeRequest<
  Bodies extends VerbBodies = DocumentedBodies,
  V extends keyof Bodies & string = keyof Bodies & string,
>(
  sessionId: string,
  requestId: string,
  verb: V,
  messageBody: Bodies[V],
  options: EnvelopeOptions<Bodies> = {},
): MessageEnvelopeJson {
  const own = readEnvelopeOptions(options);
  const nextAgent = own.engine?.getWorkflow(verb).entryAgent ?? entryAgent;
  return make(
    { ...undecided, type: "request", ...ids(sessionId, requestId, verb), nextAgent, messageBody },
    own,
  );
}

/**
 * Makes the response of one agent. `confidence` is 0.0 to 1.0; `returnCode` 0 means that the workflow
 * continues, also when it waits for a person. Throws as {@link makeRequest}. Document: the Pitboss quick start, "Creating
 * Responses in Python".
 */
export function makeResponse<Bodies extends VerbBodies = DocumentedBodies>(
  sessionId: string,
  requestId: string,
  verb: string,
  nextAgent: string | null,
  decision: "yes" | "no" | null,
  confidence: number,
  reason: string,
  messageBody: JsonObject,
  returnCode = 0,
  options: EnvelopeOptions<Bodies> = {},
): MessageEnvelopeJson {
  const head = ids(sessionId, requestId, verb);
  return make(
    { type: "response", ...head, nextAgent, decision, confidence, reason, messageBody, returnCode },
    readEnvelopeOptions(options),
  );
}

/** Makes an error envelope; `errorMessage` is human-readable. Throws as {@link makeRequest}. */
export function makeError<Bodies extends VerbBodies = DocumentedBodies>(
  sessionId: string,
  requestId: string,
  verb: string,
  errorMessage: string,
  options: EnvelopeOptions<Bodies> = {},
): MessageEnvelopeJson {
  const head = ids(sessionId, requestId, verb);
  return make(
    { ...undecided, type: "error", ...head, returnCode: -1, reason: errorMessage },
    readEnvelopeOptions(options),
  );
}

/** Makes the success envelope that ends a workflow after its last "yes". Throws as {@link makeRequest}. */
export function makeSuccess<Bodies extends VerbBodies = DocumentedBodies>(
  sessionId: string,
  requestId: string,
  verb: string,
  messageBody: JsonObject,
  options: EnvelopeOptions<Bodies> = {},
): MessageEnvelopeJson {
  return makeResponse(
    sessionId,
    requestId,
    verb,
    null,
    "yes",
    1,
    "Success",
    messageBody,
    1,
    options,
  );
}

const undecided = {
  nextAgent: null,
  returnCode: 0,
  decision: null,
  confidence: 0,
  reason: "",
  messageBody: {},
} as const;

function ids(session_id: string, request_id: string, verb: string): object {
  return { version: protocolVersion, session_id, request_id, verb };
}

/** Makes an envelope of these keys and the current time. Does not validate the options. */
export function make<Bodies extends VerbBodies>(
  keys: object,
  { engine, now = envelopeDefaults.now }: EnvelopeOptions<Bodies>,
): MessageEnvelopeJson {
  const { contract } = engine ?? { contract: MessageEnvelope };
  const timestamp = callOption("now", now);
  const result = contract.safeFromJson({ ...keys, timestamp });
  if (result.ok) return contract.toJson(result.value);
  // Report the issues as those of writing. It always throws; the compiler cannot see that.
  refuse("encode to JSON", contract.typeName, result.error.issues);
  throw result.error;
}
