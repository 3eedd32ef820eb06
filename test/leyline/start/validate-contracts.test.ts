import { describe, expect, it } from "vitest";
import type { AnyContract } from "../../../src/contract/contract.js";
import {
  contracts,
  createGuard,
  requireLimits,
  SystemStatePacket,
  TelemetryLevelSchema,
  TelemetryPacket,
  validateContracts,
} from "../../../src/leyline/index.js";

const of = "esper.leyline.v1.TelemetryPacket";

/** The error for this contract alone. */
function refusal(contract: AnyContract): string {
  try {
    validateContracts({}, [contract]);
  } catch (error) {
    return String(error).replace("ContractError: cannot start with leyline contracts: ", "");
  }
  return "nothing was refused";
}

/** A contract like TelemetryPacket, with other properties. */
function changed(properties: Partial<AnyContract>): AnyContract {
  return { ...TelemetryPacket, ...properties };
}

/** A contract whose enums are like TelemetryLevel, with other values. */
function withValues(...values: readonly { name: string; number: number }[]): AnyContract {
  const value = Object.fromEntries(values.map((each) => [each.number, each]));
  const described = { ...TelemetryLevelSchema, values, value };
  const schema = { ...TelemetryPacket.schema, fields: [{ enum: described }, { enum: described }] };
  return Object.assign(changed({}), { schema });
}

describe("validateContracts", () => {
  it("accepts all contracts and the documented limits", () => {
    const limits = validateContracts();
    expect(limits).toEqual(requireLimits());
    expect(contracts.size).toBeGreaterThan(30);
    createGuard(limits.guard, { breaker: limits.breaker }).encode(
      SystemStatePacket,
      SystemStatePacket.create({ packetId: "p-1" }),
    );
  });

  it("returns the given limits", () => {
    const config = { limits: { max_message_size_bytes: 512 } };
    expect(validateContracts(config)).toEqual(requireLimits(config));
  });

  it("refuses memory budgets above 100 %, together with the issues of the contracts", () => {
    const memory = { model_percent: 0.9, optimizer_percent: 0.35, checkpoints_percent: 0 };
    const other = changed({ budget: { maxBytes: 262_145 } });
    expect(() => validateContracts({ memory }, [other])).toThrow(
      "cannot start with leyline contracts: memory: model_percent to emergency_percent sum to 1.25, more than 1 [rule] (and 1 more issue)",
    );
  });

  it("refuses limits that are higher than what the contracts enforce", () => {
    const result = () => validateContracts({ limits: { max_retry_attempts: 4 } });
    expect(result).toThrow(
      "cannot start with leyline contracts: limits.max_retry_attempts: must be at most 3, which EventEnvelope enforces [rule]",
    );
  });

  it.each([
    [
      changed({ typeName: "esper.leyline.v2.TelemetryPacket" }),
      `["esper.leyline.v2.TelemetryPacket"]: expected a message of a v1 package, got "esper.leyline.v2.TelemetryPacket" [version.mismatch]`,
    ],
    [
      changed({ definition: { ...TelemetryPacket.definition, constants: { version: 2 } } }),
      `["${of}"].version: expected 1, got 2 [version.mismatch]`,
    ],
    [
      changed({ budget: { maxBytes: 262_145 } }),
      `["${of}"]: its budget of 262145 bytes is more than the bus takes, 262144 [budget.size]`,
    ],
    [
      changed({
        definition: {
          ...TelemetryPacket.definition,
          rule() {
            throw new Error("no rule");
          },
        },
      }),
      `["${of}"]: its rules do not fit its descriptor [config]`,
    ],
    [
      changed({ codec: { ...TelemetryPacket.codec, encode: () => Uint8Array.of(10, 1, 65) } }),
      `["${of}"]: its codec does not decode what it encodes [config]`,
    ],
    [
      changed({ codec: { ...TelemetryPacket.codec, encode: () => Uint8Array.of(10) } }),
      `["${of}"]: its codec does not decode what it encodes [config]`,
    ],
    [
      withValues({ name: "TELEMETRY_LEVEL_INFO", number: 0 }),
      `["${of}"]: expected 0 of esper.leyline.v1.TelemetryLevel to be UNKNOWN or UNSPECIFIED, got "TELEMETRY_LEVEL_INFO" [enum]`,
    ],
    [
      withValues({ name: "TELEMETRY_LEVEL_INFO", number: 1 }),
      `["${of}"]: expected 0 of esper.leyline.v1.TelemetryLevel to be UNKNOWN or UNSPECIFIED, got "" [enum]`,
    ],
    [
      withValues(
        { name: "A_UNKNOWN", number: 0 },
        { name: "B", number: 2 },
        { name: "C", number: 2 },
      ),
      `["${of}"]: the numbers of esper.leyline.v1.TelemetryLevel are not ascending [enum]`,
    ],
    [withValues({ name: "A_UNSPECIFIED", number: 0 }), "nothing was refused"],
  ])("refuses a contract that contradicts itself or the documents (%#)", (contract, text) => {
    expect(refusal(contract)).toBe(text);
  });

  it("reports at most 20 issues", () => {
    const many = Array.from({ length: 30 }, () => changed({ budget: { maxBytes: 262_145 } }));
    expect(() => validateContracts({}, many)).toThrow("(and 19 more issues)");
  });

  it("refuses what is not a list of contracts with a ContractError", () => {
    const strange: unknown = { [Symbol.iterator]: () => [undefined].values() };
    const call: (config: object, list: unknown) => unknown = (config, list) =>
      Reflect.apply(validateContracts, undefined, [config, list]);
    for (const list of [strange, null, 7]) {
      expect(() => call({}, list)).toThrow(
        "cannot start with leyline contracts: reading the value threw an error [input.unreadable]",
      );
    }
  });
});
