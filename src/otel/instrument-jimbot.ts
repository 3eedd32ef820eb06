import type { DescMessage, Message } from "@bufbuild/protobuf";
import type { Meter } from "@opentelemetry/api";
import { type Clock, monotonic } from "../contract/base/clock.js";
import { createListener } from "../contract/base/listener.js";
import { isObject } from "../contract/base/plain-data.js";
import { guarded } from "../contract/base/result.js";
import { readOptions, reportKind } from "../contract/base/settings.js";
import type { Contract } from "../contract/contract.js";
import { createJimBotMetrics } from "./jimbot-metrics.js";
import { codeOf } from "./leyline-metrics.js";
import {
  type ClockOptions,
  reportClock,
  reportJimBotMeter,
  subject,
  telemetryDefaults,
} from "./options.js";
import { type Observer, watchWith } from "./watch.js";
import { watchedContract } from "./watched-contract.js";

/** The fields of an event that the metrics need. */
export type JimBotEvent = Message & { readonly source: string; readonly type: number };

/** The field of an event batch that the metrics need. */
export type JimBotBatch = Message & { readonly events: readonly JimBotEvent[] };

/** Options of {@link instrumentJimBot}. The labels are those that no message contains; each one enables one metric. */
export interface JimBotOptions extends ClockOptions {
  /** Creates the counters and the histogram. */
  readonly meter: Meter;
  /** The component that receives the events. Default none: `jimbot_event_bus_messages_total` counts nothing. */
  readonly destination?: string;
  /** The service that uses the contract. Default none: `jimbot_request_duration_seconds` records nothing. */
  readonly service?: string;
  /** The component that uses the contract. Default none: `jimbot_error_rate` counts nothing. */
  readonly component?: string;
}

/**
 * Returns a copy of the contract of JimBot's Event or EventBatch whose methods record the specification's
 * metrics: events written, the duration of each call, and errors. Its methods return and throw exactly
 * what those of the original do. Throws ContractError `config` for invalid options or if no label is set.
 * Document: the JimBot specification, "Metrics (Prometheus Format)".
 */
export function instrumentJimBot<M extends JimBotEvent | JimBotBatch, J>(
  contract: Contract<M, J>,
  options: JimBotOptions,
): Contract<M, J> {
  const given = readOptions(subject, options, (own, context) => {
    const { meter, destination, service, component } = own;
    if (!isObject(contract) || !isObject(contract.schema)) {
      context.mismatch("config", "a contract", contract);
    }
    reportJimBotMeter(meter, context);
    for (const [label, value] of Object.entries({ destination, service, component })) {
      reportKind(context, label, value, "string");
    }
    if ((destination ?? service ?? component) === undefined) {
      context.mismatch("config", "a destination, a service or a component", options);
    }
    reportClock(own, context);
  });
  const clock = monotonic(subject, given.now ?? telemetryDefaults.now);
  const faults = createListener(given.onFault ?? telemetryDefaults.onFault);
  const observer = guarded("configure", subject, () =>
    jimBotObserver(contract.schema, given, clock),
  );
  return watchedContract(contract, watchWith<M>(observer, faults));
}

function jimBotObserver(
  schema: DescMessage,
  { meter, destination, service, component }: JimBotOptions,
  clock: Clock,
): Observer<JimBotEvent | JimBotBatch> {
  const metrics = createJimBotMetrics(meter);
  const typeNameOf = eventTypes(schema);
  return (method, message) => {
    const start = service === undefined ? 0 : clock();
    return (outcome) => {
      if (service !== undefined) {
        const status = outcome.ok ? "ok" : "error";
        metrics.request((clock() - start) / 1000, { service, method, status });
      }
      if (!outcome.ok) {
        const error_type = codeOf(outcome.error);
        if (component !== undefined) metrics.error({ component, severity: "ERROR", error_type });
        return;
      }
      if (destination === undefined || message === undefined) return;
      for (const { source, type } of "events" in message ? message.events : [message]) {
        metrics.message({ source, destination, event_type: typeNameOf(type) });
      }
    };
  };
}

/** Returns a function from an event type to its name in the specification's logs: `game.state` for `GAME_STATE`. */
function eventTypes(schema: DescMessage): (type: number) => string {
  const event = schema.field["events"]?.message ?? schema;
  const names = new Map<number, string>();
  for (const { number, localName } of event.field["type"]?.enum?.values ?? []) {
    if (!names.has(number)) names.set(number, localName.toLowerCase().replaceAll("_", "."));
  }
  return (type) => names.get(type) ?? "unknown";
}
