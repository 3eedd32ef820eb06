import { type Channel, defineChannel } from "../contract/channel.js";
import { Envelope } from "./envelope.js";

/** Topics are AMQP routing keys; on MQTT each dot is a slash. A message may have 256 KiB. */
const shared = { messages: [Envelope], encoding: "json", maxBytes: 262_144 } as const;

/** What travels where between the simulation core and its backend. Document: the sim proposal, "Topic Idea". */
export const channels: readonly Channel[] = [
  defineChannel({
    ...shared,
    name: "status",
    address: "simulations.{run_id}.status",
    from: ["backend", "algo"],
    to: ["backend", "subscribers"],
    delivery: "at least once",
    retained: true,
    orderedBy: "timestamp",
  }),
  defineChannel({
    ...shared,
    name: "data",
    address: "simulations.{run_id}.data",
    from: ["algo"],
    to: ["backend", "subscribers"],
    delivery: "at most once",
    orderedBy: "payload.time",
  }),
  defineChannel({
    ...shared,
    name: "logs",
    address: "simulations.{run_id}.logs",
    from: ["algo"],
    to: ["backend", "subscribers"],
    delivery: "at most once",
  }),
  defineChannel({
    ...shared,
    name: "control",
    address: "simulations.{run_id}.control",
    from: ["backend", "tools"],
    to: ["algo"],
    delivery: "at least once",
    orderedBy: "timestamp",
  }),
];
