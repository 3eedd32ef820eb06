import type { Context } from "../contract/base/context.js";
import { isObject } from "../contract/base/plain-data.js";
import { readOptions, reportKind } from "../contract/base/settings.js";
import type { DocumentedBodies, VerbBodies, WorkflowEngine } from "./engine.js";
import { MessageEnvelope } from "./envelope.js";

/** What everything that makes envelopes takes. */
export interface EnvelopeOptions<Bodies extends VerbBodies = DocumentedBodies> {
  /** The engine that knows the application's verbs. Default: RULE and CONTENT alone. */
  readonly engine?: WorkflowEngine<Bodies>;
  /** The time for `timestamp`, in whole milliseconds since the Unix epoch. Default `Date.now()`. */
  readonly now?: () => number;
}

/** The defaults of {@link EnvelopeOptions} that are values. */
export const envelopeDefaults: { readonly now: () => number } = Object.freeze({
  now: () => Date.now(),
});

/** A copy of these options. Throws ContractError `config` with every fault. */
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

/** Not by its class, which would load the trees with every maker. */
function isEngine({ contract, getWorkflow, getNode }: WorkflowEngine<VerbBodies>): boolean {
  return isObject(contract) && typeof getWorkflow === "function" && typeof getNode === "function";
}
