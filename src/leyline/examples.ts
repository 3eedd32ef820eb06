import type { Example } from "../contract/example.js";
import { AdaptationCommand } from "./command.js";
import { EventEnvelope } from "./event/event.js";
import { SystemStatePacket } from "./state.js";
import { TelemetryPacket } from "./telemetry/telemetry.js";

const chosen = "the document shows no values; these are Concord's";
const run = { training_run_id: "run-20250118-1a2b3c", experiment_name: "resnet-cifar" };
const packetId = "3f2c9a64-7b1e-4d58-9c06-5e8d2a7f41b3";

/** A snapshot without its seeds. */
const snapshot = {
  version: 1,
  current_epoch: 147,
  validation_accuracy: 0.8734,
  validation_loss: 0.4127,
  timestamp_ns: "1737198245123456789",
  hardware_context: {
    device_type: "cuda",
    device_id: "cuda:0",
    total_memory_gb: 79.15,
    available_memory_gb: 31.42,
    temperature_celsius: 64.5,
    utilization_percent: 93.7,
    compute_capability: 90,
  },
  training_metrics: {
    loss: 0.3921,
    accuracy: 0.8912,
    loss_ewma: 0.4013,
    grad_var: 0.0274,
    latency_ms: 14.62,
  },
  packet_id: packetId,
  global_step: "1183042",
  training_loss: 0.3921,
  source_subsystem: "tolaria",
  ...run,
};

const seeds = (
  [
    ["seed-L12-0007", "SEED_STAGE_TRAINING", 0.355, 0.00937, 12, 18, 0.06],
    ["seed-L13-0011", "SEED_STAGE_BLENDING", 0.547, 0.009, 13, 27, 0.09],
    ["seed-L14-0003", "SEED_STAGE_SHADOWING", 1.516, 0.00286, 14, 41, 0.07],
    ["seed-L15-0024", "SEED_STAGE_GERMINATED", 2.485, 0.00713, 15, 1, 0.55],
    ["seed-L16-0002", "SEED_STAGE_PROBATIONARY", 1.852, 0.00616, 16, 64, 0.2],
    ["seed-L17-0019", "SEED_STAGE_TRAINING", 2.13, 0.00824, 17, 12, 0.57],
    ["seed-L18-0006", "SEED_STAGE_BLENDING", 1.416, 0.00322, 18, 33, 0.09],
    ["seed-L19-0008", "SEED_STAGE_SHADOWING", 1.522, 0.00364, 19, 52, 0.24],
    ["seed-L20-0021", "SEED_STAGE_GERMINATED", 1.71, 0.00085, 20, 3, 0.53],
    ["seed-L21-0001", "SEED_STAGE_FOSSILIZED", 0.667, 0.00802, 21, 130, 0.09],
  ] as const
).map(([seed_id, stage, gradient_norm, learning_rate, layer_depth, age_epochs, risk_score]) => ({
  seed_id,
  stage,
  gradient_norm,
  learning_rate,
  layer_depth,
  age_epochs,
  risk_score,
}));

/** Examples of the messages whose size the Leyline document measures or limits. */
export const examples: readonly Example[] = [
  {
    name: "SystemStatePacket, 1 seed, 5 metrics",
    source: "the Leyline document, Unit Tests",
    contract: SystemStatePacket,
    json: { ...snapshot, seed_states: seeds.slice(0, 1) },
    bytes: 276,
    changes: [chosen],
  },
  {
    name: "SystemStatePacket, 10 seeds, 5 metrics",
    source: "the Leyline document, Benchmarks",
    contract: SystemStatePacket,
    json: { ...snapshot, seed_states: seeds },
    bytes: 619,
    changes: [chosen, "larger than the budget, so encode it with { budget: false }"],
  },
  {
    name: "AdaptationCommand, single command",
    source: "the Leyline document, Benchmarks",
    contract: AdaptationCommand,
    json: {
      version: 1,
      command_id: "4915b0fe-849c-4217-a278-7aeb6fd353c9",
      command_type: "COMMAND_SEED",
      target_seed_id: "seed-L12-0007",
      execution_deadline_ms: 18,
      issued_at: "2025-01-18T11:04:05.123Z",
      issued_by: "tamiyo",
      seed_operation: {
        operation: "SEED_OP_GERMINATE",
        blueprint_id: "BP-CONV-0042",
        parameters: { alpha: 0.35 },
      },
      annotations: {
        training_run_id: run.training_run_id,
        mesh_host_layers: '["model.layer4.1.conv2"]',
      },
    },
    bytes: 200,
    changes: [chosen],
  },
  {
    name: "EventEnvelope, 200-byte payload",
    source: "the Leyline document, Benchmarks",
    contract: EventEnvelope,
    json: {
      event_id: "3f788d1f-7f9f-4df9-a946-3501b987074e",
      event_type: "adaptation.command.issued",
      source_subsystem: "tamiyo",
      created_at: "2025-01-18T11:04:05.125Z",
      processing_deadline: "0.018s",
      ttl: "60s",
      payload:
        "CAESJDQ5MTViMGZlLTg0OWMtNDIxNy1hMjc4LTdhZWI2ZmQzNTNjORgBIg1zZWVkLUwxMi0wMDA3KBIyCwilla68" +
        "BhDAqdM6OgZ0YW1peW9SHggBEgxCUC1DT05WLTAwNDIaDAoFYWxwaGEVMzOzPqIBJgoPdHJhaW5pbmdfcnVuX2lk" +
        "EhNydW4tMjAyNTAxMTgtMWEyYjNjogEsChBtZXNoX2hvc3RfbGF5ZXJzEhhbIm1vZGVsLmxheWVyNC4xLmNvbnYy" +
        "Il0=",
      payload_type: "esper.leyline.v1.AdaptationCommand",
      content_encoding: "protobuf",
      priority: "MESSAGE_PRIORITY_NORMAL",
      routing_keys: [`leyline.${run.training_run_id}.command`],
      correlation_id: packetId,
      delivery_guarantee: "DELIVERY_GUARANTEE_AT_LEAST_ONCE",
      max_attempts: 3,
      current_attempt: 1,
    },
    bytes: 435,
    changes: [chosen, "the payload is the AdaptationCommand above"],
  },
  {
    name: "TelemetryPacket",
    source: "the Leyline document, TelemetryPacket",
    contract: TelemetryPacket,
    json: {
      packet_id: "b7a4c1d2-0e59-4f3a-8b61-93d27c5e8f04",
      timestamp: "2025-01-18T11:04:05.250Z",
      source_subsystem: "tolaria",
      level: "TELEMETRY_LEVEL_WARNING",
      metrics: [
        { name: "tolaria.training.loss", value: 0.3921, unit: "loss" },
        { name: "tolaria.training.latency_ms", value: 21.4, unit: "ms" },
      ],
      events: [
        {
          event_id: "evt-1",
          description: "step_latency_high",
          level: "TELEMETRY_LEVEL_WARNING",
          attributes: { budget_ms: "18" },
        },
      ],
      system_health: {
        status: "HEALTH_STATUS_DEGRADED",
        summary: "step latency",
        indicators: { priority: "MESSAGE_PRIORITY_HIGH" },
      },
    },
    bytes: 248,
    changes: [chosen],
  },
];
