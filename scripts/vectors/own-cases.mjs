// JSON whose fields contradict each other: random messages with one error seldom violate such rules. Each
// entry is a message and changes of it; every change is a case.
const leyline = (name) => `esper.leyline.v1.${name}`;
const id = "0b7f6c1e-52d4-4a39-8f0e-6d1c9a2b3e47";
const times = { earlier: "2025-01-18T11:04:05Z", later: "2025-01-18T11:04:06Z" };

const target = { layer_name: "a.b", indices: [1, 2], importance: [0.5, 0.5], threshold: 0.1 };
const mask = {
  parameter_id: "1f",
  parameter_path: "a.b",
  shape: [2, 4],
  mask_bits: "Aw==",
  pruned_count: "6",
  total_count: "8",
};
const safety = {
  passed: true,
  architecture_consistent: true,
  gradient_flow_preserved: true,
  accuracy_retained: true,
  memory_safe: true,
};
const go = { decision: "PRUNING_DECISION_GO", confidence_score: 0.9 };
const response = {
  request_id: id,
  response_id: id,
  validation_passed: true,
  pruning_masks: [mask],
  safety_report: safety,
  decision_report: go,
};
const seed = { seed_id: "s1", stage: "SEED_STAGE_TRAINING" };
const packet = { version: 1, current_epoch: 3, packet_id: id, seed_states: [seed] };
const hardware = {
  device_type: "cuda",
  device_id: "cuda:0",
  total_memory_gb: 8,
  available_memory_gb: 4,
};
const command = {
  version: 1,
  command_id: id,
  command_type: "COMMAND_SEED",
  target_seed_id: "s1",
  issued_at: times.later,
  seed_operation: { operation: "SEED_OP_GERMINATE", blueprint_id: "b1" },
};
const layer = {
  layer_name: "a",
  taylor_importance: [1, 2],
  magnitude_importance: [1, 2],
  activation_frequency: [0.5, 1],
};
const grant = {
  request_id: "r-1",
  status: "GRANTED",
  approved: true,
  token: "t",
  granted_amount: 4,
  granted_at: 1234567890000,
  expires_at: 1234567990000,
};
const usage = { type: "GPU_COMPUTE", total_capacity: 8, allocated: 0, available: 8 };
const synergy = { joker1_id: "Joker", joker2_id: "Blueprint", synergy_strength: 0.5 };

const strategy = { request_id: "STR-1", recommended_action: "play_hand", confidence: 0.8 };

const entries = [
  [
    leyline("PruningTarget"),
    { level: "PRUNING_MASK_CHANNEL", ...target },
    { indices: [1, 1] },
    { importance: [0.5] },
    { skip_strategy: "identity" },
    { level: "PRUNING_MASK_LAYER" },
    { level: "PRUNING_MASK_LAYER", indices: [], importance: [1] },
  ],
  [
    leyline("PruningMask"),
    mask,
    { shape: [2, 3] },
    { shape: [4_000_000_000, 4_000_000_000] },
    { mask_bits: "AwA=" },
    { pruned_count: "5" },
    { pruned_count: "9" },
    { total_count: "7", shape: [7], mask_bits: "gw==", pruned_count: "4" },
  ],
  [
    leyline("StructuralSafetyReport"),
    safety,
    ...Object.keys(safety).map((key) => ({ [key]: false })),
    { failed_checks: ["memory"] },
    { rollback_required: true },
    { measurements: { "": 1 } },
  ],
  [
    leyline("StructuralPruningResponse"),
    response,
    { validation_passed: false },
    { pruning_masks: [mask, mask] },
    { pruning_masks: [{ ...mask, total_count: "9" }] },
    { rollback_required: true },
    { rollback_required: true, rollback_reason: "loss" },
    { rollback_reason: "loss" },
    { safety_report: { ...safety, memory_safe: false } },
    { safety_report: undefined, validation_passed: false, rollback_required: true },
  ],
  [
    leyline("PruningConfiguration"),
    { conservative_threshold: 0.01, moderate_threshold: 0.02, aggressive_threshold: 0.04 },
    { conservative_threshold: 0.03 },
    { moderate_threshold: 0.05 },
    { moderate_threshold: 0, aggressive_threshold: 0.02 },
    { allowed_mask_types: ["PRUNING_MASK_LAYER", "PRUNING_MASK_LAYER"] },
  ],
  [
    leyline("LayerImportance"),
    layer,
    { magnitude_importance: [1] },
    { activation_frequency: [] },
    { taylor_importance: [1] },
  ],
  [
    leyline("StructuralPruningRequest"),
    { request_id: id, checkpoint_id: "c-1", epoch: 1, timeout: "60s" },
    { timeout: "0s" },
    { timeout: "-1s" },
    { timeout: "300.000000001s" },
    { timeout: "300s" },
    { importance_stats: { layers: [{ ...layer, magnitude_importance: [] }] } },
    { importance_stats: { sketch_data: "AA==" } },
    { importance_stats: { num_unique_parameters: 2, parameter_uuids: { a: "b" } } },
    { safety_constraints: { "": 1 } },
  ],
  [
    leyline("SystemStatePacket"),
    packet,
    { seed_states: [seed, seed] },
    { training_metrics: { "": 1 } },
    { seed_states: [{ ...seed, gradient_norm: -1 }] },
    { seed_states: [{ ...seed, metrics: { "": 1 } }] },
    { hardware_context: { ...hardware, available_memory_gb: 9 } },
    { hardware_context: { ...hardware, total_memory_gb: 0 } },
    { packet_id: "p" },
  ],
  [
    leyline("HardwareContext"),
    hardware,
    { available_memory_gb: 9 },
    { total_memory_gb: 0, available_memory_gb: 0 },
    { available_memory_gb: 8.0000001 },
  ],
  [
    leyline("AdaptationCommand"),
    command,
    { target_seed_id: "" },
    { seed_operation: undefined },
    { seed_operation: undefined, pause: {} },
    { pause: {} },
    { command_type: "COMMAND_PAUSE" },
    { command_type: "COMMAND_PAUSE", seed_operation: undefined },
    { command_type: "COMMAND_ROLLBACK" },
    { annotations: { "": "a" } },
    { command_id: "c" },
  ],
  [
    leyline("PerformanceBudgets"),
    { checkpoint_analysis_minutes_min: 2, checkpoint_analysis_minutes_max: 5 },
    { checkpoint_analysis_minutes_min: 6 },
    { checkpoint_analysis_minutes_max: 0 },
    { protobuf_serialization_us: 9 },
  ],
  [
    leyline("TraceSpan"),
    { span_id: "s", name: "n", start_time: times.earlier, end_time: times.later },
    { end_time: times.earlier, start_time: times.later },
    { parent_span_id: "s" },
    { attributes: { "": "a" } },
  ],
  [
    "jimbot.resources.v1.ResourceGrant",
    grant,
    { approved: false },
    { token: "" },
    { expires_at: grant.granted_at },
    { status: "DENIED" },
    { status: "DENIED", approved: false, token: "", granted_amount: 0, message: "none left" },
  ],
  [
    "jimbot.resources.v1.ResourceStatus",
    { resources: [usage], timestamp: 1234567890000 },
    { resources: [usage, usage] },
    { resources: [{ ...usage, available: 7 }] },
    { resources: [{ ...usage, allocated: 1, available: 7 }] },
  ],
  [
    "jimbot.events.v1.KnowledgeUpdate",
    { update_id: "u", knowledge_type: "joker_synergy", joker_synergy: synergy, source: "learned" },
    { knowledge_type: "hand_value" },
    { joker_synergy: undefined },
    { hand_value: {} },
    { joker_synergy: undefined, custom_update: { "@type": "nothing" } },
  ],
  [
    "jimbot.rest.v1.CachedStrategy",
    { key: "k", response: strategy, cached_at: 2000, expires_at: 3000 },
    { expires_at: 2000 },
    { expires_at: 1000 },
  ],
  [
    "beamline.provider.v1.ProviderResponse",
    { request_id: "r", status: "success", body: "text" },
    { error_code: "E" },
    { error_message: "m" },
    { status: "error", error_code: "E", error_message: "m" },
  ],
  [
    "beamline.worker.v1.ExecResult",
    {
      assignment_id: "a",
      status: "success",
      provider_id: "p",
      job: { type: "chat" },
      latency_ms: 5,
      cost: 0.5,
      timestamp: 1,
    },
    { assignment_id: undefined },
    { error_code: "E" },
    { error_message: "m" },
    { status: "error", error_code: "E", error_message: "m" },
  ],
  [
    "beamline.worker.v1.AssignmentExecutor",
    { provider_id: "p", channel: "grpc", endpoint: "host:1" },
    { endpoint: undefined },
    { channel: "nats", endpoint: undefined },
  ],
  [
    "beamline.worker.v1.DeadLetter",
    {
      original_subject: "a.b",
      msg_id: "m1",
      timestamp: 1706367600123,
      reason: "processing_error",
      error_code: "PROCESSING_ERROR",
      message: { id: "m1", subject: "a.b", payload: "text" },
    },
    { message: { id: "m2", subject: "a.c" } },
    { error_code: "processing_error" },
    { message: { id: "m1", subject: "a.b", payload: { a: [1, { b: null }] } } },
    { message: { id: "m1", subject: "a.b", payload: 5 } },
  ],
  [
    "beamline.worker.v1.ExecAssignmentAck",
    { assignment_id: "a-1", status: "rejected", message: "busy" },
    { message: undefined, reason: "busy" },
    { reason: "busy" },
    { message: undefined, reason: 5 },
  ],
  [
    "sim.v1.DataExchange",
    { time: 1, signals: [{ source_component: "a", source_port: "b", value: 1 }] },
    ...[true, "a", null, [1, 2], [], {}, ["a"], undefined].map((value) => ({
      signals: [{ source_component: "a", source_port: "b", value }],
    })),
  ],
  [
    "sim.InjectedEvent",
    {
      id: "event-1",
      trigger: { type: "time", value: 12.5 },
      action: { target: "motor_1.params.load", operation: "set", value: 5 },
    },
    { trigger: { type: "time", value: -1 } },
    { trigger: { type: "time", value: "soon" } },
    { trigger: { type: "state", value: "idle" } },
    { trigger: undefined },
  ],
];

/** All cases: `{ type, name, text }`. */
export const ownCases = entries.flatMap(([type, whole, ...changes]) =>
  [{}, ...changes].map((change) => ({
    type,
    name: `own: ${shown(change)}`,
    text: JSON.stringify({ ...whole, ...change }),
  })),
);

function shown(change) {
  const words = Object.entries(change).map(
    ([key, value]) => `${key} = ${JSON.stringify(value) ?? "nothing"}`,
  );
  const text = words.length === 0 ? "as it is" : words.join(", ");
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
