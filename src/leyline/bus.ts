import { MessagePriority } from "../../gen/esper/leyline/v1/event_pb.js";

/** Maximum size of a message on the bus, 256 KiB. Document: the Leyline document, "External Integration". */
export const maxBusBytes = 262_144;

/** The streams of the bus. */
export type BusStream = "normal" | "emergency";

const streams = {
  [MessagePriority.UNSPECIFIED]: "normal",
  [MessagePriority.LOW]: "normal",
  [MessagePriority.NORMAL]: "normal",
  [MessagePriority.HIGH]: "emergency",
  [MessagePriority.CRITICAL]: "emergency",
} as const satisfies Record<MessagePriority, BusStream>;

/**
 * The bus stream for messages of a priority: `emergency` for HIGH and CRITICAL, `normal` for all other
 * priorities, including numbers without a name. Document: the bus of the Leyline schema's authors.
 *
 *     channel.at({ stream: busStreamOf(event.priority) }); // "leyline.emergency.events"
 */
export function busStreamOf(priority: MessagePriority): BusStream {
  return streams[priority] ?? "normal";
}
