import type { Effort } from "../measure.js";

/** How much the suite measures, and in which processes. */
export type Mode = "quick" | "full" | "isolated" | "gate";

/** The effort of one process of a mode. */
export interface ModeEffort {
  readonly effort: Effort;
  /** A library whose first operations take longer, in milliseconds, is marked instead of measured. */
  readonly patience: number;
}

const quick: ModeEffort = {
  effort: { rounds: 7, batch: 2, warmUp: 70, steady: { slowness: 1.1, settling: 2, attempts: 10 } },
  patience: 100,
};
const ownProcess: ModeEffort = {
  effort: {
    rounds: 5,
    batch: 3,
    warmUp: 90,
    steady: { slowness: 1.07, settling: 2, attempts: 7 },
  },
  patience: 100,
};
const sharedProcess: ModeEffort = {
  effort: {
    rounds: 5,
    batch: 2,
    warmUp: 60,
    steady: { slowness: 1.07, settling: 2, attempts: 6 },
  },
  patience: 100,
};
const isolated: ModeEffort = {
  effort: {
    rounds: 21,
    batch: 6,
    warmUp: 150,
    steady: { slowness: 1.07, settling: 2, attempts: 42 },
  },
  patience: Number.POSITIVE_INFINITY,
};

/** Longer warm, because an engine that has not compiled something yet looks like a slower codec. */
const gate: ModeEffort = {
  effort: {
    rounds: 9,
    batch: 4,
    warmUp: 150,
    steady: { slowness: 1.07, settling: 2, attempts: 14 },
  },
  patience: 100,
};

/** What the processes of a mode that run one case, and that which runs all cases, put into it. */
export const modeEfforts: Readonly<
  Record<Mode, { readonly own: ModeEffort; readonly shared: ModeEffort }>
> = {
  quick: { own: quick, shared: quick },
  full: { own: ownProcess, shared: sharedProcess },
  isolated: { own: isolated, shared: isolated },
  gate: { own: gate, shared: gate },
};
