import { describe, expect, it } from "vitest";
import {
  assertTransition,
  canTransition,
  isFinalState,
  SimulationState,
  SimulationStateSchema,
} from "../../src/sim/index.js";
import { statesBetween } from "../../src/sim/transitions.js";
import { refusalOf } from "../support/refusal.js";

/** Every state in the order of the proto, and a mark for each state that may follow. */
const table: Readonly<Record<string, string>> = {
  UNSPECIFIED: "-------",
  PENDING: "-xx---x",
  INITIALIZING: "--xx--x",
  RUNNING: "---xxxx",
  PAUSED: "---xxxx",
  COMPLETED: "-----x-",
  FAILED: "------x",
};
const states = SimulationStateSchema.values.map(({ number }) => number);

describe("a run", () => {
  it.each(Object.entries(table))("in the state %s goes on as the table says", (name, row) => {
    const from = SimulationStateSchema.values.find(({ localName }) => localName === name);
    const marks = states.map((to) => (canTransition(from?.number ?? -1, to) ? "x" : "-"));
    expect(marks.join("")).toBe(row);
  });

  it("has a row for every state, and none for numbers without a name", () => {
    expect(Object.keys(table)).toEqual(
      SimulationStateSchema.values.map(({ localName }) => localName),
    );
    const strange: number = 7;
    expect(canTransition(strange, strange)).toBe(false);
    expect(canTransition(SimulationState.RUNNING, strange)).toBe(false);
  });

  it("has ended when it is completed or failed", () => {
    expect(states.filter(isFinalState)).toEqual([
      SimulationState.COMPLETED,
      SimulationState.FAILED,
    ]);
  });

  it("is held to the table by who sends", () => {
    for (const from of states) {
      for (const to of states) {
        const hold = () => assertTransition(from, to);
        if (canTransition(from, to)) expect(hold()).toBeUndefined();
        else expect(refusalOf(hold).code).toBe("transition");
      }
    }
  });

  it.each([
    [
      SimulationState.PENDING,
      SimulationState.RUNNING,
      "expected initializing or failed after pending, got running",
    ],
    [
      SimulationState.COMPLETED,
      SimulationState.RUNNING,
      "expected no other state after completed, got running",
    ],
    [SimulationState.PAUSED, 9, "expected running or completed or failed after paused, got 9"],
    [
      SimulationState.UNSPECIFIED,
      SimulationState.PENDING,
      "expected no other state after unspecified, got pending",
    ],
  ])("says what may follow %s instead of %s", (from, to, text) => {
    expect(refusalOf(() => assertTransition(from, to)).message).toBe(
      `cannot accept sim.v1.SimulationStatus: status: ${text} [transition]`,
    );
  });

  it("goes the shortest way through other states, if there is one", () => {
    const { PENDING, INITIALIZING, RUNNING, PAUSED, COMPLETED, FAILED } = SimulationState;
    expect(statesBetween(PENDING, INITIALIZING)).toEqual([]);
    expect(statesBetween(PENDING, PAUSED)).toEqual([INITIALIZING, RUNNING]);
    expect(statesBetween(INITIALIZING, COMPLETED)).toEqual([RUNNING]);
    expect(statesBetween(PENDING, FAILED)).toEqual([]);
    expect(statesBetween(PAUSED, PENDING)).toBeUndefined();
    expect(statesBetween(COMPLETED, FAILED)).toBeUndefined();
    expect(statesBetween(SimulationState.UNSPECIFIED, PENDING)).toBeUndefined();
  });
});
