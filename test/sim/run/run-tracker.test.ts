import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  createRunTracker,
  Envelope,
  MessageType,
  makeCommand,
  makeData,
  makeLog,
  makeStatus,
  type RunTracker,
  type RunVerdict,
  runTrackerDefaults,
  SimulationState,
} from "../../../src/sim/index.js";
import { refusalOf } from "../../support/refusal.js";

const names = ["pending", "initializing", "running", "paused", "completed", "failed"] as const;
type Name = (typeof names)[number];

const at = (millis: number) => ({ now: () => millis });
const cause = { code: "E", message: "m" };

function status(name: Name, millis: number, runId = "r"): Envelope {
  if (name === "failed") return makeStatus(runId, { status: name, error_info: cause }, at(millis));
  return makeStatus(runId, { status: name }, at(millis));
}

const data = (time: number, millis: number) => makeData("r", { time, signals: [] }, at(millis));
const order = (name: "pause" | "resume" | "stop", millis: number) =>
  makeCommand("r", name, {}, at(millis));
const inject = (id: string, millis: number) => {
  const action = { target: "a.b", operation: "set", value: 1 };
  return makeCommand("r", "inject_event", { id, action }, at(millis));
};

/** A short summary of a verdict: its kind, and the other keys that are set. */
function wordOf({ kind, clockBackwards, skipped }: RunVerdict): string {
  const notes = [clockBackwards ? ", clock" : "", skipped.length > 0 ? ", skipped" : ""];
  return `${kind}${notes.join("")}`;
}

function summaryOf(envelopes: readonly Envelope[], tracker = createRunTracker()): string[] {
  return envelopes.map((envelope) => wordOf(tracker.take(envelope)));
}

/** A tracker whose run reached a state at the time 1,000. */
function trackerIn(name: Name): RunTracker {
  const tracker = createRunTracker();
  tracker.take(status(name, 1000));
  return tracker;
}

/** The state table of the page about sim, for statuses with one timestamp. */
function tableAt(millis: number): string {
  const head = ["run \\ status", ...names];
  const rows = names.map((before) => [
    before,
    ...names.map((name) => wordOf(trackerIn(before).take(status(name, millis)))),
  ]);
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const rule = widths.map((width) => "-".repeat(width));
  return [line(head), line(rule), ...rows.map(line)].join("\n");
}

describe("a tracker's judgement on a status", () => {
  const page = readFileSync(new URL("../../../docs/sim.md", import.meta.url), "utf8");

  it.each([
    ["newer", 2000],
    ["older", 500],
  ])("is the one of the page's table when it is %s", (_, millis) => {
    expect(page).toContain(tableAt(millis));
  });

  it("lists skipped states, and never goes back", () => {
    const tracker = createRunTracker();
    tracker.take(status("pending", 1));
    expect(tracker.take(status("paused", 3))).toEqual({
      runId: "r",
      messageType: MessageType.SIMULATION_STATUS,
      kind: "accepted",
      clockBackwards: false,
      skipped: [SimulationState.INITIALIZING, SimulationState.RUNNING],
      before: SimulationState.PENDING,
      after: SimulationState.PAUSED,
      forgotten: undefined,
    });
    expect(tracker.take(status("initializing", 2))).toMatchObject({
      kind: "late",
      before: SimulationState.PAUSED,
      after: SimulationState.PAUSED,
    });
  });

  it("begins with whichever comes first", () => {
    for (const name of names) {
      const verdict = createRunTracker().take(status(name, 1));
      expect(verdict).toMatchObject({ kind: "accepted", skipped: [], clockBackwards: false });
      expect(verdict.before).toBe(SimulationState.UNSPECIFIED);
      expect(SimulationState[verdict.after]).toBe(name.toUpperCase());
    }
  });

  it("detects duplicates of accepted statuses, even after newer ones", () => {
    const run = [status("pending", 5), status("initializing", 3), status("running", 4)];
    expect(summaryOf([...run, ...run])).toEqual([
      "accepted",
      "accepted, clock",
      "accepted",
      "repeated",
      "repeated",
      "repeated",
    ]);
  });

  it("accepts progress in the order of timestamps", () => {
    const run = [10, 12, 11, 12, 13].map((millis) => status("running", millis));
    expect(summaryOf(run)).toEqual(["accepted", "accepted", "late", "repeated", "accepted"]);
    const ended = [10, 12, 11].map((millis) => status("completed", millis));
    expect(summaryOf(ended)).toEqual(["accepted", "accepted", "late"]);
  });

  it("accepts statuses with one timestamp in any order, if a run can go either way", () => {
    const run = [status("running", 1), status("paused", 1), status("pending", 1)];
    expect(summaryOf(run)).toEqual(["accepted", "accepted", "late"]);
    expect(summaryOf([status("completed", 1), status("failed", 1)])).toEqual(["accepted", "late"]);
  });

  it("does not allow a state without a name", () => {
    const nameless: number = 9;
    const strange = Envelope.clone(status("running", 1));
    if (strange.payload.case === "simulationStatus") strange.payload.value.status = nameless;
    const tracker = createRunTracker();
    expect(tracker.take(strange)).toMatchObject({ kind: "not_allowed", after: 0 });
    expect(tracker.get("r")?.state).toBe(SimulationState.UNSPECIFIED);
  });
});

describe("a tracker's judgement on data", () => {
  it("depends on the simulation time, which may repeat", () => {
    const steps = [data(1, 10), data(1, 10), data(2, 20), data(1.5, 30), data(2, 15), data(3, 40)];
    expect(summaryOf(steps)).toEqual([
      "accepted",
      "accepted",
      "accepted",
      "late",
      "accepted, clock",
      "accepted",
    ]);
  });

  it("distinguishes by timestamp what was made after the end from what arrives after it", () => {
    const run = [data(1, 10), status("completed", 20), data(2, 20), data(3, 21), data(2.5, 19)];
    expect(summaryOf(run)).toEqual([
      "accepted",
      "accepted",
      "accepted",
      "after_end",
      "accepted, clock",
    ]);
  });

  it("does not check signals, and refuses an invalid step", () => {
    const step = makeData("r", { time: 1, signals: [] }, at(1));
    const tracker = createRunTracker();
    expect(refusalOf(() => tracker.take({ ...step, runId: "a.b" })).path).toBe("run_id");
    if (step.payload.case === "dataExchange") step.payload.value.time = Number.NaN;
    expect(refusalOf(() => tracker.take(step)).message).toBe(
      "cannot accept sim.v1.Envelope: payload.time: expected a finite number, got NaN [float.not_finite]",
    );
    expect(tracker.size).toBe(0);
  });
});

describe("a tracker's judgement on commands and log lines", () => {
  it.each([
    ["pausing twice", [order("pause", 1), order("pause", 2)], ["accepted", "repeated"]],
    [
      "a pause before the newest one",
      [order("pause", 1), order("pause", 5), order("resume", 3)],
      ["accepted", "repeated", "late"],
    ],
    [
      "pausing, resuming and pausing again",
      [order("pause", 1), order("resume", 2), order("pause", 3), order("resume", 2)],
      ["accepted", "accepted", "accepted", "late"],
    ],
    [
      "a stop that is older than the last order",
      [order("pause", 5), order("stop", 3), order("stop", 3)],
      ["accepted", "accepted, clock", "repeated"],
    ],
    [
      "orders after a stop",
      [order("stop", 5), order("resume", 6), order("pause", 4), inject("e", 6), inject("e", 4)],
      ["accepted", "after_end", "late", "after_end", "accepted, clock"],
    ],
    [
      "events, each once",
      [inject("e1", 1), inject("e2", 1), inject("e1", 9), inject("e3", 0)],
      ["accepted", "accepted", "repeated", "accepted, clock"],
    ],
    [
      "commands that the document does not name, by name and moment",
      [
        makeCommand("r", "step", { id: "e" }, at(1)),
        makeCommand("r", "step", { id: "e" }, at(1)),
        makeCommand("r", "step", { id: "e" }, at(2)),
        makeCommand("r", "reset", {}, at(2)),
      ],
      ["accepted", "repeated", "accepted", "accepted"],
    ],
    [
      "commands after the end",
      [status("failed", 5), order("pause", 6), inject("e", 6), order("pause", 5)],
      ["accepted", "after_end", "after_end", "accepted"],
    ],
  ])("finds %s", (_, envelopes, words) => {
    expect(summaryOf(envelopes)).toEqual(words);
  });

  it("identifies an event without a usable id by its timestamp", () => {
    const strange = (id: unknown) => {
      const parameters = id === undefined ? {} : { id };
      const head = {
        timestamp: "2024-07-15T10:00:00Z",
        run_id: "r",
        message_type: "control_command",
      };
      return Envelope.fromJson({ ...head, payload: { command: "inject_event", parameters } });
    };
    for (const id of [undefined, 5, "e".repeat(257)]) {
      expect(summaryOf([strange(id), strange(id)])).toEqual(["accepted", "repeated"]);
    }
    const bare = strange(undefined);
    if (bare.payload.case === "controlCommand") delete bare.payload.value.parameters;
    expect(summaryOf([bare, bare])).toEqual(["accepted", "repeated"]);
  });

  it("accepts every log line", () => {
    const line = (millis: number) => makeLog("r", { level: "INFO", message: "" }, at(millis));
    const run = [line(5), line(3), status("completed", 4), line(9), line(9)];
    expect(summaryOf(run)).toEqual(Array(5).fill("accepted"));
  });
});

describe("a tracker", () => {
  it("shows what it knows of a run", () => {
    const tracker = createRunTracker();
    expect(tracker.get("r")).toBeUndefined();
    tracker.take(data(2.5, 1));
    const unknown = { state: SimulationState.UNSPECIFIED, ended: false };
    expect(tracker.get("r")).toEqual({ runId: "r", time: 2.5, order: undefined, ...unknown });
    tracker.take(order("stop", 2));
    tracker.take(status("completed", 3));
    expect(tracker.get("r")).toEqual({
      runId: "r",
      state: SimulationState.COMPLETED,
      ended: true,
      time: 2.5,
      order: "stop",
    });
  });

  it("forgets the least recent run, and reports it", () => {
    const tracker = createRunTracker({ maxRuns: 2 });
    const forgottenBy = (runId: string) => tracker.take(status("running", 1, runId)).forgotten;
    expect(["a", "b", "a", "c", "a", "d"].map(forgottenBy)).toEqual([
      undefined,
      undefined,
      undefined,
      "b",
      undefined,
      "c",
    ]);
    expect([tracker.size, tracker.forgotten]).toEqual([2, 2]);
    expect(["a", "b", "c", "d"].filter((runId) => tracker.get(runId) !== undefined)).toEqual([
      "a",
      "d",
    ]);
  });

  it("remembers at least one run", () => {
    const tracker = createRunTracker({ maxRuns: 1, maxCommands: 1 });
    expect(summaryOf([inject("e1", 1), inject("e2", 1), inject("e1", 1)], tracker)).toEqual([
      "accepted",
      "accepted",
      "accepted",
    ]);
    tracker.take(status("running", 1, "other"));
    expect(tracker.size).toBe(1);
  });

  it("remembers up to maxCommands commands", () => {
    const tracker = createRunTracker({ maxCommands: 2 });
    const ids = ["e1", "e2", "e1", "e3", "e2", "e1"];
    expect(
      summaryOf(
        ids.map((id) => inject(id, 1)),
        tracker,
      ),
    ).toEqual(["accepted", "accepted", "repeated", "accepted", "repeated", "accepted"]);
  });

  it("has documented limits", () => {
    expect(runTrackerDefaults).toEqual({ maxRuns: 1024, maxCommands: 64 });
    expect(Object.isFrozen(runTrackerDefaults)).toBe(true);
  });

  it.each([
    [
      { maxRuns: 0 },
      "cannot configure sim.v1.Envelope: maxRuns: expected a whole number of at least 1, or Infinity, got 0 [config]",
    ],
    [
      { maxRuns: "9", maxCommands: Number.NaN },
      'cannot configure sim.v1.Envelope: maxRuns: expected a whole number of at least 1, or Infinity, got "9" [config] (and 1 more issue)',
    ],
    [null, "cannot configure sim.v1.Envelope: expected an object, got null [config]"],
  ])("refuses the options %j", (options, text) => {
    const make = () => Reflect.apply(createRunTracker, undefined, [options]);
    expect(refusalOf(make).message).toBe(text);
  });

  it("refuses an invalid envelope, and does not change", () => {
    const tracker = createRunTracker();
    const hostile = new Proxy(status("running", 1), {
      get: (envelope, key) => {
        if (key === "payload") throw new Error("no");
        return Reflect.get(envelope, key);
      },
    });
    const take = (value: unknown) => Reflect.apply(tracker.safeTake, undefined, [value]);
    for (const value of [undefined, null, 5, {}, Envelope.create(), hostile]) {
      expect(take(value)).toMatchObject({ ok: false, error: { name: "ContractError" } });
    }
    expect(refusalOf(() => Reflect.apply(tracker.take, undefined, [hostile])).code).toBe(
      "input.unreadable",
    );
    expect(tracker.size).toBe(0);
    expect(take(status("running", 1))).toMatchObject({ ok: true, value: { kind: "accepted" } });
  });
});
