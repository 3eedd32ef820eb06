import type { Listener } from "../contract/base/listener.js";

/** The methods that are measured. A `safe…` method counts as its throwing counterpart. */
type Method =
  | "check"
  | "encode"
  | "encodeParts"
  | "decode"
  | "toJson"
  | "toJsonText"
  | "fromJson"
  | "fromJsonText";

/** The outcome of a method call: success, with the size for encoded bytes, or an error. */
export type Outcome =
  | { readonly ok: true; readonly bytes?: number }
  | { readonly ok: false; readonly error: unknown };

/**
 * Called before each method call; returns a function that is called with the outcome. `message` is the
 * message that the method writes; it is undefined for methods that read or only check.
 */
export type Observer<M> = (method: Method, message: M | undefined) => (outcome: Outcome) => void;

/** Calls `work` once, between the two calls of an observer. */
export type Watch<M> = <T>(
  method: Method,
  message: M | undefined,
  work: () => T,
  outcomeOf: (value: T) => Outcome,
) => T;

/** Creates a {@link Watch} for an observer. It returns and throws what `work` does, even if the observer throws. */
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
