import { describe, expect, it } from "vitest";
import type { GuardConfig } from "../../../src/contract/guard/config.js";
import type { GuardEvent } from "../../../src/contract/guard/events.js";
import { createGuard, type Guard, type GuardOptions } from "../../../src/contract/guard/guard.js";
import type { GuardLogger } from "../../../src/contract/guard/log.js";
import { examples } from "../../../src/leyline/examples.js";
import { SeedState, SystemHealth, SystemStatePacket } from "../../../src/leyline/index.js";
import { codeOf } from "../../support/refusal.js";

const [oneSeed, tenSeeds] = examples.map(({ contract, json }) => contract.fromJson(json));
const packet = SystemStatePacket.check(oneSeed);
const large = SystemStatePacket.check(tenSeeds);
const bare = SystemStatePacket.create({ packetId: "p-1" });
const typeName = "esper.leyline.v1.SystemStatePacket";

/** A guard whose clock advances by a number of microseconds at each reading, and its log. */
function logged(micros = 0, config: GuardConfig = {}, options: GuardOptions = {}) {
  const lines: [level: string, message: string, fields: object | undefined][] = [];
  const write = (level: string) => (message: string, fields?: object) => {
    lines.push([level, message, fields]);
  };
  const logger: GuardLogger = {
    debug: write("debug"),
    info: write("info"),
    warn: write("warn"),
    error: write("error"),
  };
  const clock = { millis: 0 };
  const now = (): number => {
    clock.millis += micros / 1000;
    return clock.millis;
  };
  const guard = createGuard(config, { now, logger, ...options });
  const texts = (): string[] => lines.splice(0).map(([level, message]) => `${level}: ${message}`);
  return { guard, lines, texts, clock };
}

function errorOf(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe("the log of a guard", () => {
  it("begins with the version of the contracts, once", () => {
    const { guard, lines } = logged();
    guard.encode(SystemStatePacket, bare);
    guard.encode(SystemStatePacket, bare);
    expect(lines.filter(([level]) => level === "info")).toEqual([
      ["info", "Message contract version 1 loaded", { version: 1 }],
    ]);
  });

  it("has each message with the number of its fields that are set", () => {
    const { guard, lines } = logged();
    guard.encode(SystemStatePacket, bare);
    guard.encodeParts(SystemStatePacket, packet);
    expect(lines.slice(1)).toEqual([
      [
        "debug",
        "Serializing esper.leyline.v1.SystemStatePacket with 2 fields",
        { message_type: typeName, field_count: 2 },
      ],
      [
        "debug",
        "Serializing esper.leyline.v1.SystemStatePacket with 14 fields",
        { message_type: typeName, field_count: 14 },
      ],
    ]);
  });

  it.each([
    [306, ["warn: Message size 276 approaching limit 306"]],
    [307, []],
    [276, ["warn: Message size 276 approaching limit 276"]],
  ])("warns from nine tenths of a limit of %i", (max_message_size, warnings) => {
    const { guard, texts, lines } = logged(0, { max_message_size });
    guard.encode(SystemStatePacket, packet);
    const fields = { message_type: typeName, size_bytes: 276, max_bytes: max_message_size };
    expect(lines.slice(2).map(([, , about]) => about)).toEqual(warnings.map(() => fields));
    expect(texts().slice(2)).toEqual(warnings);
  });

  it("warns at nine tenths exactly", () => {
    const { guard, texts } = logged(0, { max_message_size: 10 });
    guard.encode(SystemStatePacket, { ...bare, packetId: "p-345" });
    guard.encode(SystemStatePacket, { ...bare, packetId: "p-34" });
    expect(texts().filter((text) => text.startsWith("warn"))).toEqual([
      "warn: Message size 9 approaching limit 10",
    ]);
  });

  it("does not warn of the size of parts, or of a message without a limit", () => {
    const { guard, texts } = logged();
    guard.encodeParts(SystemStatePacket, large);
    guard.encode(SystemStatePacket, large, { budget: false });
    guard.encode(SystemHealth, SystemHealth.create());
    expect(texts().filter((text) => text.startsWith("warn"))).toEqual([]);
  });

  it("warns of slow messages", () => {
    const { guard, lines } = logged(125);
    guard.encode(SystemStatePacket, bare);
    expect(lines.slice(2)).toEqual([
      [
        "warn",
        "Serialization time 125 exceeds limit 80",
        { message_type: typeName, duration_us: 125, max_us: 80 },
      ],
    ]);
  });

  it("has a failure with its error, then the breaker that it opens", () => {
    const { guard, lines, texts, clock } = logged(0, {}, { breaker: { failure_threshold: 2 } });
    const wrong = { ...packet, version: 2 };
    const error = errorOf(() => guard.encode(SystemStatePacket, wrong));
    expect(lines.slice(2)).toEqual([
      ["error", `Serialization failed for ${typeName}`, { message_type: typeName, error }],
    ]);
    expect(String(error)).toContain("version: expected a number of at most 1, got 2 [range]");
    expect(codeOf(() => guard.encode(SystemStatePacket, wrong))).toBe("range");
    expect(codeOf(() => guard.encode(SystemStatePacket, packet))).toBe("breaker.open");
    expect(lines.at(-2)?.[2]).toEqual({
      message_type: typeName,
      from: "closed",
      to: "open",
      failures: 2,
      forced: false,
    });
    clock.millis += 30_000;
    guard.encode(SystemStatePacket, bare);
    guard.breakerOf(SystemStatePacket).open();
    expect(texts()).toEqual([
      "info: Message contract version 1 loaded",
      `debug: Serializing ${typeName} with 14 fields`,
      `error: Serialization failed for ${typeName}`,
      `debug: Serializing ${typeName} with 14 fields`,
      `error: Serialization failed for ${typeName}`,
      `error: Circuit breaker opened for ${typeName}`,
      `debug: Serialization denied for ${typeName}`,
      `info: Circuit breaker half-open for ${typeName}`,
      `debug: Serializing ${typeName} with 2 fields`,
      `info: Circuit breaker closed for ${typeName}`,
      `error: Circuit breaker opened for ${typeName}`,
    ]);
  });

  it("has a size overflow", () => {
    const { guard, lines } = logged();
    const error = errorOf(() => guard.encode(SystemStatePacket, large));
    expect(lines.slice(2)).toEqual([
      ["warn", `Size overflow for ${typeName}`, { message_type: typeName, error }],
    ]);
  });

  it("has 0 fields for a message that cannot be read", () => {
    const { guard, texts } = logged();
    const fails = (): never => {
      throw new TypeError("a secret");
    };
    for (const value of [undefined, new Proxy(packet, { get: fails })]) {
      Reflect.apply(guard.safeEncode, undefined, [SystemStatePacket, value]);
    }
    expect(texts().filter((text) => text.startsWith("debug"))).toEqual([
      `debug: Serializing ${typeName} with 0 fields`,
      `debug: Serializing ${typeName} with 0 fields`,
    ]);
  });
});

describe("the log of what a guard decodes", () => {
  it.each([0, 2])("has a version mismatch for version %i", (version) => {
    const { guard, lines } = logged();
    const bytes = SystemStatePacket.codec.encode({ ...packet, version });
    const error = errorOf(() => guard.decode(SystemStatePacket, bytes));
    expect(lines.slice(1)).toEqual([
      ["error", `Version mismatch for ${typeName}`, { message_type: typeName, error }],
    ]);
    expect(guard.stats().messages[typeName]).toMatchObject({ refused: 1, versionMismatches: 1 });
  });

  it("has what is refused for another reason", () => {
    const { guard, lines, texts } = logged();
    const error = errorOf(() => guard.decode(SystemStatePacket, new Uint8Array([9])));
    expect(lines.slice(1)).toEqual([
      ["error", `Deserialization failed for ${typeName}`, { message_type: typeName, error }],
    ]);
    const nameless = SystemStatePacket.codec.encode({ ...packet, packetId: "" });
    expect(codeOf(() => guard.decode(SystemStatePacket, nameless))).toBe("length");
    expect(texts().at(-1)).toBe(`error: Deserialization failed for ${typeName}`);
    expect(guard.stats().messages[typeName]).toMatchObject({ refused: 2, versionMismatches: 0 });
  });

  it("has enum numbers without a name, which are kept", () => {
    const { guard, lines } = logged();
    const states = [5, 88, 99].map((stage) => SeedState.create({ stage, seedId: `s${stage}` }));
    const message = SystemStatePacket.create({ ...bare, seedStates: states });
    const decoded = guard.decode(SystemStatePacket, SystemStatePacket.encode(message));
    expect(decoded.seedStates.map(({ stage }) => stage)).toEqual([5, 88, 99]);
    const issue = (index: number, received: string): object => ({
      path: `seed_states[${index}].stage`,
      rule: "enum.unknown",
      message: `expected a number that SeedLifecycleStage has a name for, got ${received}`,
      expected: "a number that SeedLifecycleStage has a name for",
      received,
    });
    expect(lines.slice(1)).toEqual([
      [
        "warn",
        `Invalid enum in ${typeName}`,
        { message_type: typeName, issues: [issue(1, "88"), issue(2, "99")] },
      ],
    ]);
    expect(guard.stats().messages[typeName]).toMatchObject({ decoded: 1, invalidEnums: 2 });
  });

  it("has nothing for a valid message", () => {
    const { guard, lines } = logged();
    guard.decode(SystemStatePacket, SystemStatePacket.encode(bare));
    expect(lines.slice(1)).toEqual([]);
  });
});

describe("a listener", () => {
  it("is called with every event as frozen data", () => {
    const events: GuardEvent[] = [];
    const { guard } = logged(62.5, {}, { listener: (event) => events.push(event) });
    guard.encode(SystemStatePacket, packet);
    guard.decode(SystemStatePacket, SystemStatePacket.encode(packet));
    const parts = guard.encodeParts(SystemStatePacket, large);
    guard.breakerOf(SystemStatePacket).open();
    expect(events).toEqual([
      { kind: "loaded", version: 1 },
      { kind: "started", typeName, fieldCount: 14 },
      {
        kind: "encoded",
        typeName,
        durationMicros: 62.5,
        sizes: [276],
        maxBytes: 280,
        maxMicros: 80,
        slow: false,
      },
      { kind: "decoded", typeName, sizeBytes: 276, durationMicros: 62.5, invalidEnums: [] },
      { kind: "started", typeName, fieldCount: 14 },
      {
        kind: "encoded",
        typeName,
        durationMicros: 62.5,
        sizes: parts.map(({ length }) => length),
        maxBytes: 280,
        maxMicros: 80,
        slow: false,
      },
      { kind: "breaker", typeName, from: "closed", to: "open", failures: 0, forced: true },
    ]);
    expect(events.every(Object.isFrozen)).toBe(true);
  });

  it("may throw, and so may a logger: the message is encoded, and the error is recorded", () => {
    const [one, other] = [new Error("the log is full"), new Error("the listener is ill")];
    const fails = (): never => {
      throw one;
    };
    const guard = createGuard(
      {},
      {
        logger: { debug: fails, info: fails, warn: fails, error: fails },
        listener: () => {
          throw other;
        },
      },
    );
    expect(guard.encode(SystemStatePacket, packet)).toEqual(SystemStatePacket.encode(packet));
    expect(codeOf(() => guard.encode(SystemStatePacket, large))).toBe("budget.size");
    const { loggerFaults, listenerFaults } = guard.stats();
    expect(loggerFaults.last).toBe(one);
    expect(loggerFaults.count).toBeGreaterThanOrEqual(4);
    expect(listenerFaults).toEqual({ count: 5, last: other });
  });

  it("is not called for messages that it encodes itself", () => {
    const kinds: string[] = [];
    const guard: Guard = createGuard(
      {},
      {
        now: () => 0,
        listener: ({ kind }) => {
          kinds.push(kind);
          if (kind === "encoded") guard.encode(SystemStatePacket, bare);
        },
      },
    );
    guard.encode(SystemStatePacket, bare);
    expect(kinds).toEqual(["loaded", "started", "encoded"]);
    expect(guard.stats().messages[typeName]?.encoded).toBe(2);
  });
});
