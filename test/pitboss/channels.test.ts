import { describe, expect, it } from "vitest";
import { channels } from "../../src/pitboss/channels.js";
import { MessageEnvelope } from "../../src/pitboss/envelope.js";

/** Every address of the quick start, in both directions, with its channel. */
const addresses = [
  ["/ws", "frontend", "backend", "requests"],
  ["/ws", "backend", "frontend", "responses"],
] as const;

describe("the Pitboss channels", () => {
  it.each(addresses)("have %s from %s to %s as %s", (address, from, to, name) => {
    const channel = channels.find((candidate) => candidate.name === name);
    expect(channel).toMatchObject({
      kind: "websocket",
      address,
      from: [from],
      to: [to],
      encoding: "json",
      delivery: "at most once",
    });
    expect(channel?.messages).toEqual([MessageEnvelope]);
    expect(channel?.at({})).toBe(address);
    expect(channel?.match(address)).toEqual({});
    expect(channel?.match("/other")).toBeUndefined();
    expect(channel?.match("ws")).toBeUndefined();
  });

  it("are all listed in the table", () => {
    expect(channels.map(({ name }) => name)).toEqual(addresses.map(([, , , name]) => name));
  });

  it("have replies to a request", () => {
    expect(channels.map(({ request, replies }) => [request, replies])).toEqual([
      [true, [MessageEnvelope]],
      [false, undefined],
    ]);
  });

  it.each([...channels])("have a valid example of $name", ({ name, example }) => {
    const message = MessageEnvelope.fromJson(example?.message);
    expect(MessageEnvelope.toJson(message)).toEqual(example?.message);
    expect(MessageEnvelope.toJson(message).type).toBe(name.replace(/s$/, ""));
    if (name === "responses") expect(example).not.toHaveProperty("reply");
    else
      expect(MessageEnvelope.toJson(MessageEnvelope.fromJson(example?.reply))).toEqual(
        example?.reply,
      );
  });
});
