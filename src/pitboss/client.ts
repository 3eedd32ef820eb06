import { isObject } from "../contract/base/plain-data.js";
import { ContractError, type ContractIssue, mismatch } from "../wire/error.js";
import type { DocumentedBodies, VerbBodies } from "./engine.js";
import { MessageEnvelope, type MessageEnvelopeJson, protocolVersion } from "./envelope.js";
import { callOption, type EnvelopeOptions, readEnvelopeOptions } from "./envelope-options.js";
import type { EnvelopeRepairs } from "./lenient-envelope.js";
import { make, makeRequest } from "./make.js";
import { readEnvelope } from "./parse-envelope.js";
import { createSession, type Session } from "./session.js";

/** The options of {@link createClient}. */
export interface ClientOptions<Bodies extends VerbBodies = DocumentedBodies>
  extends EnvelopeOptions<Bodies> {
  /** The session of the client. Default: a new session of {@link createSession}. */
  readonly session?: Session;
  /** Whether answers are read as {@link parseEnvelope} does with `lenient`. Default false. */
  readonly lenient?: boolean;
  /** Maximum number of open requests; an integer of at least 1, or Infinity. Default 1,000. */
  readonly maxOpen?: number;
}

/** The defaults of {@link ClientOptions} that are values. */
export const clientDefaults: Readonly<Required<Pick<ClientOptions, "lenient" | "maxOpen">>> =
  /* @__PURE__ */ Object.freeze({ lenient: false, maxOpen: 1_000 });

/**
 * What an answer means to the frontend: `step`, more answers follow; `human`, the workflow waits for a
 * person; `success` or `error`, the request is finished.
 */
export type AnswerKind = "step" | "human" | "success" | "error";

/**
 * An envelope from the backend and the request that it answers. A client that reads leniently fills both
 * lists of {@link EnvelopeRepairs}; otherwise they are empty.
 */
export interface Answer extends EnvelopeRepairs {
  readonly kind: AnswerKind;
  readonly envelope: MessageEnvelopeJson;
  readonly request: MessageEnvelopeJson;
}

/** A request that has no final answer yet. */
export interface OpenRequest {
  readonly request: MessageEnvelopeJson;
  /** The "no" response that waits for a person. */
  readonly stop?: MessageEnvelopeJson;
}

/** The frontend's half of the protocol. It has no transport: the caller sends and receives. */
export interface Client<Bodies extends VerbBodies = DocumentedBodies> {
  readonly session: Session;
  /** The requests that have no final answer yet, including those that wait for a person. */
  readonly open: readonly OpenRequest[];
  /**
   * Makes the next request, to be sent by the caller. Throws as {@link makeRequest}, and
   * `session.mismatch` when the session returns the id of a request that is still open, `length` when
   * `maxOpen` requests are open: {@link Client.forget} those that will not be answered.
   */
  request<V extends keyof Bodies & string>(verb: V, messageBody: Bodies[V]): MessageEnvelopeJson;
  /**
   * Matches an answer to its request. `data` is the result of `JSON.parse`; returns null if it is not an
   * envelope. An error ends its request whatever its verb is. Throws ContractError: the codes of
   * {@link parseEnvelope}, `session.mismatch` for an envelope of another session, or one whose `request_id`
   * and `verb` do not match an open request, `rule` for a request, `transition` for an answer to a request
   * that waits for a person. An envelope that is refused changes nothing.
   */
  receive(data: unknown): Answer | null;
  /**
   * Makes the request that resumes a workflow with a person's answer, to be sent by the caller. It has the
   * body of the "no" response, with `raw_text`, and a new id; the request that waited is closed.
   * `nextAgent` is the agent to continue with. Default: the `nextAgent` of the "no" response, with which
   * the workflow starts again. Throws ContractError `transition` for a request that does not wait for a
   * person, and as {@link Client.request}.
   */
  resume(requestId: string, rawText: string, nextAgent?: string | null): MessageEnvelopeJson;
  /** Cancels an open request; later answers to it are refused. Returns false if it is not open. */
  forget(requestId: string): boolean;
}

/**
 * Creates the frontend's half of the protocol: it numbers requests, matches answers to them, and says what
 * each answer means. Throws ContractError `config` for invalid options. Document: the Pitboss quick start,
 * "For Frontend Developers".
 *
 * ```ts
 * const client = createClient();
 * socket.send(JSON.stringify(client.request("RULE", { rule_text: "Show me patterns in episodes" })));
 * socket.onmessage = (event) => {
 *   const answer = client.receive(JSON.parse(event.data));
 *   if (answer?.kind === "human") ask(answer.envelope.reason);
 * };
 * ```
 */
export function createClient<Bodies extends VerbBodies = DocumentedBodies>(
  options: ClientOptions<Bodies> = {},
): Client<Bodies> {
  const own = readEnvelopeOptions(options, ({ session, lenient, maxOpen }, context) => {
    if (session !== undefined && !isSession(session)) {
      context.mismatch("config", "a session", session, "session");
    }
    if (lenient !== undefined && typeof lenient !== "boolean") {
      context.mismatch("config", "a boolean", lenient, "lenient");
    }
    if (
      maxOpen !== undefined &&
      maxOpen !== Infinity &&
      !(Number.isInteger(maxOpen) && maxOpen >= 1)
    ) {
      context.mismatch("config", "an integer of at least 1", maxOpen, "maxOpen");
    }
  });
  const reading = { ...own, contract: own.engine?.contract ?? MessageEnvelope };
  const session = own.session ?? createSession();
  const { sessionId } = session;
  const { maxOpen = clientDefaults.maxOpen } = own;
  const open = new Map<string, OpenRequest>();

  const nextId = (): string => callOption("session", () => session.nextRequestId());

  const begin = (request: MessageEnvelopeJson): MessageEnvelopeJson => {
    const { request_id } = request;
    if (open.has(request_id)) {
      const expected = "an id that no open request has";
      throw refusal(mismatch("request_id", "session.mismatch", expected, request_id));
    }
    // A copy, because the caller may change the envelope that it sends.
    open.set(request_id, { request: frozenCopy(request) });
    return request;
  };

  return Object.freeze<Client<Bodies>>({
    session,
    get open() {
      return [...open.values()];
    },
    request(verb, messageBody) {
      if (open.size >= maxOpen) {
        const message = `${open.size} requests are open, and maxOpen is ${maxOpen}`;
        throw refusal({ path: "", rule: "length", message });
      }
      return begin(makeRequest(sessionId, nextId(), verb, messageBody, own));
    },
    receive(data) {
      const read = readEnvelope(data, reading);
      if (read === null) return null;
      const { envelope, defaulted, ignored } = read;
      const { request, stop } = match(envelope, sessionId, open);
      if (stop !== undefined) throw refusal(waiting("takes no answer: it waits for a person"));
      const kind = kindOf(envelope);
      if (kind === "human") open.set(request.request_id, { request, stop: frozenCopy(envelope) });
      else if (kind !== "step") open.delete(request.request_id);
      return { kind, envelope, request, defaulted, ignored };
    },
    resume(requestId, rawText, nextAgent) {
      const stop = open.get(requestId)?.stop;
      if (stop === undefined) throw refusal(waiting("does not wait for a person"));
      const request = make(
        {
          ...stop,
          type: "request",
          version: protocolVersion,
          request_id: nextId(),
          nextAgent: nextAgent === undefined ? stop.nextAgent : nextAgent,
          returnCode: 0,
          decision: null,
          confidence: 0,
          reason: "",
          messageBody: { ...stop.messageBody, raw_text: rawText },
        },
        own,
      );
      // The clock or the session may have called this client.
      if (open.get(requestId)?.stop !== stop) throw refusal(waiting("does not wait for a person"));
      begin(request);
      open.delete(requestId);
      return request;
    },
    forget: (requestId) => open.delete(requestId),
  });
}

function frozenCopy(envelope: MessageEnvelopeJson): MessageEnvelopeJson {
  return Object.freeze(structuredClone(envelope));
}

function isSession(session: Session): boolean {
  return (
    isObject(session) &&
    typeof session.sessionId === "string" &&
    typeof session.nextRequestId === "function"
  );
}

/** The open request that an envelope answers. */
function match(
  { type, session_id, request_id, verb }: MessageEnvelopeJson,
  sessionId: string,
  open: ReadonlyMap<string, OpenRequest>,
): OpenRequest {
  const rule = "session.mismatch";
  if (session_id !== sessionId) {
    throw refusal(mismatch("session_id", rule, JSON.stringify(sessionId), session_id));
  }
  if (type === "request") throw refusal(mismatch("type", "rule", '"response" or "error"', type));
  const asked = open.get(request_id);
  if (asked === undefined) {
    throw refusal(mismatch("request_id", rule, "an open request of this session", request_id));
  }
  // The backend answers a request that it could not read with a verb of its own.
  if (verb !== asked.request.verb && type !== "error") {
    throw refusal(mismatch("verb", rule, JSON.stringify(asked.request.verb), verb));
  }
  return asked;
}

function kindOf({ type, decision, returnCode }: MessageEnvelopeJson): AnswerKind {
  if (type === "error") return "error";
  if (decision === "no") return "human";
  if (returnCode === 1) return "success";
  return returnCode === 0 ? "step" : "error";
}

function waiting(message: string): ContractIssue {
  return { path: "request_id", rule: "transition", message };
}

function refusal(issue: ContractIssue): ContractError {
  return new ContractError("match", MessageEnvelope.typeName, issue);
}
