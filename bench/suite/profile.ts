import { writeFileSync } from "node:fs";
import { Session } from "node:inspector/promises";
import { operations } from "./operations.js";
import type { Assignment } from "./run.js";

const milliseconds = 2_000;

/**
 * Writes a CPU profile of our work on the first case of the assignment, one file for each operation:
 * `CASE.OPERATION.cpuprofile`, which browsers' developer tools and editors open. Gives the files' names.
 */
export async function writeProfiles(assignment: Assignment, folder: string): Promise<string[]> {
  const [suiteCase] = assignment.cases;
  const peer = assignment.peers.find(({ kind }) => kind === "ours");
  const contender = suiteCase && peer?.open(suiteCase);
  if (suiteCase === undefined || contender === undefined || typeof contender === "string") {
    throw new Error("there is nothing to profile");
  }
  const files: string[] = [];
  for (const operation of operations) {
    const task = contender.tasks[operation];
    if (task === undefined || !assignment.operations.includes(operation)) continue;
    const run = (duration: number): void => {
      const end = performance.now() + duration;
      while (performance.now() < end) task.repeat(100);
    };
    run(milliseconds / 4);
    const session = new Session();
    session.connect();
    await session.post("Profiler.enable");
    await session.post("Profiler.setSamplingInterval", { interval: 100 });
    await session.post("Profiler.start");
    run(milliseconds);
    const { profile } = await session.post("Profiler.stop");
    session.disconnect();
    const file = `${folder}/${suiteCase.id}.${operation}.cpuprofile`;
    writeFileSync(file, JSON.stringify(profile));
    files.push(file);
  }
  return files;
}
