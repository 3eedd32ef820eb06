import { ErrorSeverity, RecoveryAction } from "../../../gen/jimbot/events/v1/error_pb.js";
import { guarded } from "../../contract/base/result.js";
import { readOptions } from "../../contract/base/settings.js";
import { type ContractError, isContractError } from "../../wire/error.js";
import { preview } from "../../wire/preview.js";
import { callNewId } from "./callbacks.js";
import { ErrorEvent } from "./error.js";
import { Event } from "./event.js";
import {
  type EventHeadOptions,
  eventDefaults,
  packEvent,
  readHeadOptions,
  reportRecord,
} from "./pack-event.js";

/** Options of {@link toErrorEvent}: what an exception does not contain. */
export interface ErrorEventOptions extends EventHeadOptions {
  /** Severity of the error. Default ERROR. */
  readonly severity?: ErrorSeverity;
  /**
   * The suggested action. Default RETRY; for a ContractError ESCALATE, because the same message would
   * fail again; CIRCUIT_BREAK if a breaker is open.
   */
  readonly suggestedAction?: RecoveryAction;
  /** Further entries of `context`; they replace the exception's own entries. Default none. */
  readonly context?: Readonly<Record<string, string>>;
  /** Components affected by the error. Default none. */
  readonly affectedComponents?: readonly string[];
  /** Whether to include the stack trace, which names files. Default true. */
  readonly stackTrace?: boolean;
  /** Maximum length of each text of the exception in UTF-16 units; longer ones are cut. Default 16,384. */
  readonly maxLength?: number;
}

/** The defaults of {@link ErrorEventOptions} that do not depend on the exception. */
export const errorEventDefaults: Readonly<
  Required<Pick<ErrorEventOptions, "newId" | "now" | "severity" | "stackTrace" | "maxLength">>
> = Object.freeze({
  ...eventDefaults,
  severity: ErrorSeverity.ERROR,
  stackTrace: true,
  maxLength: 16_384,
});

/** Maximum number of causes in `context`. */
const maxCauses = 8;

/**
 * Converts an exception, or any other thrown value, to an ERROR event. The event has the error's message
 * and stack, and in `context` its `name` and its causes (`cause_1`, `cause_2`, …); for a ContractError also
 * `code`, `type` and `path`. A thrown value without a message is described by its kind and at most 80
 * characters. Lone surrogates become U+FFFD, because no message can hold them. Reading the exception never
 * throws. Throws `config` for wrong options, and what {@link packEvent} throws. Document: the JimBot specification, "Error Propagation".
 *
 *     try {
 *       Event.decode(bytes);
 *     } catch (error) {
 *       publish(toErrorEvent(error, { source: "event_bus" }));
 *     }
 */
export function toErrorEvent(error: unknown, options: ErrorEventOptions): Event {
  return guarded("check", Event.typeName, () => {
    const own = readErrorOptions(options);
    const { newId = errorEventDefaults.newId, affectedComponents = [] } = own;
    const { severity = errorEventDefaults.severity } = own;
    const { stackTrace = errorEventDefaults.stackTrace } = own;
    const cut = cutter(own.maxLength ?? errorEventDefaults.maxLength);
    const { eventId = callNewId(Event.typeName, newId), suggestedAction = actionOf(error) } = own;
    const payload = ErrorEvent.create({
      errorId: eventId,
      sourceComponent: own.source,
      severity,
      message: cut(messageOf(error)),
      stackTrace: stackTrace ? cut(textOf(error, "stack") ?? "") : "",
      context: { ...contextOf(error, cut), ...own.context },
      affectedComponents: [...affectedComponents],
      suggestedAction,
    });
    return packEvent("ERROR", payload, { ...own, eventId });
  });
}

function readErrorOptions(options: ErrorEventOptions): ErrorEventOptions {
  return readOptions(ErrorEvent.typeName, readHeadOptions(options), (own, context) => {
    const { context: entries, affectedComponents, stackTrace, maxLength } = own;
    reportRecord(context, "context", entries);
    if (affectedComponents !== undefined && !Array.isArray(affectedComponents)) {
      context.mismatch("config", "a list of components", affectedComponents, "affectedComponents");
    }
    if (stackTrace !== undefined && typeof stackTrace !== "boolean") {
      context.mismatch("config", "true or false", stackTrace, "stackTrace");
    }
    if (maxLength === undefined || (Number.isSafeInteger(maxLength) && maxLength >= 1)) return;
    context.mismatch("config", "a whole number of at least 1", maxLength, "maxLength");
  });
}

function cutter(maxLength: number): (text: string) => string {
  return (text) => {
    const left = text.length - maxLength;
    const more = left > 0 ? `... (${left} more characters)` : "";
    return `${text.slice(0, maxLength).toWellFormed()}${more}`;
  };
}

/** A property of any value. Reading it may run a getter or a Proxy's handler, which may throw. */
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

function isSafelyContractError(error: unknown): error is ContractError {
  try {
    return isContractError(error);
  } catch {
    return false;
  }
}

function actionOf(error: unknown): RecoveryAction {
  if (!isSafelyContractError(error)) return RecoveryAction.RETRY;
  const open = propertyOf(error, "code") === "breaker.open";
  return open ? RecoveryAction.CIRCUIT_BREAK : RecoveryAction.ESCALATE;
}

function contextOf(error: unknown, cut: (text: string) => string): Record<string, string> {
  const context: Record<string, string> = {};
  const keys = isSafelyContractError(error) ? ["name", "code", "type", "path"] : ["name"];
  for (const key of keys) {
    const text = textOf(error, key);
    if (text !== undefined) context[key] = cut(text);
  }
  let cause = propertyOf(error, "cause");
  for (let index = 1; cause !== undefined; index++) {
    const isIncluded = index <= maxCauses;
    context[`cause_${index}`] = isIncluded ? cut(messageOf(cause)) : "further causes are left out";
    cause = isIncluded ? propertyOf(cause, "cause") : undefined;
  }
  return context;
}
