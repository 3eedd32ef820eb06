import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contracts } from "../../../src/all.js";
import { SystemStatePacket } from "../../../src/leyline/index.js";
import { ControlCommand } from "../../../src/sim/index.js";
import { messagesOf } from "../../../src/testing/index.js";

const runs = { seed: 20_261_201, numRuns: 20 };

describe("equals", () => {
  it("holds for a message and its copy, and its bytes, in every contract", () => {
    for (const contract of contracts) {
      fc.assert(
        fc.property(messagesOf(contract), (message) => {
          const copy = contract.clone(message);
          expect(contract.equals(message, copy)).toBe(true);
          expect(contract.equals(copy, message)).toBe(true);
        }),
        runs,
      );
    }
  });

  const packet = SystemStatePacket.create({
    validationLoss: Number.NaN,
    trainingMetrics: { loss: Number.NaN },
    seedStates: [{ seedId: "s", metrics: { loss: Number.NaN } }],
  });

  it("takes NaN for equal to NaN in fields, lists and maps", () => {
    expect(SystemStatePacket.equals(packet, SystemStatePacket.clone(packet))).toBe(true);
    expect(SystemStatePacket.equals(packet, { ...packet, validationLoss: 0 })).toBe(false);
    expect(SystemStatePacket.equals(packet, { ...packet, trainingMetrics: { loss: 1 } })).toBe(
      false,
    );
    expect(
      SystemStatePacket.equals(packet, { ...packet, trainingMetrics: { other: Number.NaN } }),
    ).toBe(false);
  });

  it("compares a Struct by its content", () => {
    const of = (parameters: object): ControlCommand =>
      ControlCommand.fromJson({ command: "start", parameters });
    const one = of({ a: [1, { b: null }], c: "x" });
    expect(ControlCommand.equals(one, of({ c: "x", a: [1, { b: null }] }))).toBe(true);
    expect(ControlCommand.equals(one, of({ a: [1, { b: 0 }], c: "x" }))).toBe(false);
    expect(ControlCommand.equals(one, of({ a: [1], c: "x" }))).toBe(false);
    expect(ControlCommand.equals(one, of({ a: { 0: 1 }, c: "x" }))).toBe(false);
  });

  it("takes -0 and 0 for different in a field of its own, because only -0 is written", () => {
    const zero = { ...packet, validationLoss: 0 };
    expect(SystemStatePacket.equals(zero, { ...packet, validationLoss: -0 })).toBe(false);
  });

  it("compares unknown fields", () => {
    const field = { no: 99, wireType: 0, data: Uint8Array.of(1) };
    const one = { ...packet, $unknown: [field] };
    expect(
      SystemStatePacket.equals(one, {
        ...packet,
        $unknown: [{ ...field, data: Uint8Array.of(1) }],
      }),
    ).toBe(true);
    expect(
      SystemStatePacket.equals(one, {
        ...packet,
        $unknown: [{ ...field, data: Uint8Array.of(2) }],
      }),
    ).toBe(false);
    expect(SystemStatePacket.equals(one, packet)).toBe(false);
    expect(SystemStatePacket.equals(packet, { ...packet, $unknown: [] })).toBe(true);
  });
});
