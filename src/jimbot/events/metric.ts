import {
  HeartbeatEventCodec,
  MetricEventCodec,
} from "../../../gen/jimbot/events/v1/metric_codec.js";
import {
  type HeartbeatEvent as HeartbeatEventMessage,
  HeartbeatEventSchema,
  type MetricEvent as MetricEventMessage,
  MetricEventSchema,
} from "../../../gen/jimbot/events/v1/metric_pb.js";
import { type Contract, createContract } from "../../contract/contract.js";
import type { Wire } from "../../contract/rules/define.js";
import { filled, formed, oneOf } from "../../contract/rules/formats.js";
import { define } from "../dialect.js";
import { count64, gameStateOrNone } from "../fields.js";

const labelName = /^[A-Za-z_][A-Za-z0-9_]*$/;

const metricEvent = /* @__PURE__ */ define(
  MetricEventSchema,
  (t) => ({
    metricName: t
      .string(formed(/^[A-Za-z_:][A-Za-z0-9_:]*$/, "a metric name such as jimbot_error_rate"))
      .required(),
    metricType: t.string(oneOf(["counter", "gauge", "histogram", "summary"])).required(),
    value: t.double().required(),
    labels: t.map(t.string()),
    recordedAt: t.timestamp(),
    unit: t.string(),
  }),
  {
    refine({ metricType, value, labels }, report) {
      if (metricType === "counter" && value < 0) {
        report(["value"], "rule", "must not be negative when metric_type is counter");
      }
      for (const name of Object.keys(labels)) {
        if (labelName.test(name)) continue;
        report(["labels", name], "format", "a label name is letters, digits and _, no digit first");
      }
    },
  },
);

/** One measured value. Document: the JimBot specification, "Metrics (Prometheus Format)". */
export type MetricEvent = MetricEventMessage;
export type MetricEventJson = Wire<typeof metricEvent>;
export const MetricEvent: Contract<MetricEvent, MetricEventJson> = /* @__PURE__ */ createContract(
  MetricEventSchema,
  metricEvent,
  MetricEventCodec,
);

const heartbeatEvent = /* @__PURE__ */ define(HeartbeatEventSchema, (t) => ({
  version: t.string(filled).required(),
  uptime: t.int64(count64),
  headless: t.bool(),
  gameState: t.string(gameStateOrNone),
}));

/** A periodic heartbeat of a component. Document: the JimBot specification, event type HEARTBEAT. */
export type HeartbeatEvent = HeartbeatEventMessage;
export type HeartbeatEventJson = Wire<typeof heartbeatEvent>;
export const HeartbeatEvent: Contract<HeartbeatEvent, HeartbeatEventJson> =
  /* @__PURE__ */ createContract(HeartbeatEventSchema, heartbeatEvent, HeartbeatEventCodec);
