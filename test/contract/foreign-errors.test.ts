import { describe, expect, it } from "vitest";
import { SystemStatePacket } from "../../src/leyline/index.js";
import { ContractError } from "../../src/wire/error.js";
import { textOf } from "../support/refusal.js";

/** What somebody else's work throws: a ContractError that is about another message. */
function foreign(): never {
  const issue = { path: "there", rule: "required", message: "this key is required" } as const;
  throw new ContractError("decode from JSON", "other.v1.Message", issue);
}

/** A copy in which one property is a getter that throws such an error. */
function withForeign<T extends object>(value: T, key: string): T {
  return Object.defineProperty({ ...value }, key, { enumerable: true, get: foreign });
}

describe("a ContractError that the caller's getter throws", () => {
  const { typeName } = SystemStatePacket;
  const message = withForeign(SystemStatePacket.create({ packetId: "p" }), "packetId");
  const json = withForeign({ version: 1 }, "packet_id");

  it.each([
    [`accept ${typeName}`, () => SystemStatePacket.check(message)],
    [`accept ${typeName}`, () => SystemStatePacket.check(message, { strict: true })],
    [`encode ${typeName}`, () => SystemStatePacket.encode(message)],
    [`encode ${typeName}`, () => SystemStatePacket.encodeParts(message)],
    [`encode ${typeName} to JSON`, () => SystemStatePacket.toJson(message)],
    [`encode ${typeName} to JSON`, () => SystemStatePacket.toJsonText(message)],
    [
      `compare ${typeName}`,
      () => SystemStatePacket.equals(message, SystemStatePacket.create({ packetId: "p" })),
    ],
    [`copy ${typeName}`, () => SystemStatePacket.clone(message)],
    [`decode ${typeName} from JSON`, () => SystemStatePacket.fromJson(json)],
  ])("is not a fault of the message: cannot %s", (operation, call) => {
    expect(textOf(call)).toBe(
      `cannot ${operation}: reading the value threw an error [input.unreadable]`,
    );
  });
});
