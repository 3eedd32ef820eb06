import type { MessageType } from "../../../gen/sim/v1/envelope_pb.js";
import type { SimulationState } from "../../../gen/sim/v1/status_pb.js";
import { reportLimit } from "../../contract/base/limits.js";
import { attempt, guarded, type Result } from "../../contract/base/result.js";
import { readOptions } from "../../contract/base/settings.js";
import { Envelope } from "../envelope.js";
import { isFinalState } from "../transitions.js";
import { RecentRuns } from "./recent-runs.js";
import { type RunOrder, RunRecord } from "./run-record.js";
import { judge, type RunJudgement } from "./run-rules.js";

/** Options of {@link createRunTracker}: its bounds. */
export interface RunTrackerOptions {
  /**
   * The most runs that are remembered; then the one that was silent longest is forgotten. Default 1,024;
   * costs about 0.6 KB for each, commands aside.
   */
  readonly maxRuns?: number;
  /**
   * The most commands of one run that are known again when they are repeated, those to pause, resume and
   * stop aside; then the oldest is forgotten. Default 64; costs up to 0.6 KB for each.
   */
  readonly maxCommands?: number;
}

/** The defaults of a tracker's options. */
export const runTrackerDefaults: Readonly<Required<RunTrackerOptions>> = Object.freeze({
  maxRuns: 1024,
  maxCommands: 64,
});

/** What an envelope is to its run, and what is known of the run before and after it. */
export interface RunVerdict extends RunJudgement {
  readonly runId: string;
  readonly messageType: MessageType;
  /** The state of the run; unspecified while no status of it has come. */
  readonly before: SimulationState;
  readonly after: SimulationState;
  /** The run that was forgotten to remember this one. */
  readonly forgotten: string | undefined;
}

/** What is known of a run. */
export interface RunView {
  readonly runId: string;
  /** The newest state; unspecified while no status has come. */
  readonly state: SimulationState;
  /** True when the run is completed or failed. */
  readonly ended: boolean;
  /** The newest simulation time of its data, in seconds. */
  readonly time: number | undefined;
  /** The newest order among those to pause, resume and stop. */
  readonly order: RunOrder | undefined;
}

/** Follows runs by their envelopes. */
export interface RunTracker {
  /** How many runs are remembered. */
  readonly size: number;
  /** How many runs were forgotten so far. */
  readonly forgotten: number;
  /**
   * Judges an envelope. Throws what `Envelope.check` throws; then nothing has changed. It does not look at
   * signals, so that many of them cost no more than few.
   */
  take(envelope: Envelope): RunVerdict;
  safeTake(envelope: Envelope): Result<RunVerdict>;
  /** What is known of a run; undefined for one that is not remembered. */
  get(runId: string): RunView | undefined;
}

/**
 * Makes a tracker, which takes the envelopes of any number of runs in any order, and says of each what it
 * is. Statuses are in the order of their states, and of their timestamps where a run can go either way;
 * data is in the order of `time`; commands in the order of their timestamps, and each has effect once;
 * log lines have no order. It reads no clock. Throws ContractError `config` for an option of the wrong
 * kind. Document: the sim proposal has the messages; their order is Concord's choice.
 *
 *     const tracker = createRunTracker();
 *     const { kind, after } = tracker.take(Envelope.fromJsonText(text));
 *     if (kind === "accepted") show(SimulationState[after]);
 */
export function createRunTracker(options: RunTrackerOptions = runTrackerDefaults): RunTracker {
  const { maxRuns = runTrackerDefaults.maxRuns, maxCommands = runTrackerDefaults.maxCommands } =
    readOptions(Envelope.typeName, options, (own, context) => {
      reportLimit(context, "maxRuns", own.maxRuns);
      reportLimit(context, "maxCommands", own.maxCommands);
    });
  const runs = new RecentRuns();
  let forgotten = 0;

  const remember = (runId: string, run: RunRecord): string | undefined => {
    const isFull = runs.get(runId) === undefined && runs.size + 1 > maxRuns;
    const lost = isFull ? runs.forget() : undefined;
    if (lost !== undefined) forgotten++;
    runs.touch(runId, run);
    return lost;
  };

  const tracker: RunTracker = {
    get size() {
      return runs.size;
    },
    get forgotten() {
      return forgotten;
    },
    take: (envelope) =>
      guarded("check", Envelope.typeName, () => {
        const { runId, messageType, timestamp, payload } = withoutSignals(envelope);
        const { seconds = 0n, nanos = 0 } = timestamp ?? {};
        const run = runs.get(runId) ?? new RunRecord(maxCommands);
        const before = run.state;
        const judged = judge(run, payload, seconds * 1_000_000_000n + BigInt(nanos));
        const lost = remember(runId, run);
        return { ...judged, runId, messageType, before, after: run.state, forgotten: lost };
      }),
    safeTake: (envelope) => attempt(() => tracker.take(envelope)),
    get(runId) {
      const run = runs.get(runId);
      if (run === undefined) return undefined;
      const { state, time, order } = run;
      return { runId, state, ended: isFinalState(state), time, order };
    },
  };
  return tracker;
}

/** The envelope with its rules kept; of data, a copy that has no signals. */
function withoutSignals(envelope: Envelope): Envelope {
  if (!Envelope.is(envelope) || envelope.payload.case !== "dataExchange") {
    return Envelope.check(envelope);
  }
  const { payload } = envelope;
  const value = { ...payload.value, signals: [] };
  return Envelope.check({ ...envelope, payload: { case: payload.case, value } });
}
