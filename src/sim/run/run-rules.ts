import { SimulationState } from "../../../gen/sim/v1/status_pb.js";
import { isKnownCommand } from "../commands.js";
import type { ControlCommand } from "../control.js";
import type { Envelope } from "../envelope.js";
import { maxIdLength } from "../injected-event.js";
import { isFinalState, isRunState, type RunState, statesBetween } from "../transitions.js";
import type { Nanos, RunOrder, RunRecord } from "./run-record.js";

/**
 * What an envelope is to its run. Only what is `accepted` changes what is known of the run.
 * - `accepted`: the newest of its kind.
 * - `repeated`: it came before, or orders what was ordered last.
 * - `late`: a newer one of its kind came before it.
 * - `after_end`: made after the run ended, or after it was told to stop.
 * - `not_allowed`: a newer status to which no way leads from the state of the run.
 */
export type RunJudgementKind = "accepted" | "repeated" | "late" | "after_end" | "not_allowed";

/** The judgement on one envelope, with what it says of the sender. */
export interface RunJudgement {
  readonly kind: RunJudgementKind;
  /**
   * True when it is accepted although its timestamp is older than that of the last one of its kind, because
   * what it says is newer: their senders have different clocks, or one clock was set back.
   */
  readonly clockBackwards: boolean;
  /** The states that the run must have been in since its last status, and that have not come. */
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

/** Judges a payload that was made at a moment, and takes what it accepts into the record of its run. */
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
  if (run.told.get(state) === at) return repeated;
  const { state: before, stateAt } = run;
  const through = placeBehind(before, state);
  // Where a run can go either way, as between running and paused, only the clock can tell.
  const oneWay = through !== undefined && placeBehind(state, before) === undefined;
  if (through === undefined || (!oneWay && at < stateAt)) {
    if (at <= stateAt) return late;
    return isFinalState(before) ? afterEnd : notAllowed;
  }
  run.state = state;
  run.stateAt = at;
  run.told.set(state, at);
  return accepted(at < stateAt, through);
}

/** The states between two that follow each other; undefined when the second cannot follow. */
function placeBehind(
  before: SimulationState,
  state: SimulationState,
): readonly RunState[] | undefined {
  if (before === SimulationState.UNSPECIFIED || before === state) return none;
  return statesBetween(before, state);
}

/** Whether something was made after the run ended: the topics of a run overtake each other. */
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

/** The newest order stands; to stop is final, so no older timestamp makes it late. */
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

/** A command that stands beside the others: each is obeyed once. */
function judgeSingle(run: RunRecord, command: ControlCommand, at: Nanos): RunJudgement {
  if (run.order === "stop" && at > run.orderAt) return afterEnd;
  return run.meet(keyOf(command, at)) ? takeCommand(run, at) : repeated;
}

/** What a command is known again by: the id of its event, or else its name and moment. */
function keyOf({ command, parameters = {} }: ControlCommand, at: Nanos): string {
  const id = Object.hasOwn(parameters, "id") ? parameters["id"] : undefined;
  const isEvent = command === "inject_event" && typeof id === "string";
  // No name begins with #, and neither key is long, whatever a sender writes.
  if (isEvent && id.length <= maxIdLength) return `#${id}`;
  return `${command.slice(0, maxIdLength)} ${at}`;
}

function takeCommand(run: RunRecord, at: Nanos): RunJudgement {
  const clockBackwards = at < run.commandAt;
  run.commandAt = at;
  return accepted(clockBackwards);
}
