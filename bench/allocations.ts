import { Session } from "node:inspector";
import type { Task } from "./measure.js";

/** What one run of a function allocates on the engine's heap. */
export interface Allocations {
  /** How many objects. */
  readonly objects: number;
  /** Their bytes, without the contents of large buffers, which lie outside. */
  readonly bytes: number;
}

interface ProfileNode {
  readonly selfSize: number;
  readonly children: readonly ProfileNode[];
}

/** How often it is counted; the lowest count is used. */
const samples = 2;

/** Keeps results alive for as long as they would be by a caller. */
let sink: unknown;

/**
 * Counts what a task allocates for one operation, over so many of them: a sampling profiler that
 * takes a sample of every byte sees every object. The task should have run often before, so that the
 * engine has compiled it.
 */
export function countAllocations(task: Task, runs = 1_000): Allocations {
  const nothing = sample({ repeat: () => undefined }, runs);
  // The engine's own work, compiling for example, falls into some of the samples.
  const taken = Array.from({ length: samples }, () => sample(task, runs));
  const least = taken.reduce((one, other) => (other.objects < one.objects ? other : one));
  return {
    objects: Math.round((least.objects - nothing.objects) / runs),
    bytes: Math.round((least.bytes - nothing.bytes) / runs),
  };
}

function sample(task: Task, runs: number): Allocations {
  const session = new Session();
  session.connect();
  try {
    session.post("HeapProfiler.startSampling", {
      samplingInterval: 1,
      includeObjectsCollectedByMajorGC: true,
      includeObjectsCollectedByMinorGC: true,
    });
    sink = task.repeat(runs);
    const found = { objects: 0, bytes: 0 };
    session.post("HeapProfiler.stopSampling", (error, { profile }) => {
      if (error !== null) throw error;
      const samples: unknown = Reflect.get(profile, "samples");
      found.objects = Array.isArray(samples) ? samples.length : 0;
      found.bytes = sizeOf(profile.head);
    });
    if (found.objects === 0) throw new Error("the profiler saw nothing");
    return found;
  } finally {
    session.disconnect();
  }
}

function sizeOf({ selfSize, children }: ProfileNode): number {
  return children.reduce((sum, child) => sum + sizeOf(child), selfSize);
}

/** The last result. Exported so that the compiler must keep it. @public */
export function lastRun(): unknown {
  return sink;
}
