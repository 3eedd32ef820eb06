import { describe, expect, it } from "vitest";
import { Envelope, makeStatus, runIdOf, simulationIdOf } from "../../../src/sim/index.js";
import { refusalOf } from "../../support/refusal.js";

describe("the run id of a run that the backend counts", () => {
  it.each([0n, 42n, 2n ** 63n - 1n])("is made of %s and read back", (id) => {
    expect(runIdOf(id)).toBe(`sim_run_${id}`);
    expect(simulationIdOf(runIdOf(id))).toBe(id);
    const envelope = makeStatus(runIdOf(id), { status: "pending" });
    expect(Envelope.safeCheck(envelope).ok).toBe(true);
  });

  it("is made of a number too", () => {
    expect(runIdOf(42)).toBe("sim_run_42");
  });

  it.each([
    [-1, "-1"],
    [-1n, "-1"],
    [2n ** 63n, "9223372036854775808"],
    [2 ** 53, "9007199254740992"],
    [1.5, "1.5"],
    ["42", '"42"'],
    [undefined, "undefined"],
  ])("is not made of %s", (id, shown) => {
    expect(refusalOf(() => Reflect.apply(runIdOf, undefined, [id])).message).toBe(
      `cannot convert sim.v1.Envelope: run_id: expected a whole number from 0 to 9223372036854775807, got ${shown} [range]`,
    );
  });

  it.each([
    "sim_run_xyz_123",
    "sim_run_",
    "sim_run_007",
    "run_1",
    "sim_run_9223372036854775808",
    5,
  ])("is not %s", (runId) => {
    expect(Reflect.apply(simulationIdOf, undefined, [runId])).toBeUndefined();
  });
});
