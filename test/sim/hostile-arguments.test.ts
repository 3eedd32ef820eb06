import { expect, it } from "vitest";
import * as sim from "../../src/sim/index.js";
import { type Call, functionsOf, rawErrorsOf } from "../support/hostile.js";

const run = "sim_run_xyz_123";
const signal = { source_component: "a", source_port: "b", value: 1 };
const envelope = sim.makeStatus(run, { status: "running" });
const { RUNNING, PAUSED } = sim.SimulationState;

/** Every function of the entry; `now` and other callbacks are options. */
const calls: readonly Call[] = [
  ["isKnownCommand", sim.isKnownCommand, ["pause"]],
  ["stateAfter", sim.stateAfter, [RUNNING, "pause"]],
  ["makeCommand", sim.makeCommand, [run, "pause", {}, {}]],
  ["makeData", sim.makeData, [run, { time: 1, signals: [signal] }, {}]],
  ["makeLog", sim.makeLog, [run, { level: "WARN", message: "hot" }, {}]],
  ["makeStatus", sim.makeStatus, [run, { status: "running" }, {}]],
  ["runIdOf", sim.runIdOf, [run]],
  ["simulationIdOf", sim.simulationIdOf, [run]],
  ["createRunTracker", sim.createRunTracker, [{}]],
  ["formatTopic", sim.formatTopic, [{ runId: run, messageType: "data_exchange" }]],
  ["parseTopic", sim.parseTopic, [`simulations.${run}.data`]],
  ["topicOf", sim.topicOf, [envelope, "amqp"]],
  ["assertTransition", sim.assertTransition, [RUNNING, PAUSED]],
  ["canTransition", sim.canTransition, [RUNNING, PAUSED]],
  ["isFinalState", sim.isFinalState, [RUNNING]],
];

it.each(calls)("%s throws only small ContractErrors", async (...call) => {
  expect(await rawErrorsOf(call)).toEqual([]);
});

it("has a line for every function of sim", () => {
  expect(calls.map(([name]) => name).sort()).toEqual(functionsOf(sim));
});
