import { guarded } from "../contract/base/result.js";
import type { Channel } from "../contract/channel.js";
import { ContractError, mismatch } from "../wire/error.js";
import { channelOf, type MessageTypeName } from "./channels.js";
import { Envelope } from "./envelope.js";
import { runIdDescription, runIdPattern } from "./run/run-id.js";

/** The kinds of broker for sim messages: RabbitMQ with routing keys, and MQTT with topics. */
export type Broker = "amqp" | "mqtt";

/** The parts of a topic. */
export interface TopicParts {
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
 * The topic of one run for messages of one type: the inverse of {@link parseTopic}. Without `broker` it is
 * a routing key for AMQP. Throws ContractError `type` for a text, `channel.address` for an invalid run id, `enum` for an
 * unknown message type, `config` for an unknown broker. Document: the sim proposal, "Topic Idea"; on MQTT
 * each dot is a slash.
 *
 *     const parts = { runId: "sim_run_xyz_123", messageType: "data_exchange" } as const;
 *     formatTopic(parts); // "simulations.sim_run_xyz_123.data"
 *     formatTopic({ ...parts, broker: "mqtt" }); // "simulations/sim_run_xyz_123/data"
 */
export function formatTopic(parts: Omit<TopicParts, "broker"> & Partial<TopicParts>): string {
  const refuse = (...[path, rule, expected, received]: Parameters<typeof mismatch>): never => {
    throw new ContractError("address", Envelope.typeName, mismatch(path, rule, expected, received));
  };
  // A text would be copied letter by letter.
  if (typeof parts === "string") refuse("", "type", "an object", parts);
  const {
    runId,
    messageType,
    broker = "amqp",
  } = guarded("address", Envelope.typeName, () => ({
    ...parts,
  }));
  if (!isKey(separators, broker)) refuse("broker", "config", '"amqp" or "mqtt"', broker);
  if (!isKey(channelOf, messageType)) {
    refuse("message_type", "enum", "a MessageType name", messageType);
  }
  if (typeof runId !== "string" || !runIdPattern.test(runId)) {
    refuse("run_id", "channel.address", runIdDescription, runId);
  }
  return channelOf[messageType].at({ run_id: runId }).replaceAll(".", separators[broker]);
}

/**
 * The topic on which an envelope travels. Throws ContractError `type` for another value, `required`
 * for an envelope without a payload, and what {@link formatTopic} throws.
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
    return formatTopic({ runId, messageType: types[payload.case], broker });
  });
}

/**
 * The parts of a topic in the spelling of either broker; undefined for an unknown topic.
 *
 *     parseTopic("simulations/sim_run_xyz_123/control");
 *     // { runId: "sim_run_xyz_123", messageType: "control_command", broker: "mqtt" }
 */
export function parseTopic(topic: string): TopicParts | undefined {
  if (typeof topic !== "string") return undefined;
  const broker = topic.includes("/") ? "mqtt" : "amqp";
  // Otherwise the dots of a topic with both separators would count as separators, too.
  if (broker === "mqtt" && topic.includes(".")) return undefined;
  const address = topic.replaceAll(separators[broker], ".");
  for (const messageType of Object.values(types)) {
    const channel: Channel = channelOf[messageType];
    const runId = channel.match(address)?.["run_id"];
    if (runId !== undefined)
      return runIdPattern.test(runId) ? { runId, messageType, broker } : undefined;
  }
  return undefined;
}

function isKey<T extends object>(table: T, key: unknown): key is keyof T {
  return typeof key === "string" && Object.hasOwn(table, key);
}
