import { describe, expect, it } from "vitest";
import { canTransition, SimulationState, SimulationStateSchema } from "../../src/sim/index.js";

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
});
