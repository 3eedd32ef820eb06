import * as z from "zod/mini";
import {
  createJsonContract,
  type JsonContract,
  type JsonContractValue,
  optional,
  required,
} from "../contract/json-contract.js";
import { filled, formed, oneOf } from "../contract/rules/formats.js";
import { fieldRules as t } from "./dialect.js";

/** Maximum length of an event's id in UTF-16 units. */
export const maxIdLength = 256;

const injectedEvent = {
  id: t
    .string((text) =>
      filled(text).check(z.maxLength(maxIdLength, `at most ${maxIdLength} characters`)),
    )
    .required(),
  trigger: optional({
    type: t.string(oneOf(["time", "state"])).required(),
    value: t.value().required(),
  }),
  action: required({
    target: t
      .string(formed(/^[^.\s]+(?:\.[^.\s]+)+$/, "a dotted path such as motor_1.params.load"))
      .required(),
    operation: t.string(oneOf(["set"])).required(),
    value: t.value().required(),
  }),
};

/**
 * The `parameters` of an `inject_event`. `id` identifies a repeated command. `trigger` says when the event
 * happens: at a `time` in seconds since the start of the run, or in a `state`, whose value the engine
 * defines; without it at the next step. `action` sets the `value` at `target`. Document: the sim proposal
 * names the command; its parameters are an event of the run's configuration.
 *
 *     const { action, trigger } = InjectedEvent.fromJson(command.parameters);
 */
export type InjectedEvent = JsonContractValue<typeof injectedEvent>;
/** Its methods throw ContractError with the codes of its rules. */
export const InjectedEvent: JsonContract<InjectedEvent> = /* @__PURE__ */ createJsonContract(
  "sim.InjectedEvent",
  injectedEvent,
  ({ trigger }, report) => {
    if (trigger?.type !== "time") return;
    if (typeof trigger.value === "number" && trigger.value >= 0) return;
    report(["trigger", "value"], "range", "must be a number of at least 0 when the type is time");
  },
);
