import { describe, expect, it } from "vitest";
import { channels } from "../../src/pitboss/channels.js";
import { MessageEnvelope } from "../../src/pitboss/envelope.js";

describe("the Pitboss channels", () => {
  it.each([
    ["requests", ["frontend"], ["backend"]],
    ["responses", ["backend"], ["frontend"]],
  ])("have %s", (name, from, to) => {
    const channel = channels.find((candidate) => candidate.name === name);
    expect(channel).toMatchObject({
      address: "ws",
      from,
      to,
      encoding: "json",
      delivery: "at most once",
      request: false,
    });
    expect(channel?.messages).toEqual([MessageEnvelope]);
    expect(channel?.replies).toBeUndefined();
  });

  it("are one connection in two directions", () => {
    expect(channels).toHaveLength(2);
    expect(channels.map((channel) => channel.at({}))).toEqual(["ws", "ws"]);
  });
});
