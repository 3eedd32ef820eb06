import { describe, expect, it } from "vitest";
import { ContractError, errorCodes, isContractError, mismatch } from "../../src/wire/error.js";

const issue = mismatch("seed_states[3].stage", "enum", "a SeedLifecycleStage name", "FOO");

describe("ContractError", () => {
  it("has a text with the operation, type, path and issue", () => {
    const error = new ContractError(
      "decode from JSON",
      "esper.leyline.v1.SystemStatePacket",
      issue,
    );
    expect(error.message).toBe(
      'cannot decode esper.leyline.v1.SystemStatePacket from JSON: seed_states[3].stage: expected a SeedLifecycleStage name, got "FOO" [enum]',
    );
    expect(error).toMatchObject({
      name: "ContractError",
      code: "enum",
      type: "esper.leyline.v1.SystemStatePacket",
      path: "seed_states[3].stage",
      issues: [{ expected: "a SeedLifecycleStage name", received: '"FOO"' }],
    });
  });

  it("counts the issues that its text omits", () => {
    expect(new ContractError("check", "a.B", issue, [issue]).message).toMatch(
      /\(and 1 more issue\)$/,
    );
    const three = new ContractError("check", "a.B", issue, [issue, issue, issue]);
    expect(three.message).toMatch(/\(and 3 more issues\)$/);
    expect(three.issues).toHaveLength(4);
  });

  it("omits the path if it is about the whole value", () => {
    const whole = { path: "", rule: "json.syntax", message: "no JSON" } as const;
    expect(new ContractError("decode from JSON", "a.B", whole).message).toBe(
      "cannot decode a.B from JSON: no JSON [json.syntax]",
    );
  });

  it("is recognised by shape, from another copy of the package too", () => {
    class OtherCopy extends Error {
      override readonly name = "ContractError";
      readonly code = "type";
      readonly type = "a.B";
      readonly path = "";
      readonly issues = [issue];
    }
    expect(isContractError(new OtherCopy("x"))).toBe(true);
    expect(new OtherCopy("x")).toBeInstanceOf(ContractError);
    expect(isContractError(new Error("x"))).toBe(false);
    expect(isContractError({ ...new OtherCopy("x") })).toBe(false);
    expect(isContractError(Object.assign(new OtherCopy("x"), { code: 5 }))).toBe(false);
    // Another copy may be newer and know codes that this one does not.
    expect(isContractError(Object.assign(new OtherCopy("x"), { code: "newer" }))).toBe(true);
  });

  it("has a closed list of codes", () => {
    expect(new Set(errorCodes).size).toBe(errorCodes.length);
    expect([...errorCodes]).toEqual([...errorCodes].sort());
    for (const code of errorCodes) expect(code).toMatch(/^[a-z0-9_]+(\.[a-z_]+)?$/);
  });
});
