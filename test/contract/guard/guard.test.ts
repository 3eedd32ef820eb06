import { toBinary } from "@bufbuild/protobuf";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AnyContract } from "../../../src/contract/contract.js";
import type { GuardConfig } from "../../../src/contract/guard/config.js";
import { createGuard, type Guard, type GuardOptions } from "../../../src/contract/guard/guard.js";
import { createAssembler } from "../../../src/contract/parts/assembler.js";
import { examples } from "../../../src/leyline/examples.js";
import {
  AdaptationCommand,
  CheckpointMetadata,
  EventEnvelope,
  HardwareContext,
  StructuralPruningRequest,
  SystemStatePacket,
  TelemetryPacket,
} from "../../../src/leyline/index.js";
import { messagesOf, validMessagesOf } from "../../../src/testing/index.js";
import { codeOf } from "../../support/refusal.js";

const [oneSeed, tenSeeds] = examples.map(({ contract, json }) => contract.fromJson(json));
const packet = SystemStatePacket.check(oneSeed);
const large = SystemStatePacket.check(tenSeeds);
const wrong = { ...packet, version: 2 };
const refusedVersion =
  "cannot encode esper.leyline.v1.SystemStatePacket: version: expected a number of at most 1, got 2 [range]";

/** A guard whose clock advances by `micros` microseconds at each reading. */
function guardAt(micros = 0, config: GuardConfig = {}, options: GuardOptions = {}) {
  const clock = { millis: 0 };
  const now = (): number => {
    clock.millis += micros / 1000;
    return clock.millis;
  };
  return { guard: createGuard(config, { now, ...options }), clock };
}

function failTimes(guard: Guard, count: number): void {
  for (let time = 0; time < count; time++) {
    expect(() => guard.encode(SystemStatePacket, wrong)).toThrow(refusedVersion);
  }
}

/** The value or the error text of a result, to compare. */
function outcomeOf(result: { ok: boolean; value?: unknown; error?: unknown }): unknown {
  return result.ok ? result.value : String(result.error);
}

describe("a guard with the documented configuration", () => {
  it("encodes the documents' examples as their contracts do", () => {
    const guard = createGuard();
    for (const { contract, json } of examples) {
      const message = contract.fromJson(json);
      expect(outcomeOf(guard.safeEncode(contract, message))).toEqual(
        outcomeOf(contract.safeEncode(message)),
      );
      const options = { budget: false };
      const bytes = guard.encode(contract, message, options);
      expect(bytes).toEqual(contract.encode(message, options));
      expect(guard.decode(contract, bytes)).toEqual(contract.decode(bytes));
      const id = 7;
      expect(guard.encodeParts(contract, message, { id })).toEqual(
        contract.encodeParts(message, { id }),
      );
    }
  });

  it("has the outcome of the contract for any message", () => {
    const guard = createGuard({}, { breaker: { failure_threshold: 1_000_000 } });
    const outcomes = new Set<string>();
    const kinds: AnyContract[] = [
      SystemStatePacket,
      TelemetryPacket,
      AdaptationCommand,
      HardwareContext,
    ];
    for (const contract of kinds) {
      const message = fc.oneof(messagesOf(contract), validMessagesOf(contract));
      fc.assert(
        fc.property(message, fc.boolean(), fc.boolean(), (value, strict, budget) => {
          const options = { strict, budget };
          const encoded = contract.safeEncode(value, options);
          outcomes.add(encoded.ok ? "encoded" : encoded.error.code);
          const guarded = guard.safeEncode(contract, value, options);
          expect(outcomeOf(guarded)).toEqual(outcomeOf(encoded));
          const bytes = toBinary(contract.schema, value);
          const decoded = contract.safeDecode(bytes, { strict });
          outcomes.add(decoded.ok ? "decoded" : decoded.error.code);
          const read = guard.safeDecode(contract, bytes, { strict });
          expect(outcomeOf(read)).toEqual(outcomeOf(decoded));
        }),
        { seed: 3, numRuns: 60 },
      );
    }
    for (const outcome of ["encoded", "decoded", "budget.size", "range", "format"]) {
      expect(outcomes).toContain(outcome);
    }
  });

  it("refuses what is not a message with the error of the contract", () => {
    const fails = (): never => {
      throw new TypeError("a secret");
    };
    const getter = Object.defineProperty(SystemStatePacket.clone(packet), "version", {
      get: fails,
      enumerable: true,
    });
    for (const value of [undefined, null, 7, "x", {}, new Proxy({}, { get: fails }), getter]) {
      const guard = createGuard();
      const result = Reflect.apply(guard.safeEncode, undefined, [SystemStatePacket, value]);
      const own = Reflect.apply(SystemStatePacket.safeEncode, undefined, [value]);
      expect(outcomeOf(result)).toBe(outcomeOf(own));
      const read = Reflect.apply(guard.safeDecode, undefined, [SystemStatePacket, value]);
      expect(read.ok).toBe(false);
    }
  });

  it("takes an option that is undefined, and no options, for the default", () => {
    const guard = createGuard();
    for (const options of [{ budget: undefined, strict: undefined }, undefined]) {
      const encode = (): unknown =>
        Reflect.apply(guard.encode, undefined, [SystemStatePacket, large, options]);
      expect(codeOf(encode)).toBe("budget.size");
    }
  });

  it("refuses options that are no object, and changes nothing", () => {
    const guard = createGuard();
    for (const options of [null, 5, [], new Proxy({}, { ownKeys: () => JSON.parse("") })]) {
      for (const method of [guard.encode, guard.encodeParts]) {
        const given = [SystemStatePacket, packet, options];
        expect(codeOf(() => Reflect.apply(method, undefined, given))).toBe("config");
      }
    }
    expect(guard.stats().messages[SystemStatePacket.typeName]).toMatchObject({
      encoded: 0,
      failed: 0,
    });
  });

  it("throws only ContractErrors", () => {
    const fails = (): never => {
      throw new TypeError("a secret");
    };
    const guard = createGuard();
    const good = SystemStatePacket.encode(packet);
    const broken = { ...SystemStatePacket, encode: fails, encodeParts: fails, decode: fails };
    expect(() => guard.encode(broken, packet)).toThrow(
      "cannot encode esper.leyline.v1.SystemStatePacket: reading the value threw an error [input.unreadable]",
    );
    expect(codeOf(() => guard.encodeParts(broken, packet))).toBe("input.unreadable");
    expect(codeOf(() => guard.decode(broken, good))).toBe("input.unreadable");
    const definition = { ...SystemStatePacket.definition, strict: fails };
    const strictless = { ...SystemStatePacket, definition };
    expect(codeOf(() => guard.decode(strictless, good))).toBe("input.unreadable");
  });

  it("refuses what is not a contract", () => {
    const guard = createGuard();
    for (const value of [undefined, null, 7, {}, []]) {
      expect(() => Reflect.apply(guard.encode, undefined, [value, packet])).toThrow(
        /^cannot encode a message: contract: expected a contract, got .* \[input\.type\]$/,
      );
      expect(codeOf(() => Reflect.apply(guard.decode, undefined, [value, packet]))).toBe(
        "input.type",
      );
      expect(codeOf(() => Reflect.apply(guard.maxBytesOf, undefined, [value]))).toBe("input.type");
    }
    expect(guard.stats().messages).toEqual({});
    const unreadable = new Proxy(SystemStatePacket, { get: () => JSON.parse("") });
    expect(codeOf(() => guard.encode(unreadable, packet))).toBe("input.unreadable");
  });
});

describe("the limit of a message", () => {
  it.each([
    [{}, [280, 280, 280, 1024, 262_144, 262_144, undefined]],
    [{ max_message_size: 100 }, [100, 100, 100, 1024, 262_144, 262_144, undefined]],
    [{ max_message_size: 1024 }, [1024, 1024, 1024, 1024, 262_144, 262_144, undefined]],
  ])("is configured where its budget is the document's 280: %j", (config, limits) => {
    const guard = createGuard(config);
    const types = [
      SystemStatePacket,
      AdaptationCommand,
      TelemetryPacket,
      EventEnvelope,
      StructuralPruningRequest,
      CheckpointMetadata,
      HardwareContext,
    ];
    expect(types.map((contract) => guard.maxBytesOf(contract))).toEqual(limits);
  });

  it("is enforced, above and below the budget", () => {
    const small = createGuard({ max_message_size: 275 });
    expect(() => small.encode(SystemStatePacket, packet)).toThrow(
      "cannot encode esper.leyline.v1.SystemStatePacket: 276 bytes exceed the budget of 275 (training_metrics 84, hardware_context 38, seed_states 38); send encodeParts() or frames, or encode with { budget: false } [budget.size]",
    );
    expect(createGuard({ max_message_size: 276 }).encode(SystemStatePacket, packet)).toHaveLength(
      276,
    );
    expect(small.encode(SystemStatePacket, packet, { budget: false })).toHaveLength(276);
    const wide = createGuard({ max_message_size: 619 });
    expect(wide.encode(SystemStatePacket, large)).toEqual(
      SystemStatePacket.encode(large, { budget: false }),
    );
    expect(
      codeOf(() => createGuard({ max_message_size: 618 }).encode(SystemStatePacket, large)),
    ).toBe("budget.size");
  });

  it("holds for each part", () => {
    const { guard } = guardAt(62.5, { max_message_size: 200 });
    const parts = guard.encodeParts(SystemStatePacket, large);
    expect(parts.length).toBeGreaterThan(3);
    expect(Math.max(...parts.map(({ length }) => length))).toBeLessThanOrEqual(200);
    const assembler = createAssembler(SystemStatePacket);
    const whole = parts
      .map((part) => assembler.add(part))
      .filter((message) => message !== undefined);
    expect(whole.map(({ message }) => message)).toEqual([large]);
    expect(guard.stats().messages[SystemStatePacket.typeName]).toMatchObject({
      encoded: 1,
      largestBytes: Math.max(...parts.map(({ length }) => length)),
    });
    const none = createGuard({ max_message_size: 20 }).safeEncodeParts(SystemStatePacket, large);
    expect(none.ok ? "" : none.error.code).toBe("budget.size");
    expect(
      createGuard().encodeParts(
        HardwareContext,
        HardwareContext.create({ deviceType: "cpu", deviceId: "0", totalMemoryGb: 1 }),
      ),
    ).toHaveLength(1);
  });
});

describe("the breaker of a message type", () => {
  it("opens after three failures in a row, for that type alone", () => {
    const { guard, clock } = guardAt();
    failTimes(guard, 2);
    guard.encode(SystemStatePacket, packet);
    failTimes(guard, 3);
    expect(() => guard.encode(SystemStatePacket, packet)).toThrow(
      "cannot encode esper.leyline.v1.SystemStatePacket: the circuit breaker is open for another 30000 ms [breaker.open]",
    );
    expect(codeOf(() => guard.encodeParts(SystemStatePacket, packet))).toBe("breaker.open");
    expect(guard.breakerOf(AdaptationCommand).state).toBe("closed");
    clock.millis += 29_999;
    expect(codeOf(() => guard.encode(SystemStatePacket, packet))).toBe("breaker.open");
    clock.millis += 1;
    expect(guard.encode(SystemStatePacket, packet)).toHaveLength(276);
    expect(guard.breakerOf(SystemStatePacket).state).toBe("closed");
  });

  it("opens again with the first failure after its time", () => {
    const { guard, clock } = guardAt();
    failTimes(guard, 3);
    clock.millis += 30_000;
    failTimes(guard, 1);
    expect(codeOf(() => guard.encode(SystemStatePacket, packet))).toBe("breaker.open");
  });

  it("counts a size overflow as a success, because the message was encoded", () => {
    const { guard } = guardAt();
    for (let time = 0; time < 5; time++) {
      expect(codeOf(() => guard.encode(SystemStatePacket, large))).toBe("budget.size");
    }
    failTimes(guard, 2);
    expect(codeOf(() => guard.encode(SystemStatePacket, large))).toBe("budget.size");
    failTimes(guard, 2);
    expect(guard.breakerOf(SystemStatePacket).state).toBe("closed");
  });

  it("counts failing parts too, and what strict refuses", () => {
    const { guard } = guardAt();
    expect(codeOf(() => guard.encodeParts(SystemStatePacket, wrong))).toBe("range");
    const named = { ...packet, packetId: "p-1" };
    expect(codeOf(() => guard.encode(SystemStatePacket, named, { strict: true }))).toBe("format");
    expect(codeOf(() => guard.encodeParts(SystemStatePacket, named, { strict: true }))).toBe(
      "format",
    );
    expect(guard.breakerOf(SystemStatePacket).state).toBe("open");
  });

  it("does not count decoding", () => {
    const { guard } = guardAt();
    const bytes = SystemStatePacket.codec.encode(wrong);
    for (let time = 0; time < 5; time++) {
      expect(codeOf(() => guard.decode(SystemStatePacket, bytes))).toBe("range");
    }
    expect(guard.breakerOf(SystemStatePacket).failures).toBe(0);
    failTimes(guard, 3);
    const good = SystemStatePacket.encode(packet);
    expect(guard.decode(SystemStatePacket, good)).toEqual(SystemStatePacket.decode(good));
  });

  it("is configured, and can be forced", () => {
    const { guard } = guardAt(0, {}, { breaker: { failure_threshold: 1, recovery_timeout_ms: 5 } });
    guard.breakerOf(SystemStatePacket).open();
    expect(() => guard.encode(SystemStatePacket, packet)).toThrow("is open for another 5 ms");
    guard.breakerOf(SystemStatePacket).close();
    expect(guard.encode(SystemStatePacket, packet)).toHaveLength(276);
    failTimes(guard, 1);
    expect(guard.breakerOf(SystemStatePacket).state).toBe("open");
  });

  it("does not count a clock that fails", () => {
    let millis: unknown = 0;
    const guard: Guard = Reflect.apply(createGuard, undefined, [{}, { now: () => millis }]);
    millis = "never";
    for (let time = 0; time < 4; time++) {
      expect(() => guard.encode(SystemStatePacket, packet)).toThrow(
        'cannot configure message_contracts: now: expected a clock that gives a finite number of milliseconds, got "never" [config]',
      );
    }
    expect(guard.breakerOf(SystemStatePacket).state).toBe("closed");
    millis = 0;
    guard.breakerOf(SystemStatePacket).open();
    millis = "never";
    expect(codeOf(() => guard.encode(SystemStatePacket, packet))).toBe("config");
    expect(guard.stats().messages[SystemStatePacket.typeName]?.denied).toBe(0);
  });
});

describe("what a guard counts", () => {
  it("is a frozen copy by message type", () => {
    const { guard } = guardAt(62.5);
    expect(guard.stats()).toEqual({
      messages: {},
      loggerFaults: { count: 0, last: undefined },
      listenerFaults: { count: 0, last: undefined },
    });
    guard.encode(SystemStatePacket, packet);
    const before = guard.stats();
    guard.encode(SystemStatePacket, { ...packet, seedStates: [] });
    expect(codeOf(() => guard.encode(SystemStatePacket, large))).toBe("budget.size");
    failTimes(guard, 3);
    expect(codeOf(() => guard.encode(SystemStatePacket, packet))).toBe("breaker.open");
    guard.decode(SystemStatePacket, SystemStatePacket.encode(packet));
    expect(codeOf(() => guard.decode(SystemStatePacket, new Uint8Array([9])))).toBe(
      "binary.truncated",
    );
    expect(
      codeOf(() => guard.decode(SystemStatePacket, SystemStatePacket.codec.encode(wrong))),
    ).toBe("range");
    const after = guard.stats();
    expect(after.messages).toEqual({
      "esper.leyline.v1.SystemStatePacket": {
        encoded: 2,
        failed: 3,
        oversize: 1,
        denied: 1,
        slow: 0,
        largestBytes: 276,
        slowestMicros: 62.5,
        decoded: 1,
        refused: 2,
        versionMismatches: 1,
        invalidEnums: 0,
        breaker: "open",
      },
    });
    expect(before.messages["esper.leyline.v1.SystemStatePacket"]).toMatchObject({
      encoded: 1,
      breaker: "closed",
    });
    const frozen = [after, after.messages, ...Object.values(after.messages), after.loggerFaults];
    expect(frozen.every(Object.isFrozen)).toBe(true);
  });

  it("has version mismatches only where the contract fixes a version", () => {
    const guard = createGuard();
    const definition = { ...SystemStatePacket.definition, constants: {} };
    const bytes = SystemStatePacket.codec.encode(wrong);
    const loose = { ...SystemStatePacket, definition };
    expect(codeOf(() => guard.decode(loose, bytes))).toBe("range");
    expect(guard.stats().messages[SystemStatePacket.typeName]).toMatchObject({
      refused: 1,
      versionMismatches: 0,
    });
  });

  it("includes slow messages, which are returned nevertheless", () => {
    const { guard } = guardAt(125);
    expect(guard.encode(SystemStatePacket, packet)).toEqual(SystemStatePacket.encode(packet));
    const counts = guard.stats().messages[SystemStatePacket.typeName];
    expect(counts).toMatchObject({ encoded: 1, slow: 1, slowestMicros: 125 });
    const patient = guardAt(125, { serialization_timeout_us: 125 }).guard;
    patient.encode(SystemStatePacket, packet);
    expect(patient.stats().messages[SystemStatePacket.typeName]?.slow).toBe(0);
  });

  it("has the platform's times when no clock is given", () => {
    const guard = createGuard();
    guard.encode(SystemStatePacket, packet);
    expect(guard.stats().messages[SystemStatePacket.typeName]?.slowestMicros).toBeGreaterThan(0);
  });
});
