/** The two ways in which waiting for work is stopped. */
export interface Stops {
  /** The caller's signal: when it is aborted, the promise rejects with the error of `stoppedBy`. */
  readonly signal: AbortSignal | undefined;
  readonly stoppedBy: () => Error;
  /** Aborted when the result is no longer needed: the promise resolves to undefined. */
  readonly closing: AbortController;
}

/**
 * The result of `work`, which must never reject, unless waiting for it is stopped first. The work then
 * continues, and its result is ignored. When the caller's signal is aborted, `closing` is aborted too. All
 * listeners are removed from both signals.
 */
export function untilStopped<T>(
  work: Promise<T>,
  { signal, stoppedBy, closing }: Stops,
): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const forget = (): void => {
      signal?.removeEventListener("abort", onAbort);
      closing.signal.removeEventListener("abort", onClose);
    };
    const onAbort = (): void => {
      forget();
      reject(stoppedBy());
      closing.abort(signal?.reason);
    };
    const onClose = (): void => {
      forget();
      resolve(undefined);
    };
    const onEnd = (value: T): void => {
      forget();
      resolve(value);
    };
    signal?.addEventListener("abort", onAbort);
    closing.signal.addEventListener("abort", onClose);
    // An agent may have aborted the signal synchronously, before the listeners were added.
    if (signal?.aborted === true) onAbort();
    work.then(onEnd);
  });
}
