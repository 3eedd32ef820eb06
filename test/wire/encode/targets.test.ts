import { describe, expect, it } from "vitest";
import { EventEnvelopeCodec } from "../../../gen/esper/leyline/v1/event_codec.js";
import { textOf } from "../../support/refusal.js";

const message = EventEnvelopeCodec.create();
const { proxy: revoked, revoke } = Proxy.revocable({}, {});
revoke();

function fails(): never {
  throw new TypeError("foreign");
}

describe("encodeInto", () => {
  it.each([
    ['"0"', "0"],
    ["5n", 5n],
    ["a symbol", Symbol("s")],
    ["a function", () => 0],
    ["an object", Object.create(null)],
    ["an object", { toString: fails }],
    ["an object", revoked],
  ])("refuses %s as an offset", (received, offset) => {
    const target = new Uint8Array(20);
    expect(textOf(() => EventEnvelopeCodec.encodeInto(message, target, offset as never))).toBe(
      `cannot encode esper.leyline.v1.EventEnvelope: the offset ${received} is outside the target of 20 bytes [length]`,
    );
  });

  it("has no target that throws when it is looked at", () => {
    for (const target of [revoked, new Proxy({}, { getPrototypeOf: fails })]) {
      expect(textOf(() => EventEnvelopeCodec.encodeInto(message, target as never, 0))).toBe(
        "cannot encode esper.leyline.v1.EventEnvelope: expected a Uint8Array to write to, got an object [input.type]",
      );
    }
  });
});
