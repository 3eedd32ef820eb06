/** The errors that a listener threw: their number, and the last one. */
export interface ListenerFaults {
  readonly count: number;
  readonly last: unknown;
}

/** A user's function that is called with events. Its errors are recorded and never thrown. */
export interface Listener<E> {
  /** Calls the function. Events that the function itself causes are dropped; they would never end. */
  emit(event: E): void;
  readonly faults: ListenerFaults;
}

/** Creates a listener from a user's function. */
export function createListener<E>(listen: (event: E) => void): Listener<E> {
  let faults: ListenerFaults = Object.freeze({ count: 0, last: undefined });
  let isEmitting = false;
  return {
    emit(event) {
      if (isEmitting) return;
      isEmitting = true;
      try {
        listen(event);
      } catch (thrown) {
        faults = Object.freeze({ count: faults.count + 1, last: thrown });
      } finally {
        isEmitting = false;
      }
    },
    get faults() {
      return faults;
    },
  };
}
