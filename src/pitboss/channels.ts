import { type Channel, defineChannel } from "../contract/channel.js";
import { MessageEnvelope } from "./envelope.js";
import { examples } from "./examples.js";

/** One WebSocket connection on the path /ws; a frame is the JSON text of one envelope. */
const shared = {
  kind: "websocket",
  address: "/ws",
  messages: [MessageEnvelope],
  encoding: "json",
  delivery: "at most once",
} as const;

function jsonOf(name: string): unknown {
  return examples.find((example) => example.name === name)?.json;
}

/**
 * The channels between the Pitboss frontend and its backend. A request is answered by one envelope for each
 * step of its workflow. The answers arrive on the same connection, as `responses`; their `request_id` says
 * which request they answer. Document: the Pitboss quick start.
 */
export const channels: readonly Channel[] = [
  /* @__PURE__ */ defineChannel({
    ...shared,
    name: "requests",
    replies: [MessageEnvelope],
    from: ["frontend"],
    to: ["backend"],
    example: { message: jsonOf("request"), reply: jsonOf("response") },
  }),
  /* @__PURE__ */ defineChannel({
    ...shared,
    name: "responses",
    from: ["backend"],
    to: ["frontend"],
    example: { message: jsonOf("human_in_the_loop") },
  }),
];
