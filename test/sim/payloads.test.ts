import { describe, expect, it } from "vitest";
import {
  ControlCommand,
  DataExchange,
  ErrorInfo,
  Signal,
  SimulationState,
  SimulationStatus,
} from "../../src/sim/index.js";

describe("sim payloads", () => {
  it("always write every key of the proposal", () => {
    const state = SimulationStatus.create({ status: SimulationState.PENDING });
    expect(SimulationStatus.toJson(state)).toEqual({
      status: "pending",
      details: "",
      error_info: null,
    });
    expect(ControlCommand.toJson(ControlCommand.create({ command: "stop" }))).toEqual({
      command: "stop",
      parameters: {},
    });
    expect(DataExchange.toJson(DataExchange.create())).toEqual({ time: 0, signals: [] });
  });

  it("carry every kind of signal value", () => {
    const values = [1498.5, -0, true, "idle", "", null, [1, 2.5], []];
    const signals = values.map((value, index) => ({
      source_component: "c",
      source_port: `p${index}`,
      value,
    }));
    const message = DataExchange.fromJson({ time: 2, signals });
    const again = DataExchange.decode(DataExchange.encode(message));
    expect(DataExchange.toJson(again).signals.map(({ value }) => value)).toEqual([
      1498.5,
      0,
      true,
      "idle",
      "",
      null,
      [1, 2.5],
      [],
    ]);
  });

  it("have no negative zero on either side", () => {
    const zeros = (value: number | number[]): unknown[] => {
      const json = { source_component: "c", source_port: "p", value };
      const read = Signal.fromJson(json).value;
      return [read.case === "listValue" ? read.value.values[0] : read.value];
    };
    expect([...zeros(-0), ...zeros([-0])]).toEqual([0, 0]);
    const port = { sourceComponent: "c", sourcePort: "p" };
    const written = [
      Signal.create({ ...port, value: { case: "numberValue", value: -0 } }),
      Signal.create({ ...port, value: { case: "listValue", value: { values: [-0] } } }),
    ].map((signal) => Signal.toJson(signal).value);
    expect(written).toEqual([0, [0]]);
  });

  it("report every invalid value among signals", () => {
    const values = [Number.NaN, [Number.NaN], {}, undefined];
    const signals = values.map((value, index) => ({
      source_component: "c",
      source_port: `p${index}`,
      value,
    }));
    const result = DataExchange.safeFromJson({ time: 2, signals });
    expect(result.ok ? [] : result.error.issues.map(({ path, rule }) => `${path} ${rule}`)).toEqual(
      [
        "signals[0].value float.not_finite",
        "signals[1].value[0] type",
        "signals[2].value type",
        "signals[3].value required",
      ],
    );
  });

  it("require a value in every signal", () => {
    const signal = Signal.create({ sourceComponent: "c", sourcePort: "p" });
    expect(() => Signal.encode(signal)).toThrow(
      "cannot encode sim.v1.Signal: value: a value is required [required]",
    );
  });

  it("name a port with two values in at most 80 characters", () => {
    const port = { sourceComponent: "c".repeat(100), sourcePort: "p" };
    const signal = Signal.create({ ...port, value: { case: "boolValue", value: true } });
    const message = DataExchange.create({ signals: [signal, signal] });
    expect(() => DataExchange.encode(message)).toThrow(
      `cannot encode sim.v1.DataExchange: signals[1]: a second value for the port ${"c".repeat(80)} [rule]`,
    );
  });

  it.each([
    [
      { code: "diverged" },
      'code: expected an upper-case code such as SOLVER_DIVERGED, got "diverged" [format]',
    ],
    [
      { code: "x SOLVER" },
      'code: expected an upper-case code such as SOLVER_DIVERGED, got "x SOLVER" [format]',
    ],
    [
      { code: "SOLVER x" },
      'code: expected an upper-case code such as SOLVER_DIVERGED, got "SOLVER x" [format]',
    ],
    [{ message: "" }, 'message: expected a non-empty string, got "" [length]'],
    [{ time: -1 }, "time: expected a number of at least 0, got -1 [range]"],
  ])("refuse a cause with %j", (wrong, text) => {
    const result = ErrorInfo.safeFromJson({ code: "E1", message: "m", ...wrong });
    expect(result.ok ? "nothing was refused" : result.error.message).toBe(
      `cannot decode sim.v1.ErrorInfo from JSON: ${text}`,
    );
  });

  it("accept a failed run with and without a cause", () => {
    const failed = { status: "failed", details: "diverged", error_info: null };
    expect(SimulationStatus.toJson(SimulationStatus.fromJson(failed))).toEqual(failed);
    const cause = {
      ...failed,
      error_info: { code: "SOLVER_DIVERGED", message: "step 7", time: 3.5 },
    };
    expect(SimulationStatus.toJson(SimulationStatus.fromJson(cause))).toEqual(cause);
  });

  it("keep nested parameters, __proto__ and depth included", () => {
    const parameters = JSON.parse('{"id":"e1","action":{"value":[1,{"__proto__":2}]}}');
    const message = ControlCommand.fromJson({ command: "inject_event", parameters });
    const again = ControlCommand.decode(ControlCommand.encode(message));
    expect(JSON.stringify(ControlCommand.toJson(again).parameters)).toBe(
      JSON.stringify(parameters),
    );
    let deep: unknown = {};
    for (let depth = 0; depth < 200; depth++) deep = { a: deep };
    const result = ControlCommand.safeFromJson({ command: "x", parameters: deep });
    expect(result.ok ? "" : result.error.code).toBe("input.depth");
  });
});
