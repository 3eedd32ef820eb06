/** Node gives it to processes that are started with `--expose-gc`. */
declare const gc: ((options?: { readonly type: "minor" }) => void) | undefined;

/**
 * Collects the young garbage, so that none is left to be collected while the clock runs. Does nothing
 * in a process without `--expose-gc`.
 */
export function collectGarbage(): void {
  if (typeof gc !== "undefined") gc({ type: "minor" });
}

/** All bytes that are in use now: on the engine's heap, and of buffers beside it. */
export function bytesInUse(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
