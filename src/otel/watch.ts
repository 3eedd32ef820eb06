import type { Listener } from "../contract/base/listener.js";

/** The doors that are watched. A `safe…` twin is the same door as the one that throws. */
export type Method =
  | "check"
  | "encode"
  | "encodeParts"
  | "decode"
  | "toJson"
  | "toJsonText"
  | "fromJson"
  | "fromJsonText";

/** How one use of a door ended: with the bytes that an encoder gave, or with an error. */
export type Outcome =
  | { readonly ok: true; readonly bytes?: number }
  | { readonly ok: false; readonly error: unknown };

/**
 * Hears of each use of a door before its work, and gives what hears of the outcome. The message is
 * what a door writes; the doors that read or only check have none.
 */
export type Observer<M> = (method: Method, message: M | undefined) => (outcome: Outcome) => void;

/** Does a door's work once, between the two calls to an observer. */
export type Watch<M> = <T>(
  method: Method,
  message: M | undefined,
  work: () => T,
  outcomeOf: (value: T) => Outcome,
) => T;

/** Puts an observer beside doors. They give and throw what their work does, whatever the observer does. */
export function watchWith<M>(observer: Observer<M>, faults: Listener<unknown>): Watch<M> {
  return (method, message, work, outcomeOf) => {
    let close: ((outcome: Outcome) => void) | undefined;
    try {
      close = observer(method, message);
    } catch (fault) {
      faults.emit(fault);
    }
    const end = (outcome: Outcome): void => {
      try {
        close?.(outcome);
      } catch (fault) {
        faults.emit(fault);
      }
    };
    let value: ReturnType<typeof work>;
    try {
      value = work();
    } catch (error) {
      end({ ok: false, error });
      throw error;
    }
    end(outcomeOf(value));
    return value;
  };
}
