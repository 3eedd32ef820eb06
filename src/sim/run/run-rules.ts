import { SimulationState } from "../../../gen/sim/v1/status_pb.js";
import { isKnownCommand } from "../commands.js";
import type { ControlCommand } from "../control.js";
import type { Envelope } from "../envelope.js";
import { maxIdLength } from "../injected-event.js";
import { isFinalState, isRunState, type RunState, statesBetween } from "../transitions.js";
import type { Nanos, RunOrder, RunRecord } from "./run-record.js";

/**
 * The judgement of an envelope. Only an `accepted` envelope changes what the tracker knows of the run.
 * - `accepted`: the newest of its kind.
 * - `repeated`: a duplicate, or the same as the newest of pause, resume and stop.
 * - `late`: a newer one of its kind came before it.
 * - `after_end`: made after the run ended, or after a stop.
 * - `not_allowed`: a newer status whose state cannot follow the state of the run.
 */
export type RunJudgementKind = "accepted" | "repeated" | "late" | "after_end" | "not_allowed";

/** The judgement of one envelope, and what it shows about the sender. */
export interface RunJudgement {
  readonly kind: RunJudgementKind;
  /**
   * True if it is accepted although its timestamp is older than that of the last one of its kind, because its
   * content is newer: the senders have different clocks, or a clock was set back.
   */
  readonly clockBackwards: boolean;
  /** The states that the run must have been in since its last status, but that were never reported. */
  readonly skipped: readonly RunState[];
}

const none: readonly RunState[] = Object.freeze([]);
const repeated = refused("repeated");
const late = refused("late");
const afterEnd = refused("after_end");
const notAllowed = refused("not_allowed");

function refused(kind: RunJudgementKind): RunJudgement {
  return Object.freeze({ kind, clockBackwards: false, skipped: none });
}

function accepted(clockBackwards: boolean, skipped: readonly RunState[] = none): RunJudgement {
  return { kind: "accepted", clockBackwards, skipped };
}

/** Judges a payload that was made at a time. If it is accepted, updates the record of its run. */
export function judge(run: RunRecord, payload: Envelope["payload"], at: Nanos): RunJudgement {
  switch (payload.case) {
    case "simulationStatus":
      return judgeStatus(run, payload.value.status, at);
    case "dataExchange":
      return judgeData(run, payload.value.time, at);
    case "controlCommand":
      return judgeCommand(run, payload.value, at);
    case "logMessage":
    case undefined:
      return accepted(false);
  }
}

function judgeStatus(run: RunRecord, state: SimulationState, at: Nanos): RunJudgement {
  if (!isRunState(state)) return notAllowed;
  if (run.reportedAt.get(state) === at) return repeated;
  const { state: before, stateAt } = run;
  const through = statesOnTheWay(before, state);
  // If a run can go either way, as between running and paused, only the timestamps show the order.
  const oneWay = through !== undefined && statesOnTheWay(state, before) === undefined;
  if (through === undefined || (!oneWay && at < stateAt)) {
    if (at <= stateAt) return late;
    return isFinalState(before) ? afterEnd : notAllowed;
  }
  run.state = state;
  run.stateAt = at;
  run.reportedAt.set(state, at);
  return accepted(at < stateAt, through);
}

/** The states between two states; undefined if the second cannot follow the first. */
function statesOnTheWay(
  before: SimulationState,
  state: SimulationState,
): readonly RunState[] | undefined {
  if (before === SimulationState.UNSPECIFIED || before === state) return none;
  return statesBetween(before, state);
}

/** Whether something was made after the run ended. What was made before may still come later, on another topic. */
function isAfterEnd(run: RunRecord, at: Nanos): boolean {
  return isFinalState(run.state) && at > run.stateAt;
}

function judgeData(run: RunRecord, time: number, at: Nanos): RunJudgement {
  if (isAfterEnd(run, at)) return afterEnd;
  if (run.time !== undefined && time < run.time) return late;
  const clockBackwards = at < run.dataAt;
  run.time = time;
  run.dataAt = at;
  return accepted(clockBackwards);
}

function judgeCommand(run: RunRecord, command: ControlCommand, at: Nanos): RunJudgement {
  if (isAfterEnd(run, at)) return afterEnd;
  const { command: name } = command;
  if (!isKnownCommand(name)) return judgeSingle(run, command, at);
  switch (name) {
    case "pause":
    case "resume":
    case "stop":
      return judgeOrder(run, name, at);
    case "inject_event":
      return judgeSingle(run, command, at);
  }
}

/** The newest of pause, resume and stop is valid. A stop is final, so an older timestamp does not make it late. */
function judgeOrder(run: RunRecord, order: RunOrder, at: Nanos): RunJudgement {
  const { order: before, orderAt } = run;
  if (before === order) {
    if (at > orderAt) run.orderAt = at;
    return repeated;
  }
  if (order !== "stop" && at < orderAt) return late;
  if (before === "stop") return afterEnd;
  run.order = order;
  run.orderAt = at;
  return takeCommand(run, at);
}

/** A command that does not replace others: each takes effect once. */
function judgeSingle(run: RunRecord, command: ControlCommand, at: Nanos): RunJudgement {
  if (run.order === "stop" && at > run.orderAt) return afterEnd;
  return run.remember(keyOf(command, at)) ? takeCommand(run, at) : repeated;
}

/** Identifies a repeated command: by the id of its event, or else by its name and time. */
function keyOf({ command, parameters = {} }: ControlCommand, at: Nanos): string {
  const id = Object.hasOwn(parameters, "id") ? parameters["id"] : undefined;
  const isEvent = command === "inject_event" && typeof id === "string";
  // No command's name begins with #. Both keys are short, so that a sender cannot fill the memory.
  if (isEvent && id.length <= maxIdLength) return `#${id}`;
  return `${command.slice(0, maxIdLength)} ${at}`;
}

function takeCommand(run: RunRecord, at: Nanos): RunJudgement {
  const clockBackwards = at < run.commandAt;
  run.commandAt = at;
  return accepted(clockBackwards);
}
