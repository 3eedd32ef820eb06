import { type Channel, defineChannel } from "../contract/channel.js";
import { MessageEnvelope } from "./envelope.js";

/** One WebSocket connection on the path /ws; a frame is the JSON text of one envelope. */
const shared = {
  address: "ws",
  messages: [MessageEnvelope],
  encoding: "json",
  delivery: "at most once",
} as const;

/** What travels where between the Pitboss frontend and its backend. Document: the Pitboss quick start. */
export const channels: readonly Channel[] = [
  defineChannel({ ...shared, name: "requests", from: ["frontend"], to: ["backend"] }),
  defineChannel({ ...shared, name: "responses", from: ["backend"], to: ["frontend"] }),
];
