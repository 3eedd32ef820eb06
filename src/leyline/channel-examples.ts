import type { ChannelExample } from "../contract/channel.js";
import { examples } from "./examples.js";

const documented = new Map(examples.map(({ name, json }) => [name, json]));

/** The names of Leyline's channels. */
export type ChannelName =
  | "state"
  | "command"
  | "checkpoint"
  | "pruning"
  | "events"
  | "telemetry"
  | "dead_letters";

const envelope = documented.get("EventEnvelope, 200-byte payload");
const checkpointId = "ckpt-147";
const requestId = "0b7f6c1e-52d4-4a39-8f0e-6d1c9a2b3e47";

/** An example message for each channel, with the reply if it has one. Values that the document does not show are Concord's. */
export const channelExamples: Readonly<Record<ChannelName, ChannelExample>> = {
  state: { message: documented.get("SystemStatePacket, 1 seed, 5 metrics") },
  command: { message: documented.get("AdaptationCommand, single command") },
  checkpoint: {
    message: {
      version: 1,
      checkpoint_id: checkpointId,
      epoch: 147,
      global_step: "1183042",
      training_run_id: "run-20250118-1a2b3c",
      created_at: "2025-01-18T11:04:06Z",
      checkpoint_path: "checkpoints/run-20250118-1a2b3c/147.pt",
      size_bytes: "104857600",
      checksum: "crc32:1c291ca3",
      pruning_phase: "PRUNING_PHASE_ACTIVE_PRUNING",
      rollback_capability: true,
      seeds_processed: 10,
      source_subsystem: "tolaria",
    },
  },
  pruning: {
    message: {
      request_id: requestId,
      checkpoint_id: checkpointId,
      epoch: 147,
      phase: "PRUNING_PHASE_ACTIVE_PRUNING",
      safety_constraints: { accuracy_drop_threshold: 0.02 },
      created_at: "2025-01-18T11:04:07Z",
      source_subsystem: "emrakul",
      timeout: "300s",
    },
    reply: {
      request_id: requestId,
      response_id: "6e9d0f82-3c15-4b7a-a2d8-91f04c5be6a3",
      validation_passed: true,
      analysis_result: {
        success: true,
        strategy: "channel_taylor",
        parameters_analyzed: "64",
        parameters_pruned: "2",
        pruning_ratio: 0.03125,
        targets: [
          {
            level: "PRUNING_MASK_CHANNEL",
            layer_name: "model.layer4.1.conv2",
            indices: [3, 17],
            importance: [0.001, 0.002],
            threshold: 0.01,
          },
        ],
      },
      safety_report: {
        passed: true,
        architecture_consistent: true,
        gradient_flow_preserved: true,
        accuracy_retained: true,
        memory_safe: true,
        structural_integrity_score: 0.98,
      },
      completed_at: "2025-01-18T11:06:07Z",
      source_subsystem: "elesh",
      processing_time_ms: 120000,
    },
  },
  events: { message: envelope },
  telemetry: { message: documented.get("TelemetryPacket") },
  dead_letters: { message: envelope },
};
