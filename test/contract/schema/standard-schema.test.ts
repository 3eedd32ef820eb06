import { describe, expect, expectTypeOf, it } from "vitest";
import { contracts } from "../../../src/all.js";

import { SystemStatePacket, type SystemStatePacketJson } from "../../../src/leyline/index.js";

describe("the Standard Schema of a contract", () => {
  const standard = SystemStatePacket["~standard"];

  it("returns the message of wire JSON", () => {
    const json = { version: 1, packet_id: "p" };
    expect(standard.validate(json)).toEqual({ value: SystemStatePacket.fromJson(json) });
  });

  it("returns issues with paths of keys and indexes", () => {
    const json = { version: 1, packet_id: "p", seed_states: [{ seed_id: "s", stage: "FOO" }] };
    expect(standard.validate(json)).toEqual({
      issues: [
        {
          message: 'expected a SeedLifecycleStage name, got "FOO"',
          path: ["seed_states", 0, "stage"],
        },
      ],
    });
  });

  it("is of version 1, for every contract", () => {
    for (const contract of contracts) {
      const { version, vendor, validate } = contract["~standard"];
      expect({ version, vendor }).toEqual({ version: 1, vendor: "concord" });
      expect(validate(5)).toEqual({
        issues: [{ message: "expected an object, got 5", path: [] }],
      });
    }
  });

  it("has the types of its input and output", () => {
    type Types = NonNullable<(typeof standard)["types"]>;
    expectTypeOf<Types["input"]>().toEqualTypeOf<SystemStatePacketJson>();
    expectTypeOf<Types["output"]>().toEqualTypeOf<SystemStatePacket>();
  });
});
