import { describe, expect, it } from "vitest";
import {
  assertTransition,
  canTransition,
  checkSeedGate,
  nextStages,
  SeedLifecycleGate,
  SeedLifecycleGateSchema,
  SeedLifecycleStage,
  SeedLifecycleStageSchema,
  seedGateOf,
} from "../../src/leyline/index.js";

const stages = SeedLifecycleStageSchema.values.map(({ number }) => number);

/** The number of a stage by its short name. */
function stage(name: string): number {
  const full = `SEED_STAGE_${name}`;
  const value = SeedLifecycleStageSchema.values.find((candidate) => candidate.name === full);
  if (value === undefined) throw new Error(`there is no stage ${full}`);
  return value.number;
}

describe("a transition", () => {
  it("is allowed to the stages that nextStages lists", () => {
    for (const from of stages) {
      expect(nextStages(from)).toEqual(stages.filter((to) => canTransition(from, to)));
      expect(Object.isFrozen(nextStages(from))).toBe(true);
    }
    expect(nextStages(Number("99"))).toEqual([]);
  });

  it("passes if it is allowed, and throws otherwise", () => {
    for (const from of stages) {
      for (const to of stages) {
        const transition = () => assertTransition(from, to);
        if (canTransition(from, to)) expect(transition).not.toThrow();
        else expect(transition).toThrow("[transition]");
      }
    }
  });

  it.each([
    ["CULLED", "DORMANT", "SEED_STAGE_EMBARGOED after SEED_STAGE_CULLED"],
    ["TRAINING", "TRAINING", "SEED_STAGE_BLENDING or SEED_STAGE_CULLED after SEED_STAGE_TRAINING"],
    ["TERMINATED", "DORMANT", "no stage after SEED_STAGE_TERMINATED"],
  ])("from %s to %s names the allowed stages", (from, to, expected) => {
    expect(() => assertTransition(stage(from), stage(to))).toThrow(
      `cannot accept esper.leyline.v1.SeedState: stage: expected ${expected}, got "SEED_STAGE_${to}" [transition]`,
    );
  });

  it("of numbers without a name is refused by number", () => {
    expect(() => assertTransition(Number("12"), Number("13"))).toThrow(
      "cannot accept esper.leyline.v1.SeedState: stage: expected no stage after 12, got 13 [transition]",
    );
  });
});

describe("a gate", () => {
  const table = {
    "DORMANT GERMINATED": "SEED_GATE_G0_SANITY",
    "GERMINATED TRAINING": "SEED_GATE_G1_GRADIENT_HEALTH",
    "TRAINING BLENDING": "SEED_GATE_G2_STABILITY",
    "BLENDING SHADOWING": "SEED_GATE_G3_INTERFACE",
    "SHADOWING PROBATIONARY": "SEED_GATE_G4_SYSTEM_IMPACT",
    "RESETTING DORMANT": "SEED_GATE_G5_RESET",
  };

  it("is where the table says, and nowhere else", () => {
    const found: Record<string, string> = {};
    for (const from of stages) {
      for (const to of stages) {
        const gate = seedGateOf(from, to);
        if (gate === undefined) continue;
        const names = [from, to].map((each) =>
          SeedLifecycleStage[each]?.replace("SEED_STAGE_", ""),
        );
        found[names.join(" ")] = SeedLifecycleGate[gate];
      }
    }
    expect(found).toEqual(table);
    const named = SeedLifecycleGateSchema.values.slice(1).map(({ name }) => name);
    expect(Object.values(table)).toEqual(named);
  });

  it.each([
    [{ blueprintId: "BP-1", parameters: { alpha: 0.35 } }, []],
    [
      { blueprintId: "", parameters: { alpha: Number.NaN } },
      ["missing_blueprint_id", "nan_parameter"],
    ],
  ])("G0 asks for a blueprint and numbers: %j", (facts, failures) => {
    expect(checkSeedGate(SeedLifecycleGate.SEED_GATE_G0_SANITY, facts)).toEqual(failures);
  });

  it.each([
    [{ kernelAttached: true, isolationViolations: 0 }, []],
    [{ kernelAttached: false, isolationViolations: 1 }, ["no_kernel", "isolation_violation"]],
    [{ kernelAttached: true, isolationViolations: Number.NaN }, ["isolation_violation"]],
  ])("G1 asks for a kernel that keeps to itself: %j", (facts, failures) => {
    expect(checkSeedGate(SeedLifecycleGate.SEED_GATE_G1_GRADIENT_HEALTH, facts)).toEqual(failures);
  });

  it.each([
    [{ latencyMs: 18, budgetMs: 18 }, []],
    [{ latencyMs: 18.1, budgetMs: 18 }, ["latency_over_budget"]],
    [{ latencyMs: Number.NaN, budgetMs: 18 }, ["latency_over_budget"]],
  ])("G2 asks for the latency: %j", (facts, failures) => {
    expect(checkSeedGate(SeedLifecycleGate.SEED_GATE_G2_STABILITY, facts)).toEqual(failures);
  });

  it.each([
    [{ hostRegistered: true, interfaceFits: true, meshLayers: ["model.layer4"] }, []],
    [{ hostRegistered: true, interfaceFits: true, meshLayers: [] }, []],
    [
      { hostRegistered: false, interfaceFits: false, meshLayers: undefined },
      ["host_not_registered", "interface_mismatch", "missing_mesh_layers"],
    ],
  ])("G3 asks for a host with its layers: %j", (facts, failures) => {
    expect(checkSeedGate(SeedLifecycleGate.SEED_GATE_G3_INTERFACE, facts)).toEqual(failures);
  });

  it.each([
    [{ status: "nominal", isolationViolations: 0, fallbackKernel: false }, []],
    [{ status: "healthy", isolationViolations: 0, fallbackKernel: false }, []],
    [
      { status: "degraded", isolationViolations: 2, fallbackKernel: true },
      ["not_healthy", "isolation_violation", "fallback_kernel"],
    ],
  ])("G4 asks for health: %j", (facts, failures) => {
    expect(checkSeedGate(SeedLifecycleGate.SEED_GATE_G4_SYSTEM_IMPACT, facts)).toEqual(failures);
  });

  it.each([
    [true, []],
    [false, ["state_not_clean"]],
  ])("G5 asks for a clean state: %j", (clean, failures) => {
    expect(checkSeedGate(SeedLifecycleGate.SEED_GATE_G5_RESET, { clean })).toEqual(failures);
  });

  it("without a name lets no seed pass", () => {
    expect(checkSeedGate(SeedLifecycleGate.SEED_GATE_UNKNOWN, {})).toEqual(["unknown_gate"]);
    const strange: SeedLifecycleGate = Number("7");
    expect(Reflect.apply(checkSeedGate, undefined, [strange, {}])).toEqual(["unknown_gate"]);
  });

  it("refuses facts that cannot be read", () => {
    const gate = SeedLifecycleGate.SEED_GATE_G5_RESET;
    expect(() => Reflect.apply(checkSeedGate, undefined, [gate, null])).toThrow(
      "cannot accept esper.leyline.v1.SeedState: reading the value threw an error [input.unreadable]",
    );
  });
});
