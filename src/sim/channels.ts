import { type Channel, type ChannelExample, defineChannel } from "../contract/channel.js";
import { Envelope, type EnvelopeJson } from "./envelope.js";
import { examples } from "./examples.js";

/** The name of a message type in wire JSON, such as `data_exchange`. */
export type MessageTypeName = EnvelopeJson["message_type"];

/** Addresses are AMQP routing keys; on MQTT each dot is a slash. The limit of a message is 256 KiB. */
const shared = { messages: [Envelope], encoding: "json", maxBytes: 262_144 } as const;

function exampleOf(type: MessageTypeName): ChannelExample {
  return { message: examples.find(({ name }) => name === type)?.json };
}

/** The channel of each message type. Document: the sim proposal, "Topic Idea"; it has no topic for status. */
export const channelOf = {
  simulation_status: /* @__PURE__ */ defineChannel({
    ...shared,
    name: "status",
    address: "simulations.{run_id}.status",
    from: ["backend", "algo"],
    to: ["backend", "subscribers"],
    delivery: "at least once",
    retained: true,
    orderedBy: "timestamp",
    example: exampleOf("simulation_status"),
  }),
  data_exchange: /* @__PURE__ */ defineChannel({
    ...shared,
    name: "data",
    address: "simulations.{run_id}.data",
    from: ["algo"],
    to: ["backend", "subscribers"],
    delivery: "at most once",
    orderedBy: "payload.time",
    example: exampleOf("data_exchange"),
  }),
  log_message: /* @__PURE__ */ defineChannel({
    ...shared,
    name: "logs",
    address: "simulations.{run_id}.logs",
    from: ["algo"],
    to: ["backend", "subscribers"],
    delivery: "at most once",
    example: exampleOf("log_message"),
  }),
  control_command: /* @__PURE__ */ defineChannel({
    ...shared,
    name: "control",
    address: "simulations.{run_id}.control",
    from: ["backend", "tools"],
    to: ["algo"],
    delivery: "at least once",
    orderedBy: "timestamp",
    example: exampleOf("control_command"),
  }),
} as const satisfies Readonly<Record<MessageTypeName, Channel>>;

/** Every channel between the simulation core and its backend. Document: the sim proposal, "Topic Idea". */
export const channels: readonly Channel[] = Object.values(channelOf);
