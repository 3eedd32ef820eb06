import { describe, expect, it } from "vitest";
import {
  canTransition,
  InjectedEvent,
  isKnownCommand,
  SimulationState,
  SimulationStateSchema,
  stateAfter,
} from "../../src/sim/index.js";
import { refusalOf } from "../support/refusal.js";

/** The state after each command, for every state in the order of the proto. */
const table = {
  pause: ["-", "-", "-", "PAUSED", "PAUSED", "-", "-"],
  resume: ["-", "-", "-", "RUNNING", "RUNNING", "-", "-"],
  stop: ["-", "-", "-", "COMPLETED", "COMPLETED", "COMPLETED", "FAILED"],
  inject_event: ["-", "-", "-", "RUNNING", "PAUSED", "-", "-"],
};
const states = SimulationStateSchema.values.map(({ number }) => number);

describe("the commands of the document", () => {
  it.each(Object.entries(table))("%s leads to the states of the table", (command, row) => {
    if (!isKnownCommand(command)) throw new Error(`${command} is not known`);
    const after = states.map((state) => stateAfter(state, command));
    expect(after.map((state) => (state === undefined ? "-" : SimulationState[state]))).toEqual(row);
    for (const [index, state] of after.entries()) {
      if (state !== undefined) expect(canTransition(states[index] ?? 0, state)).toBe(true);
    }
  });

  it("have the same effect twice as once", () => {
    for (const command of ["pause", "resume", "stop", "inject_event"] as const) {
      for (const state of states) {
        const once = stateAfter(state, command);
        if (once !== undefined) expect(stateAfter(once, command)).toBe(once);
      }
    }
  });

  it.each(["step", "toString", "__proto__", "", 1])("are not %s", (command) => {
    expect(Reflect.apply(isKnownCommand, undefined, [command])).toBe(false);
    expect(
      Reflect.apply(stateAfter, undefined, [SimulationState.RUNNING, command]),
    ).toBeUndefined();
  });
});

describe("an injected event", () => {
  const action = { target: "motor_1.params.load", operation: "set", value: 12 };

  it.each([
    { id: "e1", action },
    { id: "e1", action: { ...action, value: null } },
    { id: "e1", action, trigger: { type: "time", value: 5 } },
    { id: "e".repeat(256), action, trigger: { type: "state", value: { speed: [1] } } },
  ])("is read as it is written: %j", (event) => {
    expect(InjectedEvent.fromJson(event)).toEqual(event);
    expect(InjectedEvent.check(event)).toEqual(event);
  });

  it.each([
    [{ action }, "id: this key is required [required]"],
    [{ id: "", action }, 'id: expected a non-empty string, got "" [length]'],
    [
      { id: "e".repeat(257), action },
      `id: expected at most 256 characters, got "${"e".repeat(75)}"... [length]`,
    ],
    [{ id: "e1" }, "action: this key is required [required]"],
    [
      { id: "e1", action: { ...action, target: "load" } },
      'action.target: expected a dotted path such as motor_1.params.load, got "load" [format]',
    ],
    [
      { id: "e1", action: { ...action, operation: "add" } },
      'action.operation: expected one of "set", got "add" [format]',
    ],
    [
      { id: "e1", action: { target: "a.b", operation: "set" } },
      "action.value: this key is required [required]",
    ],
    [
      { id: "e1", action, trigger: { type: "never", value: 1 } },
      'trigger.type: expected one of "time", "state", got "never" [format]',
    ],
    [
      { id: "e1", action, trigger: { type: "time", value: -1 } },
      "trigger.value: must be a number of at least 0 when the type is time [range]",
    ],
    [
      { id: "e1", action, trigger: { type: "time", value: "5" } },
      "trigger.value: must be a number of at least 0 when the type is time [range]",
    ],
  ])("is refused: %j", (event, text) => {
    expect(refusalOf(() => InjectedEvent.fromJson(event)).message).toBe(
      `cannot decode sim.InjectedEvent from JSON: ${text}`,
    );
  });
});
