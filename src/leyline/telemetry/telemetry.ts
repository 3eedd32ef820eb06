import type { Timestamp } from "@bufbuild/protobuf/wkt";
import {
  MetricPointCodec,
  SystemHealthCodec,
  TelemetryEventCodec,
  TelemetryPacketCodec,
  TraceSpanCodec,
} from "../../../gen/esper/leyline/v1/telemetry_codec.js";
import {
  HealthStatusSchema,
  type MetricPoint as MetricPointMessage,
  MetricPointSchema,
  type SystemHealth as SystemHealthMessage,
  SystemHealthSchema,
  type TelemetryEvent as TelemetryEventMessage,
  TelemetryEventSchema,
  TelemetryLevel,
  TelemetryLevelSchema,
  type TelemetryPacket as TelemetryPacketMessage,
  TelemetryPacketSchema,
  type TraceSpan as TraceSpanMessage,
  TraceSpanSchema,
} from "../../../gen/esper/leyline/v1/telemetry_pb.js";
import { type Contract, createContract } from "../../contract/contract.js";
import type { Wire } from "../../contract/rules/define.js";
import { filled } from "../../contract/rules/formats.js";
import { reportId, uuid4 } from "../../contract/rules/ids.js";
import { define } from "../dialect.js";
import { nameOrEmpty, reportEmptyKey } from "../formats.js";

/** The document's short names of the levels, including WARN for WARNING; they are read, never written. */
const levels = {
  aliases: {
    UNSPECIFIED: TelemetryLevel.UNSPECIFIED,
    DEBUG: TelemetryLevel.DEBUG,
    INFO: TelemetryLevel.INFO,
    WARN: TelemetryLevel.WARNING,
    WARNING: TelemetryLevel.WARNING,
    ERROR: TelemetryLevel.ERROR,
    CRITICAL: TelemetryLevel.CRITICAL,
    TELEMETRY_LEVEL_WARN: TelemetryLevel.WARNING,
  },
} as const;

const metricPoint = /* @__PURE__ */ define(
  MetricPointSchema,
  (t) => ({
    name: t.string(filled).required(),
    value: t.double(),
    unit: t.string(),
    attributes: t.map(t.string()),
  }),
  {
    refine: ({ attributes }, report) => reportEmptyKey(attributes, "attributes", report),
  },
);

/** One measured value. Document: the Leyline schema. */
export type MetricPoint = MetricPointMessage;
export type MetricPointJson = Wire<typeof metricPoint>;
export const MetricPoint: Contract<MetricPoint, MetricPointJson> = /* @__PURE__ */ createContract(
  MetricPointSchema,
  metricPoint,
  MetricPointCodec,
);

const telemetryEvent = /* @__PURE__ */ define(
  TelemetryEventSchema,
  (t) => ({
    eventId: t.string(filled).required(),
    description: t.string(filled).required(),
    level: t.enum(TelemetryLevelSchema, "TELEMETRY_LEVEL_", levels),
    attributes: t.map(t.string()),
  }),
  {
    strict: ({ eventId }, context) => reportId(context, "event_id", eventId, uuid4),
    refine: ({ attributes }, report) => reportEmptyKey(attributes, "attributes", report),
  },
);

/** An event in a subsystem. Document: the Leyline schema. */
export type TelemetryEvent = TelemetryEventMessage;
export type TelemetryEventJson = Wire<typeof telemetryEvent>;
export const TelemetryEvent: Contract<TelemetryEvent, TelemetryEventJson> =
  /* @__PURE__ */ createContract(TelemetryEventSchema, telemetryEvent, TelemetryEventCodec);

const traceSpan = /* @__PURE__ */ define(
  TraceSpanSchema,
  (t) => ({
    spanId: t.string(filled).required(),
    parentSpanId: t.string(),
    name: t.string(filled).required(),
    startTime: t.timestamp().required(),
    endTime: t.timestamp().required(),
    attributes: t.map(t.string()),
  }),
  {
    refine({ spanId, parentSpanId, startTime, endTime, attributes }, report) {
      if (parentSpanId === spanId) {
        report(["parent_span_id"], "rule", "must be another span than span_id");
      }
      if (startTime !== undefined && endTime !== undefined && isBefore(endTime, startTime)) {
        report(["end_time"], "rule", "must not be before start_time");
      }
      reportEmptyKey(attributes, "attributes", report);
    },
  },
);

function isBefore(a: Timestamp, b: Timestamp): boolean {
  return a.seconds === b.seconds ? a.nanos < b.nanos : a.seconds < b.seconds;
}

/** A unit of work with its start and end time. Document: the Leyline schema. */
export type TraceSpan = TraceSpanMessage;
export type TraceSpanJson = Wire<typeof traceSpan>;
export const TraceSpan: Contract<TraceSpan, TraceSpanJson> = /* @__PURE__ */ createContract(
  TraceSpanSchema,
  traceSpan,
  TraceSpanCodec,
);

const systemHealth = /* @__PURE__ */ define(
  SystemHealthSchema,
  (t) => ({
    status: t.enum(HealthStatusSchema, "HEALTH_STATUS_"),
    summary: t.string(),
    indicators: t.map(t.string()),
  }),
  {
    refine: ({ indicators }, report) => reportEmptyKey(indicators, "indicators", report),
  },
);

/** The health that a subsystem reports about itself. Document: the Leyline schema. */
export type SystemHealth = SystemHealthMessage;
export type SystemHealthJson = Wire<typeof systemHealth>;
export const SystemHealth: Contract<SystemHealth, SystemHealthJson> =
  /* @__PURE__ */ createContract(SystemHealthSchema, systemHealth, SystemHealthCodec);

const telemetryPacket = /* @__PURE__ */ define(
  TelemetryPacketSchema,
  (t) => ({
    packetId: t.string(filled).required(),
    timestamp: t.timestamp(),
    sourceSubsystem: t.string(nameOrEmpty),
    level: t.enum(TelemetryLevelSchema, "TELEMETRY_LEVEL_", levels),
    metrics: t.list(t.message(MetricPoint)),
    events: t.list(t.message(TelemetryEvent)),
    spans: t.list(t.message(TraceSpan)),
    systemHealth: t.message(SystemHealth),
  }),
  { strict: ({ packetId }, context) => reportId(context, "packet_id", packetId, uuid4) },
);

/** A report of a subsystem about itself: metrics, events, spans and health. Document: the Leyline document, "TelemetryPacket". */
export type TelemetryPacket = TelemetryPacketMessage;
export type TelemetryPacketJson = Wire<typeof telemetryPacket>;
export const TelemetryPacket: Contract<TelemetryPacket, TelemetryPacketJson> =
  /* @__PURE__ */ createContract(TelemetryPacketSchema, telemetryPacket, TelemetryPacketCodec);
