import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  createRunTracker,
  type Envelope,
  makeCommand,
  makeData,
  makeLog,
  makeStatus,
  type SimulationState,
} from "../../../src/sim/index.js";
import { isFinalState, isRunState, statesBetween } from "../../../src/sim/transitions.js";

type Name = "pending" | "initializing" | "running" | "paused" | "completed" | "failed";

/** A run as it is told: some runs fail early, some pause and go on, each reports progress. */
const runs: fc.Arbitrary<Name[]> = fc
  .record({
    progress: fc.array(fc.nat(2), { minLength: 3, maxLength: 3 }),
    middle: fc.array(fc.constantFrom<Name[]>("running", "paused"), { maxLength: 8 }),
    end: fc.constantFrom<Name[]>("completed", "failed"),
    ended: fc.boolean(),
    failsAfter: fc.option(fc.integer({ min: 1, max: 2 }), { nil: undefined }),
  })
  .map(({ progress, middle, end, ended, failsAfter }) => {
    const start: Name[] = ["pending", "initializing", "running"];
    if (failsAfter !== undefined) return [...start.slice(0, failsAfter), "failed"];
    const told = start.flatMap((name, index) =>
      Array.from({ length: 1 + (progress[index] ?? 0) }, () => name),
    );
    return [...told, ...middle, ...(ended ? [end] : [])];
  });

/** A run, and an order in which its statuses arrive, some of them more than once. */
const arrivals = runs.chain((names) =>
  fc.record({
    names: fc.constant(names),
    order: fc.array(fc.nat(names.length - 1), { maxLength: 10 }).chain((again) => {
      const all = [...names.keys(), ...again];
      return fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length });
    }),
  }),
);

function statusOf(name: Name, millis: number, runId: string): Envelope {
  const error_info = { code: "E", message: "m" };
  const input = name === "failed" ? { status: name, error_info } : { status: name };
  return makeStatus(runId, input, { now: () => millis });
}

function stateOf({ payload }: Envelope): SimulationState {
  return payload.case === "simulationStatus" ? payload.value.status : 0;
}

describe("whatever order the statuses of a run arrive in", () => {
  it("the tracker's state is that of the last one sent among those that came", () => {
    fc.assert(
      fc.property(arrivals, ({ names, order }) => {
        const sent = names.map((name, index) => statusOf(name, index, "r"));
        const tracker = createRunTracker();
        let newest = 0;
        for (const index of order) {
          const envelope = sent[index];
          if (envelope === undefined) continue;
          newest = Math.max(newest, index);
          const { after } = tracker.take(envelope);
          expect(after).toBe(tracker.get("r")?.state);
          const last = sent[newest];
          expect(after).toBe(last === undefined ? undefined : stateOf(last));
        }
      }),
      { seed: 23, numRuns: 500 },
    );
  });

  it("no status is told of a run that is later than all that came, whatever the clocks say", () => {
    fc.assert(
      fc.property(
        arrivals,
        fc.array(fc.nat(5), { minLength: 40, maxLength: 40 }),
        ({ names, order }, clocks) => {
          const sent = names.map((name, index) => statusOf(name, clocks[index] ?? 0, "r"));
          const tracker = createRunTracker();
          const came = new Set<SimulationState>();
          for (const index of order) {
            const envelope = sent[index];
            if (envelope === undefined) continue;
            came.add(stateOf(envelope));
            const { before, after, kind } = tracker.take(envelope);
            expect(came.has(after)).toBe(true);
            if (kind !== "accepted") expect(after).toBe(before);
            // A run goes back only from running to paused, and the other way.
            if (isRunState(before) && before !== after) {
              expect(statesBetween(before, after)).toBeDefined();
            }
            if (isFinalState(before)) expect(after).toBe(before);
          }
          // Once all came, clocks or not, a run that ended has ended.
          const last = sent.at(-1);
          if (last !== undefined && isFinalState(stateOf(last))) {
            expect(tracker.get("r")?.state).toBe(stateOf(last));
          }
        },
      ),
      { seed: 29, numRuns: 500 },
    );
  });

  it("taking all of it a second time changes nothing", () => {
    fc.assert(
      fc.property(arrivals, ({ names, order }) => {
        const sent = names.map((name, index) => statusOf(name, index, "r"));
        const tracker = createRunTracker();
        for (const envelope of order.flatMap((index) => sent[index] ?? [])) tracker.take(envelope);
        const state = tracker.get("r")?.state;
        for (const envelope of sent) {
          const { kind, after } = tracker.take(envelope);
          expect(["repeated", "late"]).toContain(kind);
          expect(after).toBe(state);
        }
      }),
      { seed: 31, numRuns: 200 },
    );
  });
});

const envelopes: fc.Arbitrary<Envelope> = fc
  .record({
    runId: fc.nat(40).map((number) => `run_${number}`),
    millis: fc.nat(20),
    kind: fc.nat(7),
    time: fc.nat(5),
  })
  .map(({ runId, millis, kind, time }) => {
    const options = { now: () => millis };
    const action = { target: "a.b", operation: "set", value: time };
    switch (kind) {
      case 0:
        return makeData(runId, { time, signals: [] }, options);
      case 1:
        return makeLog(runId, { level: "INFO", message: "" }, options);
      case 2:
        return makeCommand(runId, "inject_event", { id: `e${time}`, action }, options);
      case 3:
        return makeCommand(runId, time > 2 ? "pause" : "resume", {}, options);
      case 4:
        return makeCommand(runId, time > 4 ? "stop" : "step", {}, options);
      case 5:
        return statusOf("running", millis, runId);
      case 6:
        return statusOf("paused", millis, runId);
      default:
        return statusOf("completed", millis, runId);
    }
  });

describe("whatever comes", () => {
  it("the tracker remembers no more runs than it may, those that came last, and counts the others", () => {
    const bounds = fc.integer({ min: 1, max: 8 });
    fc.assert(
      fc.property(fc.array(envelopes, { maxLength: 120 }), bounds, (all, maxRuns) => {
        const tracker = createRunTracker({ maxRuns, maxCommands: 2 });
        let recent: string[] = [];
        let forgotten = 0;
        for (const envelope of all) {
          const { runId } = envelope;
          const verdict = tracker.take(envelope);
          recent = [...recent.filter((other) => other !== runId), runId];
          const lost = recent.length > maxRuns ? recent.shift() : undefined;
          if (lost !== undefined) forgotten++;
          expect(verdict.forgotten).toBe(lost);
          expect(tracker.size).toBe(recent.length);
          expect(tracker.forgotten).toBe(forgotten);
        }
        for (let number = 0; number <= 40; number++) {
          const runId = `run_${number}`;
          expect(tracker.get(runId) !== undefined).toBe(recent.includes(runId));
        }
      }),
      { seed: 37, numRuns: 100 },
    );
  });
});
