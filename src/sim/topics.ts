import { guarded } from "../contract/base/result.js";
import type { Channel } from "../contract/channel.js";
import { ContractError, mismatch } from "../wire/error.js";
import { channelOf, type MessageTypeName } from "./channels.js";
import { Envelope } from "./envelope.js";
import { runIdForm, runIdWords } from "./run/run-id.js";

/** The kinds of broker that the sim messages travel over: RabbitMQ's routing keys and MQTT's topics. */
export type Broker = "amqp" | "mqtt";

/** What a topic says of its messages. */
export interface TopicMeaning {
  readonly runId: string;
  readonly messageType: MessageTypeName;
  readonly broker: Broker;
}

const separators = { amqp: ".", mqtt: "/" } as const satisfies Readonly<Record<Broker, string>>;

/** The message type of each member of the payload. */
const types = {
  simulationStatus: "simulation_status",
  dataExchange: "data_exchange",
  logMessage: "log_message",
  controlCommand: "control_command",
} as const satisfies Readonly<Record<NonNullable<Envelope["payload"]["case"]>, MessageTypeName>>;

/**
 * The topic of one run for messages of one type. Throws ContractError `channel.address` for a run id that
 * is none, `enum` for an unknown message type, `config` for an unknown broker. Document: the sim proposal,
 * "Topic Idea"; on MQTT each dot is a slash.
 *
 *     topicFor("sim_run_xyz_123", "data_exchange"); // "simulations.sim_run_xyz_123.data"
 *     topicFor("sim_run_xyz_123", "data_exchange", "mqtt"); // "simulations/sim_run_xyz_123/data"
 */
export function topicFor(
  runId: string,
  messageType: MessageTypeName,
  broker: Broker = "amqp",
): string {
  const refuse = (...[path, rule, expected, received]: Parameters<typeof mismatch>): never => {
    throw new ContractError("address", Envelope.typeName, mismatch(path, rule, expected, received));
  };
  if (!isKey(separators, broker)) refuse("broker", "config", '"amqp" or "mqtt"', broker);
  if (!isKey(channelOf, messageType)) {
    refuse("message_type", "enum", "a MessageType name", messageType);
  }
  if (typeof runId !== "string" || !runIdForm.test(runId)) {
    refuse("run_id", "channel.address", runIdWords, runId);
  }
  return channelOf[messageType].at({ run_id: runId }).replaceAll(".", separators[broker]);
}

/**
 * The topic on which an envelope travels. Throws ContractError `type` for what is no envelope, `required`
 * for one without a payload, and what {@link topicFor} throws.
 *
 *     client.publish(topicOf(envelope, "mqtt"), Envelope.toJsonText(envelope));
 */
export function topicOf(envelope: Envelope, broker: Broker = "amqp"): string {
  return guarded("address", Envelope.typeName, () => {
    if (!Envelope.is(envelope)) {
      const issue = mismatch("", "type", `a ${Envelope.typeName} message`, envelope);
      throw new ContractError("address", Envelope.typeName, issue);
    }
    const { runId, payload } = envelope;
    if (payload.case === undefined) {
      const issue = {
        path: "payload",
        rule: "required",
        message: "a payload is required",
      } as const;
      throw new ContractError("address", Envelope.typeName, issue);
    }
    return topicFor(runId, types[payload.case], broker);
  });
}

/**
 * What the messages of a topic are, in the spelling of either broker; undefined for a topic of which
 * nobody here knows.
 *
 *     readTopic("simulations/sim_run_xyz_123/control");
 *     // { runId: "sim_run_xyz_123", messageType: "control_command", broker: "mqtt" }
 */
export function readTopic(topic: string): TopicMeaning | undefined {
  if (typeof topic !== "string") return undefined;
  const broker = topic.includes("/") ? "mqtt" : "amqp";
  // A topic with both separators is nobody's: its dots would become separators.
  if (broker === "mqtt" && topic.includes(".")) return undefined;
  const address = topic.replaceAll(separators[broker], ".");
  for (const messageType of Object.values(types)) {
    const channel: Channel = channelOf[messageType];
    const runId = channel.match(address)?.["run_id"];
    if (runId !== undefined)
      return runIdForm.test(runId) ? { runId, messageType, broker } : undefined;
  }
  return undefined;
}

function isKey<T extends object>(table: T, key: unknown): key is keyof T {
  return typeof key === "string" && Object.hasOwn(table, key);
}
