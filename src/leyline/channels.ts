import { type Channel, defineChannel } from "../contract/channel.js";
import { maxBusBytes } from "./bus.js";
import { channelExamples } from "./channel-examples.js";
import { CheckpointMetadata } from "./checkpoint.js";
import { AdaptationCommand } from "./command.js";
import { EventEnvelope } from "./event/event.js";
import { StructuralPruningRequest } from "./pruning/request.js";
import { StructuralPruningResponse } from "./pruning/response.js";
import { SystemStatePacket } from "./state.js";
import { TelemetryPacket } from "./telemetry/telemetry.js";

/** What all channels of the bus share: its size limit, and the address for messages that cannot be delivered. */
const shared = {
  encoding: "binary",
  delivery: "at least once",
  maxBytes: maxBusBytes,
  deadLetter: "leyline.dead_letters",
} as const;

/**
 * The channels between the subsystems. The bus has two streams for events: `normal`, and `emergency` for
 * events of high and critical priority. Document: the Leyline document, "External
 * Integration".
 */
export const channels: readonly Channel[] = [
  /* @__PURE__ */ defineChannel({
    ...shared,
    name: "state",
    address: "leyline.{training_run_id}.state",
    messages: [SystemStatePacket],
    from: ["tolaria"],
    to: ["kasmina", "tamiyo"],
    orderedBy: "global_step",
    example: channelExamples.state,
  }),
  /* @__PURE__ */ defineChannel({
    ...shared,
    name: "command",
    address: "leyline.{training_run_id}.command",
    messages: [AdaptationCommand],
    from: ["tamiyo"],
    to: ["tolaria"],
    orderedBy: "issued_at",
    example: channelExamples.command,
  }),
  /* @__PURE__ */ defineChannel({
    ...shared,
    name: "checkpoint",
    address: "leyline.{training_run_id}.checkpoint",
    messages: [CheckpointMetadata],
    from: ["tolaria"],
    to: ["kasmina"],
    orderedBy: "global_step",
    example: channelExamples.checkpoint,
  }),
  /* @__PURE__ */ defineChannel({
    ...shared,
    name: "pruning",
    address: "leyline.{training_run_id}.pruning",
    messages: [StructuralPruningRequest],
    replies: [StructuralPruningResponse],
    from: ["emrakul"],
    to: ["elesh"],
    timeoutMillis: 300_000,
    example: channelExamples.pruning,
  }),
  /* @__PURE__ */ defineChannel({
    ...shared,
    name: "events",
    address: "leyline.{stream}.events",
    messages: [EventEnvelope],
    from: ["subsystems"],
    to: ["oona"],
    example: channelExamples.events,
  }),
  /* @__PURE__ */ defineChannel({
    name: "telemetry",
    address: "leyline.{source_subsystem}.telemetry",
    messages: [TelemetryPacket],
    from: ["subsystems"],
    to: ["nissa"],
    encoding: "binary",
    delivery: "at most once",
    maxBytes: shared.maxBytes,
    orderedBy: "timestamp",
    example: channelExamples.telemetry,
  }),
  /* @__PURE__ */ defineChannel({
    name: "dead_letters",
    address: shared.deadLetter,
    kind: "queue",
    messages: [
      EventEnvelope,
      SystemStatePacket,
      AdaptationCommand,
      CheckpointMetadata,
      StructuralPruningRequest,
    ],
    from: ["oona"],
    to: ["operators"],
    encoding: "binary",
    delivery: "at least once",
    maxBytes: shared.maxBytes,
    example: channelExamples.dead_letters,
  }),
];
