import { describe, expect, it } from "vitest";
import { createGuard, type Guard } from "../../../src/contract/guard/guard.js";
import { SystemStatePacket } from "../../../src/leyline/index.js";
import { ContractError } from "../../../src/wire/error.js";
import { codeOf } from "../../support/refusal.js";

const packet = SystemStatePacket.create({ packetId: "p" });
const bad = { ...packet, version: 2 };
/** An error of somebody else's work, of a code that a guard knows. */
const foreign = new ContractError("encode", "other.v1.Message", {
  path: "",
  rule: "budget.size",
  message: "something else is too large",
});

function throws(): never {
  throw foreign;
}

/** A guard whose breaker a failure opens, with a clock that the test moves. */
function guardAt(listener: (guard: Guard, kind: string) => void) {
  const clock = { millis: 0 };
  const guard: Guard = createGuard(
    {},
    {
      now: () => clock.millis,
      breaker: { failure_threshold: 1 },
      // The first event comes before the guard exists.
      listener: ({ kind }) => kind !== "loaded" && listener(guard, kind),
    },
  );
  return { guard, clock };
}

describe("a guard whose listener or logger calls it back", () => {
  it("admits one trial call when half-open, whatever the listener encodes", () => {
    const inner: string[] = [];
    const { guard, clock } = guardAt((own, kind) => {
      if (kind !== "breaker") return;
      inner.push(own.breakerOf(SystemStatePacket).state);
      const result = own.safeEncode(SystemStatePacket, packet);
      inner.push(result.ok ? "encoded" : result.error.code);
    });
    expect(codeOf(() => guard.encode(SystemStatePacket, bad))).toBe("range");
    clock.millis = 30_000;
    expect(guard.encode(SystemStatePacket, packet)).toEqual(SystemStatePacket.encode(packet));
    expect(inner).toEqual([
      "open",
      "breaker.open",
      "half-open",
      "breaker.open",
      "closed",
      "encoded",
    ]);
    expect(guard.breakerOf(SystemStatePacket).state).toBe("closed");
  });

  it("stays open when the listener opens the breaker during a call that succeeds", () => {
    const { guard } = guardAt((own, kind) => {
      if (kind === "started") own.breakerOf(SystemStatePacket).open();
    });
    guard.encode(SystemStatePacket, packet);
    expect(guard.breakerOf(SystemStatePacket).state).toBe("open");
    expect(codeOf(() => guard.encode(SystemStatePacket, packet))).toBe("breaker.open");
  });

  it("does not take their ContractErrors for faults of the message", () => {
    const logger = { debug: throws, info: throws, warn: throws, error: throws };
    const guard = createGuard({}, { logger, listener: throws });
    expect(guard.encode(SystemStatePacket, packet)).toEqual(SystemStatePacket.encode(packet));
    expect(guard.decode(SystemStatePacket, SystemStatePacket.encode(packet))).toEqual(packet);
    expect(codeOf(() => guard.encode(SystemStatePacket, bad))).toBe("range");
    const { messages, loggerFaults, listenerFaults } = guard.stats();
    expect(messages[SystemStatePacket.typeName]).toMatchObject({
      encoded: 1,
      failed: 1,
      oversize: 0,
    });
    expect([loggerFaults.last, listenerFaults.last]).toEqual([foreign, foreign]);
  });

  it("counts a getter's ContractError as an unreadable message, not as a large one", () => {
    const { guard } = guardAt(() => {});
    const message = { ...packet };
    Object.defineProperty(message, "packetId", { enumerable: true, get: throws });
    expect(() => guard.encode(SystemStatePacket, message)).toThrow(
      "cannot encode esper.leyline.v1.SystemStatePacket: reading the value threw an error [input.unreadable]",
    );
    expect(guard.stats().messages[SystemStatePacket.typeName]).toMatchObject({
      failed: 1,
      oversize: 0,
      breaker: "open",
    });
  });
});
