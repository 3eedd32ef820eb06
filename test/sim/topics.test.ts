import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  channelOf,
  Envelope,
  formatTopic,
  makeCommand,
  makeData,
  makeLog,
  makeStatus,
  parseTopic,
  topicOf,
} from "../../src/sim/index.js";
import { refusalOf } from "../support/refusal.js";

const runId = "sim_run_xyz_123";
const options = { now: () => 0 };

const table = [
  [
    "simulation_status",
    makeStatus(runId, { status: "pending" }, options),
    `simulations.${runId}.status`,
    `simulations/${runId}/status`,
  ],
  [
    "data_exchange",
    makeData(runId, { time: 0, signals: [] }, options),
    `simulations.${runId}.data`,
    `simulations/${runId}/data`,
  ],
  [
    "log_message",
    makeLog(runId, { level: "INFO", message: "" }, options),
    `simulations.${runId}.logs`,
    `simulations/${runId}/logs`,
  ],
  [
    "control_command",
    makeCommand(runId, "pause", {}, options),
    `simulations.${runId}.control`,
    `simulations/${runId}/control`,
  ],
] as const;

describe("the topic of a run", () => {
  it.each(table)("for %s is formatted and parsed", (messageType, envelope, amqp, mqtt) => {
    expect([topicOf(envelope), topicOf(envelope, "amqp"), topicOf(envelope, "mqtt")]).toEqual([
      amqp,
      amqp,
      mqtt,
    ]);
    expect(formatTopic({ runId, messageType })).toBe(amqp);
    expect(parseTopic(amqp)).toEqual({ runId, messageType, broker: "amqp" });
    expect(parseTopic(mqtt)).toEqual({ runId, messageType, broker: "mqtt" });
  });

  it("is parsed for every run id", () => {
    const runIds = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/);
    const messageTypes = fc.constantFrom(...table.map(([messageType]) => messageType));
    const brokers = fc.constantFrom("amqp" as const, "mqtt" as const);
    fc.assert(
      fc.property(runIds, messageTypes, brokers, (id, messageType, broker) => {
        const parts = { runId: id, messageType, broker };
        expect(parseTopic(formatTopic(parts))).toEqual(parts);
      }),
      { seed: 17, numRuns: 300 },
    );
  });

  it.each([
    "",
    "simulations.data",
    "simulations.r.data.more",
    "simulations..data",
    "simulations.*.data",
    "simulations/+/data",
    "simulations.r/data",
    "simulations/r.s/data",
    "simulation.r.data",
    "simulations.r.signals",
    "/simulations/r/data",
    "simulations.-r.data",
    `simulations.${"r".repeat(65)}.data`,
  ])("is not %j", (topic) => {
    expect(parseTopic(topic)).toBeUndefined();
  });

  it("is a string", () => {
    expect(Reflect.apply(parseTopic, undefined, [null])).toBeUndefined();
  });

  it.each([
    [
      ["a.b", "data_exchange"],
      'cannot address sim.v1.Envelope: run_id: expected a run id of 1 to 64 letters, digits, _ and -, a letter or digit first, got "a.b" [channel.address]',
    ],
    [
      [1, "data_exchange"],
      "cannot address sim.v1.Envelope: run_id: expected a run id of 1 to 64 letters, digits, _ and -, a letter or digit first, got 1 [channel.address]",
    ],
    [
      ["r", "data"],
      'cannot address sim.v1.Envelope: message_type: expected a MessageType name, got "data" [enum]',
    ],
    [
      ["r", "toString"],
      'cannot address sim.v1.Envelope: message_type: expected a MessageType name, got "toString" [enum]',
    ],
    [
      ["r", "data_exchange", "kafka"],
      'cannot address sim.v1.Envelope: broker: expected "amqp" or "mqtt", got "kafka" [config]',
    ],
    [
      ["r", "data_exchange", null],
      'cannot address sim.v1.Envelope: broker: expected "amqp" or "mqtt", got null [config]',
    ],
  ])("is refused for %j", (given, text) => {
    const [id, messageType, broker] = given;
    const parts = { runId: id, messageType, broker };
    expect(refusalOf(() => Reflect.apply(formatTopic, undefined, [parts])).message).toBe(text);
  });

  it.each([
    [
      {},
      "cannot address sim.v1.Envelope: expected a sim.v1.Envelope message, got an object [type]",
    ],
    [
      Envelope.create({ runId }),
      "cannot address sim.v1.Envelope: payload: a payload is required [required]",
    ],
    [
      new Proxy(Envelope.create({ runId }), {
        get() {
          throw new Error("no");
        },
      }),
      "cannot address sim.v1.Envelope: expected a sim.v1.Envelope message, got an object [type]",
    ],
  ])("is refused for the envelope %#", (envelope, text) => {
    expect(refusalOf(() => Reflect.apply(topicOf, undefined, [envelope])).message).toBe(text);
  });

  it("is that of the channel", () => {
    for (const [messageType, , amqp] of table) {
      expect(channelOf[messageType].at({ run_id: runId })).toBe(amqp);
    }
  });
});
