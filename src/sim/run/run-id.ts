import { ContractError, mismatch } from "../../wire/error.js";

/** Matches a run id, which is one topic segment on AMQP and on MQTT alike. */
export const runIdPattern: RegExp = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;
/** What errors say is expected of a run id. */
export const runIdDescription =
  "a run id of 1 to 64 letters, digits, _ and -, a letter or digit first";

const start = "sim_run_";
const simulationId = /^(?:0|[1-9]\d{0,18})$/;
/** The largest Long of Java, which is what the backend counts runs with. */
const maxInt64 = 2n ** 63n - 1n;

/**
 * The run id of a run that the backend knows by a number. Throws ContractError `range` for what is no
 * whole number from 0 to 2^63 - 1, and for a number that is not exact. Document: the sim proposal leaves
 * the run id to the backend; this spelling is Concord's choice.
 *
 *     runIdOf(42n); // "sim_run_42"
 */
export function runIdOf(simulationId: bigint | number): string {
  if (Number.isSafeInteger(simulationId) || typeof simulationId === "bigint") {
    if (simulationId >= 0 && simulationId <= maxInt64) return `${start}${BigInt(simulationId)}`;
  }
  const expected = `a whole number from 0 to ${maxInt64}`;
  const issue = mismatch("run_id", "range", expected, simulationId);
  throw new ContractError("convert", "sim.v1.Envelope", issue);
}

/**
 * The number by which the backend knows a run; undefined for a run id that {@link runIdOf} does not give.
 *
 *     simulationIdOf("sim_run_42"); // 42n
 */
export function simulationIdOf(runId: string): bigint | undefined {
  if (typeof runId !== "string" || !runId.startsWith(start)) return undefined;
  const digits = runId.slice(start.length);
  if (!simulationId.test(digits)) return undefined;
  const id = BigInt(digits);
  return id <= maxInt64 ? id : undefined;
}
