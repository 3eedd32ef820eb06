import type { MessageType } from "../../../gen/sim/v1/envelope_pb.js";
import type { SimulationState } from "../../../gen/sim/v1/status_pb.js";
import { reportLimit } from "../../contract/base/limits.js";
import { isObject } from "../../contract/base/plain-data.js";
import { RecentEntries } from "../../contract/base/recent.js";
import { attempt, guarded, type Result } from "../../contract/base/result.js";
import { readOptions } from "../../contract/base/settings.js";
import { Envelope } from "../envelope.js";
import { isFinalState } from "../transitions.js";
import { type RunOrder, RunRecord } from "./run-record.js";
import { judge, type RunJudgement } from "./run-rules.js";

/** Options of {@link createRunTracker}. */
export interface RunTrackerOptions {
  /**
   * Maximum number of runs that are remembered; beyond it the least recent run is forgotten. Default 1,024;
   * each takes about 0.6 KB, plus its commands.
   */
  readonly maxRuns?: number;
  /**
   * Maximum number of commands of one run that are remembered to detect duplicates; pause, resume and stop do
   * not count. Beyond it the oldest is forgotten. Default 64; each takes up to 0.6 KB.
   */
  readonly maxCommands?: number;
}

/** The defaults of {@link RunTrackerOptions}. */
export const runTrackerDefaults: Readonly<Required<RunTrackerOptions>> = Object.freeze({
  maxRuns: 1024,
  maxCommands: 64,
});

/** The judgement of an envelope, and the state of its run before and after it. */
export interface RunVerdict extends RunJudgement {
  readonly runId: string;
  readonly messageType: MessageType;
  /** The state of the run; unspecified before its first status. */
  readonly before: SimulationState;
  readonly after: SimulationState;
  /** The run that was forgotten to make room for this one. */
  readonly forgotten: string | undefined;
}

/** What is known of a run. */
export interface RunView {
  readonly runId: string;
  /** The newest state; unspecified before the first status. */
  readonly state: SimulationState;
  /** Whether the run is completed or failed. */
  readonly ended: boolean;
  /** The newest simulation time of its data, in seconds. */
  readonly time: number | undefined;
  /** The newest of the pause, resume and stop commands. */
  readonly order: RunOrder | undefined;
}

/** Follows the state of runs from their envelopes. */
export interface RunTracker {
  /** Number of runs that are remembered. */
  readonly size: number;
  /** Number of runs that were forgotten. */
  readonly forgotten: number;
  /**
   * Judges an envelope. Throws what `Envelope.check` throws; then nothing has changed. It does not check
   * signals, so the cost does not depend on their number.
   */
  take(envelope: Envelope): RunVerdict;
  safeTake(envelope: Envelope): Result<RunVerdict>;
  /** What is known of a run; undefined if it is not remembered. */
  get(runId: string): RunView | undefined;
}

/**
 * Creates a tracker, which takes the envelopes of any number of runs in any order and judges each. Statuses
 * are ordered by state, and by timestamp if a run can go either way; data by `time`; commands by timestamp,
 * and each takes effect once; log lines have no order. It reads no clock. Throws ContractError `config` for an option of the wrong
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
  const runs = new RecentEntries<string, RunRecord>({ maxEntries: maxRuns });
  const tracker: RunTracker = {
    get size() {
      return runs.size;
    },
    get forgotten() {
      return runs.evicted;
    },
    take: (envelope) =>
      guarded("check", Envelope.typeName, () => {
        const { runId, messageType, timestamp, payload } = checkedCopy(envelope);
        const { seconds = 0n, nanos = 0 } = timestamp ?? {};
        const run = runs.get(runId) ?? new RunRecord(maxCommands);
        const before = run.state;
        const judged = judge(run, payload, seconds * 1_000_000_000n + BigInt(nanos));
        const forgotten = runs.set(runId, run)?.key;
        return { ...judged, runId, messageType, before, after: run.state, forgotten };
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

/**
 * A checked copy of what a tracker reads of an envelope. It is made before anything changes, because a getter may
 * call the tracker. Data has no signals in it.
 */
function checkedCopy(envelope: Envelope): Envelope {
  if (!Envelope.is(envelope)) return Envelope.check(envelope);
  const own = { ...envelope };
  const { payload, timestamp } = own;
  if (isObject(payload)) own.payload = copyOf(payload);
  if (timestamp !== undefined && isObject(timestamp)) own.timestamp = { ...timestamp };
  return Envelope.check(own);
}

function copyOf(payload: Envelope["payload"]): Envelope["payload"] {
  switch (payload.case) {
    case "dataExchange":
      return { case: payload.case, value: { ...payload.value, signals: [] } };
    case "controlCommand": {
      const value = { ...payload.value };
      const { parameters } = value;
      if (!isObject(parameters)) return { case: payload.case, value };
      return { case: payload.case, value: { ...value, parameters: { ...parameters } } };
    }
    case "simulationStatus":
      return { case: payload.case, value: { ...payload.value } };
    default:
      return payload;
  }
}
