import { describe, expect, it } from "vitest";
import { GameStateEvent, packEvent as packGameEvent } from "../../src/jimbot/index.js";
import { packEvent, SystemStatePacket } from "../../src/leyline/index.js";
import { createClient, createEnvelopeContract, makeRequest } from "../../src/pitboss/index.js";
import { makeStatus } from "../../src/sim/index.js";
import { ContractError } from "../../src/wire/error.js";
import { textOf } from "../support/refusal.js";

/** What somebody else's work throws: a ContractError that is about another message. */
function foreign(): never {
  const issue = { path: "there", rule: "required", message: "this key is required" } as const;
  throw new ContractError("decode from JSON", "other.v1.Message", issue);
}

const unreadable = "reading the value threw an error [input.unreadable]";

/** A message in which one property is a getter that throws such an error. */
function withForeign<T extends object>(message: T, key: string): T {
  return Object.defineProperty({ ...message }, key, { enumerable: true, get: foreign });
}

describe("a ContractError that the caller's own code throws", () => {
  const packet = SystemStatePacket.create({ packetId: "p" });
  const typeName = "esper.leyline.v1.SystemStatePacket";

  it("is not a fault of the message, at any method that reads it", () => {
    const message = withForeign(packet, "packetId");
    for (const strict of [false, true]) {
      expect(textOf(() => SystemStatePacket.check(message, { strict }))).toBe(
        `cannot accept ${typeName}: ${unreadable}`,
      );
    }
    expect(textOf(() => SystemStatePacket.encode(message))).toBe(
      `cannot encode ${typeName}: ${unreadable}`,
    );
    expect(textOf(() => SystemStatePacket.toJson(message))).toBe(
      `cannot encode ${typeName} to JSON: ${unreadable}`,
    );
    const json = withForeign({ version: 1 }, "packet_id");
    expect(textOf(() => SystemStatePacket.fromJson(json))).toBe(
      `cannot decode ${typeName} from JSON: ${unreadable}`,
    );
  });

  it("is not an invalid request when the schema of a verb throws it", () => {
    const schema = { "~standard": { version: 1, vendor: "own", validate: foreign } } as const;
    const contract = createEnvelopeContract({ verbs: ["X"], bodies: { X: schema } });
    const request = { ...makeRequest("s", "r", "RULE", { rule_text: "x" }), verb: "X" };
    expect(textOf(() => contract.fromJson(request))).toBe(
      `cannot decode ${contract.typeName} from JSON: ${unreadable}`,
    );
  });

  it("is not a fault of the message when a clock or a source of ids throws it", () => {
    const session = { sessionId: "s", nextRequestId: foreign };
    const body = { rule_text: "x" };
    const state = GameStateEvent.create({ gameId: "g" });
    const calls = [
      () => createClient({ session }).request("RULE", body),
      () => makeRequest("s", "r", "RULE", body, { now: foreign }),
      () => makeStatus("r", { status: "running" }, { now: foreign }),
      () => packGameEvent("GAME_STATE", state, { source: "s", newId: foreign }),
      () => packGameEvent("GAME_STATE", state, { source: "s", now: foreign }),
      () => packEvent(packet, { eventType: "STATE", newId: foreign }),
      () => packEvent(packet, { eventType: "STATE", now: foreign }),
    ];
    for (const call of calls)
      expect(textOf(call)).toMatch(/threw an error \[(input\.unreadable|config)\]$/);
  });
});
