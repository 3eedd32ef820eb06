/** Who may stop a piece of work. */
export interface Stops {
  /** The caller's signal: when it is aborted, the wait rejects with what `stoppedBy` makes. */
  readonly signal: AbortSignal | undefined;
  readonly stoppedBy: () => Error;
  /** The one who asked is gone: the wait gives undefined. Aborted too when the caller's signal is. */
  readonly closing: AbortController;
}

/**
 * What the work gives, which never rejects, unless it is stopped before. The work goes on then, and what
 * becomes of it is passed over. No listener stays behind on either signal.
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
    // An agent may stop its own walk before it answers.
    if (signal?.aborted === true) onAbort();
    work.then(onEnd);
  });
}
