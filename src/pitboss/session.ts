import { readOptions, reportKind } from "../contract/base/settings.js";
import { ContractError, mismatch } from "../wire/error.js";

/** The options of {@link createSession}. */
export interface SessionOptions {
  /** The id of the session, for example that of an earlier page. Default: `sess-` and a new id. */
  readonly sessionId?: string;
  /** The number of the first request; an integer of at least 1. Default 1. */
  readonly first?: number;
  /** Returns a new id. Default `crypto.randomUUID()`, which browsers have on secure pages only. */
  readonly newId?: () => string;
}

/** The defaults of {@link SessionOptions} that are values. */
export const sessionDefaults: Readonly<Required<Pick<SessionOptions, "first" | "newId">>> =
  Object.freeze({ first: 1, newId: () => globalThis.crypto.randomUUID() });

/** One session of a frontend: its id, and the numbers of its requests. */
export interface Session {
  readonly sessionId: string;
  /** The id of the next request: `req-001`, `req-002`, and so on. */
  nextRequestId(): string;
}

const name = "pitboss.Session";

/**
 * Creates a session, which numbers its requests. Throws ContractError `config` for invalid options, and
 * when no id can be made. Document: the Pitboss quick start, "Sending a Request".
 *
 * ```ts
 * const session = createSession();
 * const request = makeRequest(session.sessionId, session.nextRequestId(), "RULE", { rule_text });
 * ```
 */
export function createSession(options: SessionOptions = {}): Session {
  const own = readOptions(name, options, ({ sessionId, first, newId }, context) => {
    if (sessionId === "" || (sessionId !== undefined && typeof sessionId !== "string")) {
      context.mismatch("config", "a non-empty string", sessionId, "sessionId");
    }
    if (first !== undefined && !(Number.isSafeInteger(first) && first >= 1)) {
      context.mismatch("config", "an integer of at least 1", first, "first");
    }
    reportKind(context, "newId", newId, "function");
  });
  const sessionId = own.sessionId ?? `sess-${newIdOf(own.newId ?? sessionDefaults.newId)}`;
  let next = own.first ?? sessionDefaults.first;
  return Object.freeze({
    sessionId,
    nextRequestId: () => `req-${String(next++).padStart(3, "0")}`,
  });
}

function newIdOf(newId: () => string): string {
  let id: unknown;
  try {
    id = newId();
  } catch {
    const message = "making an id threw an error; give newId or sessionId";
    throw new ContractError("configure", name, { path: "newId", rule: "config", message });
  }
  if (typeof id === "string" && id !== "") return id;
  const issue = mismatch("newId", "config", "a function that gives a non-empty string", id);
  throw new ContractError("configure", name, issue);
}
