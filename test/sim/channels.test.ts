import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { channelOf, channels, Envelope, parseTopic } from "../../src/sim/index.js";

const [backend, algo, tools] = ["backend", "algo", "tools"];
const heard = ["backend", "subscribers"];

/** What the proposal's message types travel on: their source, and whether the broker keeps them. */
const table = [
  ["simulation_status", "status", [backend, algo], heard, "at least once", true, "timestamp"],
  ["data_exchange", "data", [algo], heard, "at most once", undefined, "payload.time"],
  ["log_message", "logs", [algo], heard, "at most once", undefined, undefined],
  ["control_command", "control", [backend, tools], [algo], "at least once", undefined, "timestamp"],
] as const;

/**
 * Every address that the backend, its worker and its edge devices really used before the proposal. Their
 * bodies have no envelope, so none of them is a channel here.
 */
const beforeTheProposal = [
  "simulation.control",
  "control_messages",
  "simulation.status.#",
  "simulation_status_updates",
  "simulation.tasks",
  "simulation_tasks",
  "/topic/simulations/{id}",
  "/ws",
  "/app/control",
  "chs/edge/{device_id}/command",
  "chs/edge/{device_id}/state",
  "chs/edge/{device_id}/notify",
  "chs/edge/{device_id}/health",
  "chs/edge/{device_id}/config/update",
];

describe("the sim channels", () => {
  it.each(table)("carry %s on %s", (type, name, from, to, delivery, retained, orderedBy) => {
    const channel = channelOf[type];
    const address = `simulations.{run_id}.${name}`;
    expect(channel).toMatchObject({ name, address, from, to, delivery, encoding: "json" });
    expect(channel).toMatchObject({ maxBytes: 262_144, messages: [Envelope], request: false });
    expect("retained" in channel ? channel.retained : undefined).toBe(retained);
    expect("orderedBy" in channel ? channel.orderedBy : undefined).toBe(orderedBy);
    expect(channel.at({ run_id: "sim_run_xyz_123" })).toBe(`simulations.sim_run_xyz_123.${name}`);
  });

  it("are these and no others", () => {
    expect(channels).toEqual(table.map(([type]) => channelOf[type]));
  });

  it.each(table)("have an example of %s", (type) => {
    const { example } = channelOf[type];
    const message = Envelope.fromJson(example?.message);
    expect(Envelope.toJson(message).message_type).toBe(type);
    expect(example).not.toHaveProperty("reply");
  });

  it.each(beforeTheProposal)("do not carry what travelled on %s", (address) => {
    const filled = address.replace(/\{\w+\}/, "42");
    expect(channels.filter((channel) => channel.match(filled) !== undefined)).toEqual([]);
    expect(parseTopic(filled)).toBeUndefined();
  });

  it("are told by the page about sim, and so are the addresses before them", () => {
    const page = readFileSync(new URL("../../docs/sim.md", import.meta.url), "utf8");
    for (const { address } of channels) expect(page).toContain(`\`${address}\``);
    for (const address of beforeTheProposal) expect(page).toContain(`\`${address}\``);
  });
});
