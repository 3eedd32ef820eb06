/**
 * The address of every channel of BeamLine, by the channel's name: NATS subjects, HTTP paths of the
 * gateway and gRPC paths. Documents: the BeamLine protobuf README, the BeamLine NATS subjects, the
 * BeamLine API registry.
 */
export const channelAddresses = {
  decide: "beamline.router.v1.decide",
  decide_reply: "beamline.router.v1.decide.reply",
  decide_dlq: "beamline.router.v1.decide.dlq",
  decide_grpc: "/beamline.flow.v1.Router/Decide",
  decide_http: "/api/v1/routes/decide",
  message_http: "/api/v1/messages",
  invoke: "beamline.provider.v1.invoke",
  invoke_stream: "beamline.provider.v1.invoke.stream",
  invoke_grpc: "/beamline.provider.v1.Provider/Invoke",
  invoke_stream_grpc: "/beamline.provider.v1.Provider/InvokeStream",
  custom_provider: "beamline.provider.{provider_id}.v1",
  pre_extension: "beamline.ext.pre.{extension_id}.v1",
  validate_extension: "beamline.ext.validate.{extension_id}.v1",
  post_extension: "beamline.ext.post.{extension_id}.v1",
  assign: "caf.exec.assign.v1",
  assign_dlq: "caf.exec.dlq.v1",
  assign_dlq_rust: "caf.deadletter.v1",
  ack: "caf.exec.assign.v1.ack",
  ack_dlq: "caf.exec.assign.v1.ack.dlq",
  result: "caf.exec.result.v1",
  result_dlq: "caf.exec.result.v1.dlq",
  heartbeat: "caf.worker.heartbeat.v1",
  heartbeat_rust: "caf.status.heartbeat.v1",
  usage: "beamline.usage.v1.metered",
  backpressure: "beamline.router.v1.status.backpressure",
  extension_health: "beamline.router.v1.admin.get_extension_health",
  circuit_breaker_states: "beamline.router.v1.admin.get_circuit_breaker_states",
  dry_run_pipeline: "beamline.router.v1.admin.dry_run_pipeline",
  pipeline_complexity: "beamline.router.v1.admin.get_pipeline_complexity",
  alert_critical: "beamline.alert.v1.critical",
  alert_warning: "beamline.alert.v1.warning",
  alert_info: "beamline.alert.v1.info",
  ingress: "beamline.ingress.v1.message",
} as const;

/** The name of a channel of BeamLine. */
export type ChannelName = keyof typeof channelAddresses;
