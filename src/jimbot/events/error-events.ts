import { ErrorSeverity, RecoveryAction } from "../../../gen/jimbot/events/v1/error_pb.js";
import { guarded } from "../../contract/base/result.js";
import { ContractError, isContractError, mismatch } from "../../wire/error.js";
import { preview } from "../../wire/preview.js";
import { ErrorEvent } from "./error.js";
import { Event } from "./event.js";
import { type EventHeadOptions, eventDefaults, packEvent } from "./pack-event.js";

/** What an exception does not say of itself. */
export interface ErrorEventOptions extends EventHeadOptions {
  /** How grave the fault is. Default ERROR. */
  readonly severity?: ErrorSeverity;
  /**
   * What should be done about it. Default RETRY; for a ContractError ESCALATE, because the same message
   * fails again, and CIRCUIT_BREAK where a breaker is open.
   */
  readonly suggestedAction?: RecoveryAction;
  /** Further facts; they win over what the exception tells under the same key. Default none. */
  readonly context?: Readonly<Record<string, string>>;
  /** Components that suffer from the fault. Default none. */
  readonly affectedComponents?: readonly string[];
  /** Whether the stack trace, which names files, is told. Default true. */
  readonly stackTrace?: boolean;
  /** Cuts each text of the exception after so many UTF-16 units. Default 16,384. */
  readonly maxLength?: number;
}

/** The defaults of {@link ErrorEventOptions}, where they do not depend on the exception. */
export const errorEventDefaults: Readonly<
  Required<Pick<ErrorEventOptions, "newId" | "now" | "severity" | "stackTrace" | "maxLength">>
> = Object.freeze({
  ...eventDefaults,
  severity: ErrorSeverity.ERROR,
  stackTrace: true,
  maxLength: 16_384,
});

/** How many causes behind an exception are told. */
const maxCauses = 8;

/**
 * The ERROR event of an exception, whatever was thrown. Of an Error it tells message and stack, and in
 * `context` its `name` and its causes (`cause_1` and on); of a ContractError also `code`, `type` and
 * `path`. A thrown value that has no message is told by its kind and at most 80 characters. Lone
 * surrogates become U+FFFD, because no message can hold them. Reading an exception never throws; options
 * that no event can have do, as with {@link packEvent}. Document: the JimBot specification, "Error
 * Propagation".
 *
 *     try {
 *       Event.decode(bytes);
 *     } catch (error) {
 *       publish(toErrorEvent(error, { source: "event_bus" }));
 *     }
 */
export function toErrorEvent(error: unknown, options: ErrorEventOptions): Event {
  return guarded("check", Event.typeName, () => {
    const { newId = errorEventDefaults.newId, affectedComponents = [] } = options;
    const { severity = errorEventDefaults.severity } = options;
    const { stackTrace = errorEventDefaults.stackTrace } = options;
    const cut = cutter(options.maxLength ?? errorEventDefaults.maxLength);
    const { eventId = newId(), suggestedAction = actionOf(error) } = options;
    const payload = ErrorEvent.create({
      errorId: eventId,
      sourceComponent: options.source,
      severity,
      message: cut(messageOf(error)),
      stackTrace: stackTrace ? cut(textOf(error, "stack") ?? "") : "",
      context: { ...contextOf(error, cut), ...options.context },
      affectedComponents: [...affectedComponents],
      suggestedAction,
    });
    return packEvent("ERROR", payload, { ...options, eventId });
  });
}

function cutter(maxLength: number): (text: string) => string {
  if (!Number.isSafeInteger(maxLength) || maxLength < 1) {
    const issue = mismatch("maxLength", "config", "a whole number of at least 1", maxLength);
    throw new ContractError("configure", ErrorEvent.typeName, issue);
  }
  return (text) => {
    const left = text.length - maxLength;
    const more = left > 0 ? `... (${left} more characters)` : "";
    return `${text.slice(0, maxLength).toWellFormed()}${more}`;
  };
}

/** A property of a foreign value; reading it may run foreign code. */
function propertyOf(value: unknown, key: string): unknown {
  try {
    return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
  } catch {
    return undefined;
  }
}

function textOf(value: unknown, key: string): string | undefined {
  const text = propertyOf(value, key);
  return typeof text === "string" && text !== "" ? text : undefined;
}

function messageOf(error: unknown): string {
  return textOf(error, "message") ?? textOf(error, "name") ?? `${preview(error)} was thrown`;
}

function isOurs(error: unknown): error is ContractError {
  try {
    return isContractError(error);
  } catch {
    return false;
  }
}

function actionOf(error: unknown): RecoveryAction {
  if (!isOurs(error)) return RecoveryAction.RETRY;
  const open = propertyOf(error, "code") === "breaker.open";
  return open ? RecoveryAction.CIRCUIT_BREAK : RecoveryAction.ESCALATE;
}

function contextOf(error: unknown, cut: (text: string) => string): Record<string, string> {
  const context: Record<string, string> = {};
  const keys = isOurs(error) ? ["name", "code", "type", "path"] : ["name"];
  for (const key of keys) {
    const text = textOf(error, key);
    if (text !== undefined) context[key] = cut(text);
  }
  let cause = propertyOf(error, "cause");
  for (let index = 1; cause !== undefined; index++) {
    const told = index <= maxCauses;
    context[`cause_${index}`] = told ? cut(messageOf(cause)) : "further causes are not told";
    cause = told ? propertyOf(cause, "cause") : undefined;
  }
  return context;
}
