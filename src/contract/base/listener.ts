/** What a caller's listener threw: how often, and what last. */
export interface ListenerFaults {
  readonly count: number;
  readonly last: unknown;
}

/** A caller's function that hears of events. What it throws is kept, and stops nothing. */
export interface Listener<E> {
  /** Tells an event. Events that the listener itself causes are not told, or it would hear itself for ever. */
  emit(event: E): void;
  readonly faults: ListenerFaults;
}

/** Makes a listener of a caller's function. */
export function createListener<E>(subscriber: (event: E) => void): Listener<E> {
  let faults: ListenerFaults = Object.freeze({ count: 0, last: undefined });
  let telling = false;
  return {
    emit(event) {
      if (telling) return;
      telling = true;
      try {
        subscriber(event);
      } catch (thrown) {
        faults = Object.freeze({ count: faults.count + 1, last: thrown });
      } finally {
        telling = false;
      }
    },
    get faults() {
      return faults;
    },
  };
}
