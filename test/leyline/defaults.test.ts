import { create } from "@bufbuild/protobuf";
import { DurationSchema } from "@bufbuild/protobuf/wkt";
import { expect, it } from "vitest";
import type { AnyContract } from "../../src/contract/contract.js";
import { contracts as frames } from "../../src/leyline/compact/index.js";
import { CommandType, EventEnvelope, contracts as main } from "../../src/leyline/index.js";

const contracts = [...main, ...frames];

const start = { seconds: 0n, nanos: 0 };
const zeroTime = '"1970-01-01T00:00:00Z"';

/**
 * The minimum that the rules of each message require, and its wire JSON. Messages not listed require
 * nothing and write {}.
 */
const minimum: Readonly<Record<string, readonly [init: object, text: string]>> = {
  SystemStatePacket: [{ packetId: "p" }, '{"version":1,"packet_id":"p"}'],
  HardwareContext: [{ deviceType: "cpu", deviceId: "0" }, '{"device_type":"cpu","device_id":"0"}'],
  SeedState: [{ seedId: "s" }, '{"seed_id":"s"}'],
  AdaptationCommand: [
    { commandId: "c", commandType: CommandType.COMMAND_PAUSE, issuedAt: start },
    `{"version":1,"command_id":"c","command_type":"COMMAND_PAUSE","issued_at":${zeroTime}}`,
  ],
  CommandSeedOperation: [{ blueprintId: "b" }, '{"blueprint_id":"b"}'],
  EventEnvelope: [{ eventId: "e", eventType: "t" }, '{"event_id":"e","event_type":"t"}'],
  StructuralPruningRequest: [
    { requestId: "r", checkpointId: "c" },
    '{"request_id":"r","checkpoint_id":"c"}',
  ],
  StructuralPruningResponse: [
    { requestId: "r", responseId: "s" },
    '{"request_id":"r","response_id":"s"}',
  ],
  LayerImportance: [{ layerName: "l" }, '{"layer_name":"l"}'],
  PruningTarget: [{ layerName: "l" }, '{"layer_name":"l"}'],
  PruningMask: [
    {
      parameterId: "i",
      parameterPath: "p",
      shape: [1],
      maskBits: Uint8Array.of(1),
      totalCount: 1n,
    },
    '{"parameter_id":"i","parameter_path":"p","shape":[1],"mask_bits":"AQ==","total_count":"1"}',
  ],
  TelemetryPacket: [{ packetId: "p" }, '{"packet_id":"p"}'],
  MetricPoint: [{ name: "n" }, '{"name":"n"}'],
  TelemetryEvent: [{ eventId: "e", description: "d" }, '{"event_id":"e","description":"d"}'],
  TraceSpan: [
    { spanId: "s", name: "n", startTime: start, endTime: start },
    `{"span_id":"s","name":"n","start_time":${zeroTime},"end_time":${zeroTime}}`,
  ],
  CheckpointMetadata: [{ checkpointId: "c" }, '{"version":1,"checkpoint_id":"c"}'],
  PerformanceBudgets: [
    {},
    '{"epoch_boundary_ms":18,"tamiyo_inference_ms":12,"systemstate_assembly_ms":3,"adaptation_processing_ms":2,"fast_rollback_ms":500,"full_rollback_seconds":12,"protobuf_serialization_us":80,"message_validation_us":20,"breaker_timeout_ms":1000,"breaker_reset_seconds":30,"importance_tracking_overhead_percent":1,"checkpoint_analysis_minutes_min":2,"checkpoint_analysis_minutes_max":5,"structured_validation_seconds":60,"rollback_coordination_seconds":30}',
  ],
  MemoryBudgets: [
    {},
    '{"model_percent":0.4,"optimizer_percent":0.25,"gradients_percent":0.15,"checkpoints_percent":0.08,"telemetry_percent":0.05,"morphogenetic_percent":0.05,"emergency_percent":0.02,"importance_statistics_percent":0.03,"pruning_metadata_percent":0.02}',
  ],
  "compact.StateFrame": [
    { entries: 1, packetUuid: new Uint8Array(16) },
    '{"entries":1,"packet_uuid":"AAAAAAAAAAAAAAAAAAAAAA=="}',
  ],
  "compact.StateUpdate": [
    {
      update: { case: "dictionary", value: { entries: [{ entry: { case: "text", value: "" } }] } },
    },
    '{"dictionary":{"entries":[{"text":""}]}}',
  ],
  "compact.StateDictionary": [
    { entries: [{ entry: { case: "text", value: "" } }] },
    '{"entries":[{"text":""}]}',
  ],
  "compact.DictionaryEntry": [{ entry: { case: "run", value: {} } }, '{"run":{}}'],
  "compact.DictionaryMetricKeys": [{ texts: [0] }, '{"texts":[0]}'],
  SystemLimits: [
    {},
    '{"max_seeds_per_epoch":100,"max_message_size_bytes":280,"max_queue_depth":10000,"max_retry_attempts":3,"max_pause_quota":10000,"max_gc_allocations_per_msg":4,"max_pruning_ratio_percent":50,"max_consecutive_pruning_failures":3,"max_checkpoint_storage_gb":100,"max_importance_history_days":30}',
  ],
};

function nameOf({ typeName }: AnyContract): string {
  return typeName.replace(/^esper\.leyline\.(?:v1\.)?/, "").replace("compact.v1.", "compact.");
}

it.each(contracts)(
  "$typeName with all defaults writes only the required keys",
  (contract: AnyContract) => {
    const [init, text] = minimum[nameOf(contract)] ?? [{}, "{}"];
    const message = contract.create(init);
    expect(contract.toJsonText(message)).toBe(text);
    expect(contract.fromJsonText(text)).toEqual(message);
  },
);

it("lists only messages that exist", () => {
  const names = contracts.map(nameOf);
  expect(names).toEqual(expect.arrayContaining(Object.keys(minimum)));
});

it("writes empty messages that are set, but no empty bytes, lists or maps", () => {
  const envelope = EventEnvelope.create({
    eventId: "e",
    eventType: "t",
    createdAt: start,
    ttl: create(DurationSchema, { seconds: 1n }),
    payload: new Uint8Array(0),
    routingKeys: [],
  });
  expect(EventEnvelope.toJsonText(envelope)).toBe(
    `{"event_id":"e","event_type":"t","created_at":${zeroTime},"ttl":"1s"}`,
  );
});
