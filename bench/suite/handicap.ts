import type { Task } from "../measure.js";
import { operations } from "./operations.js";
import type { Peer } from "./peer.js";

/** A library that does its work so many times where it was asked for once. */
export function handicapped(peer: Peer, times: number): Peer {
  if (times === 1) return peer;
  return {
    ...peer,
    open(suiteCase) {
      const contender = peer.open(suiteCase);
      if (contender === undefined || typeof contender === "string") return contender;
      const tasks = operations.flatMap((operation) => {
        const task = contender.tasks[operation];
        return task === undefined ? [] : [[operation, slowed(task, times)] as const];
      });
      return { ...contender, tasks: Object.fromEntries(tasks), prove: () => contender.prove() };
    },
  };
}

function slowed(task: Task, times: number): Task {
  return { repeat: (count) => task.repeat(Math.ceil(count * times)) };
}
