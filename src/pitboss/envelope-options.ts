import type { Context } from "../contract/base/context.js";
import { isObject } from "../contract/base/plain-data.js";
import { readOptions, reportKind } from "../contract/base/settings.js";
import { ContractError } from "../wire/error.js";
import type { DocumentedBodies, VerbBodies, WorkflowEngine } from "./engine.js";
import { MessageEnvelope } from "./envelope.js";

/** The options of all functions that make envelopes. */
export interface EnvelopeOptions<Bodies extends VerbBodies = DocumentedBodies> {
  /** The engine with the application's verbs. Default: RULE and CONTENT only. */
  readonly engine?: WorkflowEngine<Bodies>;
  /** The time for `timestamp`, in whole milliseconds since the Unix epoch. Default `Date.now()`. */
  readonly now?: () => number;
}

/** The defaults of {@link EnvelopeOptions} that are values. */
export const envelopeDefaults: { readonly now: () => number } = Object.freeze({
  now: () => Date.now(),
});

/** A validated copy of the options. Throws ContractError `config` with every fault. */
export function readEnvelopeOptions<O extends EnvelopeOptions<Bodies>, Bodies extends VerbBodies>(
  options: O,
  reportMore: (options: O, context: Context) => void = () => undefined,
): O {
  return readOptions(MessageEnvelope.typeName, options, (own, context) => {
    const { engine } = own;
    if (engine !== undefined && !(isObject(engine) && isEngine(engine))) {
      context.mismatch("config", "a WorkflowEngine", engine, "engine");
    }
    reportKind(context, "now", own.now, "function");
    reportMore(own, context);
  });
}

/** What a function of the options returns. Throws ContractError `config` in place of what it throws. */
export function callOption<T>(key: string, call: () => T): T {
  try {
    return call();
  } catch {
    const message = "the function threw an error";
    throw new ContractError("configure", MessageEnvelope.typeName, {
      path: key,
      rule: "config",
      message,
    });
  }
}

/** Does not use instanceof, because that would load all workflows together with `makeRequest`. */
function isEngine({ contract, getWorkflow, getNode }: WorkflowEngine<VerbBodies>): boolean {
  return isObject(contract) && typeof getWorkflow === "function" && typeof getNode === "function";
}
