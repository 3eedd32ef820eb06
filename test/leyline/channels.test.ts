import { describe, expect, it } from "vitest";
import type { Channel } from "../../src/contract/channel.js";
import type { AnyContract } from "../../src/contract/contract.js";
import {
  AdaptationCommand,
  CheckpointMetadata,
  channels,
  EventEnvelope,
  StructuralPruningRequest,
  StructuralPruningResponse,
  SystemStatePacket,
  TelemetryPacket,
} from "../../src/leyline/index.js";
import { binaryOf } from "../support/json-contracts.js";

const deadLetter = "leyline.dead_letters";

/** The channel of this name. */
function channelOf(name: string): Channel {
  const channel = channels.find((candidate) => candidate.name === name);
  if (channel === undefined) throw new Error(`no channel has the name ${name}`);
  return channel;
}

/** The contracts that read an example and write it back unchanged. */
function passing(contracts: readonly AnyContract[], json: unknown): AnyContract[] {
  return contracts.filter((contract) => {
    const read = contract.safeFromJson(json);
    if (!read.ok) return false;
    expect(contract.toJson(read.value)).toEqual(json);
    return true;
  });
}

describe("the channels of Leyline", () => {
  it("have these names", () => {
    expect(channels.map(({ name }) => name)).toEqual([
      "state",
      "command",
      "checkpoint",
      "pruning",
      "events",
      "telemetry",
      "dead_letters",
    ]);
  });

  it.each([
    ["state", SystemStatePacket, ["tolaria"], ["kasmina", "tamiyo"]],
    ["command", AdaptationCommand, ["tamiyo"], ["tolaria"]],
    ["checkpoint", CheckpointMetadata, ["tolaria"], ["kasmina"]],
    ["pruning", StructuralPruningRequest, ["emrakul"], ["elesh"]],
    ["events", EventEnvelope, ["subsystems"], ["oona"]],
    ["telemetry", TelemetryPacket, ["subsystems"], ["nissa"]],
  ] as const)("%s carries the message that the document names", (name, contract, from, to) => {
    const channel = channelOf(name);
    expect(channel.messages).toEqual([contract]);
    expect(channel.messages[0]).toBe(contract);
    expect(channel.from).toEqual(from);
    expect(channel.to).toEqual(to);
  });

  it.each([
    ["state", "at least once", "global_step", deadLetter],
    ["command", "at least once", "issued_at", deadLetter],
    ["checkpoint", "at least once", "global_step", deadLetter],
    ["pruning", "at least once", undefined, deadLetter],
    ["events", "at least once", undefined, deadLetter],
    ["telemetry", "at most once", "timestamp", undefined],
  ])(
    "%s delivers %s, ordered by %s, with dead letters at %s",
    (name, delivery, orderedBy, dead) => {
      const channel = channelOf(name);
      expect(channel.delivery).toBe(delivery);
      expect(channel.orderedBy).toBe(orderedBy);
      expect(channel.deadLetter).toBe(dead);
      expect(channel.encoding).toBe("binary");
      expect(channel.retained).toBeUndefined();
    },
  );

  it.each([
    [
      "state",
      "leyline.{training_run_id}.state",
      "leyline.run-1.state",
      { training_run_id: "run-1" },
    ],
    [
      "command",
      "leyline.{training_run_id}.command",
      "leyline.run-1.command",
      { training_run_id: "run-1" },
    ],
    [
      "checkpoint",
      "leyline.{training_run_id}.checkpoint",
      "leyline.r.checkpoint",
      { training_run_id: "r" },
    ],
    ["pruning", "leyline.{training_run_id}.pruning", "leyline.r.pruning", { training_run_id: "r" }],
    ["events", "leyline.{stream}.events", "leyline.emergency.events", { stream: "emergency" }],
    [
      "telemetry",
      "leyline.{source_subsystem}.telemetry",
      "leyline.oona.telemetry",
      { source_subsystem: "oona" },
    ],
  ])("%s has the address %s", (name, template, address, parameters) => {
    const channel = channelOf(name);
    expect(channel.address).toBe(template);
    expect(channel.at(parameters)).toBe(address);
    expect(channels.filter((other) => other.match(address) !== undefined)).toEqual([channel]);
    expect(channel.match(address)).toEqual(parameters);
  });

  it.each(["state", "command", "checkpoint", "pruning"])(
    "%s has no address for a run without an id",
    (name) => {
      expect(() => channelOf(name).at({ training_run_id: "" })).toThrow(
        `cannot address ${name}: training_run_id: expected one address segment of letters, digits, _ and -, got "" [channel.address]`,
      );
    },
  );

  it("share no address with the dead letters, which carry all messages that may be undeliverable", () => {
    const queue = channelOf("dead_letters");
    expect(channels.filter((channel) => channel.match(deadLetter) !== undefined)).toEqual([queue]);
    expect([queue.kind, queue.at({}), queue.from, queue.to]).toEqual([
      "queue",
      deadLetter,
      ["oona"],
      ["operators"],
    ]);
    const withDeadLetters = channels.filter((channel) => channel.deadLetter === deadLetter);
    expect(new Set(queue.messages)).toEqual(
      new Set(withDeadLetters.flatMap(({ messages }) => messages)),
    );
  });

  /** "External Integration": what each subsystem sends or receives, and on which channel. */
  const integration = [
    ["tolaria", "SystemStatePacket", "state", "from"],
    ["tolaria", "AdaptationCommand", "command", "to"],
    ["kasmina", "SystemStatePacket", "state", "to"],
    ["kasmina", "CheckpointMetadata", "checkpoint", "to"],
    ["tamiyo", "AdaptationCommand", "command", "from"],
    ["tamiyo", "SystemStatePacket", "state", "to"],
    ["emrakul", "StructuralPruningRequest", "pruning", "from"],
    ["elesh", "StructuralPruningResponse", "pruning", "to"],
    ["oona", "EventEnvelope", "events", "to"],
    ["nissa", "TelemetryPacket", "telemetry", "to"],
  ] as const;

  it.each(integration)("connect %s to %s on %s", (subsystem, message, name, side) => {
    const channel = channelOf(name);
    expect(channel[side]).toContain(subsystem);
    const carried = [...channel.messages, ...(channel.replies ?? [])];
    expect(carried.map(({ typeName }) => typeName)).toContain(`esper.leyline.v1.${message}`);
  });

  /** Every stream and queue that the document and the lifecycle of its bus name. */
  const addresses = [
    ["events", "the normal stream", "leyline.normal.events"],
    ["events", "the emergency stream", "leyline.emergency.events"],
    ["telemetry", "the telemetry stream", "leyline.nissa.telemetry"],
    ["dead_letters", "the dead letters", "leyline.dead_letters"],
  ] as const;

  it.each(addresses)("have %s for %s", (name, _, address) => {
    const matching = channels.filter((channel) => channel.match(address) !== undefined);
    expect(matching).toEqual([channelOf(name)]);
  });

  it("are all covered by the two lists above", () => {
    const named = [...integration.map(([, , name]) => name), ...addresses.map(([name]) => name)];
    expect([...new Set(named)].sort()).toEqual(channels.map(({ name }) => name).sort());
  });

  it.each([...channels])("$name has an example that its contracts read and write", (channel) => {
    const { example, messages, replies } = channel;
    expect(passing(binaryOf(messages), example?.message)).toHaveLength(1);
    expect(replies === undefined).toBe(example?.reply === undefined);
    if (replies !== undefined) expect(passing(binaryOf(replies), example?.reply)).toHaveLength(1);
  });

  it("show the response to the same request", () => {
    const { message, reply } = channelOf("pruning").example ?? {};
    const request = StructuralPruningRequest.fromJson(message);
    const response = StructuralPruningResponse.fromJson(reply);
    expect(response.requestId).toBe(request.requestId);
  });

  it("answer requests for pruning only, within the longest analysis", () => {
    expect(channels.filter(({ request }) => request).map(({ name }) => name)).toEqual(["pruning"]);
    const { replies, timeoutMillis } = channelOf("pruning");
    expect(replies).toEqual([StructuralPruningResponse]);
    expect(timeoutMillis).toBe(300_000);
    const longest = { request_id: "r", checkpoint_id: "k", timeout: "300s" };
    expect(StructuralPruningRequest.fromJson(longest).timeout?.seconds).toBe(
      BigInt(Number(timeoutMillis) / 1000),
    );
  });

  it("take every message that is within its budget", () => {
    for (const { maxBytes, messages, replies = [] } of channels) {
      expect(maxBytes).toBe(262_144);
      for (const contract of binaryOf([...messages, ...replies])) {
        expect(contract.budget.maxBytes, contract.typeName).toBeLessThanOrEqual(262_144);
      }
    }
  });

  it("are ordered by keys that their messages have", () => {
    for (const { orderedBy, messages } of channels) {
      if (orderedBy === undefined) continue;
      for (const contract of binaryOf(messages)) {
        const keys = contract.schema.fields.map((field: { name: string }) => field.name);
        expect(keys).toContain(orderedBy);
      }
    }
  });
});
