import { describe, expect, it } from "vitest";
import {
  type Breaker,
  type BreakerCall,
  createBreaker,
} from "../../../src/contract/guard/breaker.js";
import type { BreakerChange, BreakerState } from "../../../src/contract/guard/breaker-state.js";
import { isContractError } from "../../../src/wire/error.js";

function tryCall(breaker: Breaker): string {
  try {
    breaker.begin();
    return "admitted";
  } catch (error) {
    return isContractError(error) ? error.code : "another error";
  }
}

/** A breaker that one failure opens, whose listener does something at each change to a state. */
function calling(half_open_requests: number, at: BreakerState, act: (breaker: Breaker) => void) {
  const clock = { millis: 1000 };
  const breaker: Breaker = createBreaker(
    { failure_threshold: 1, half_open_requests },
    {
      now: () => clock.millis,
      listener: ({ to }: BreakerChange) => {
        if (to === at) act(breaker);
      },
    },
  );
  const recover = (): void => {
    breaker.begin().fail();
    clock.millis += 30_000;
  };
  return { breaker, recover, clock };
}

describe("a breaker whose listener calls it back", () => {
  it.each([1, 2, 3])("admits exactly %i trial calls when it becomes half-open", (requests) => {
    const inner: string[] = [];
    const { breaker, recover } = calling(requests, "half-open", (own) => {
      for (let call = 0; call < 5; call++) inner.push(tryCall(own));
    });
    recover();
    breaker.begin();
    const admitted = inner.filter((each) => each !== "breaker.open").length;
    expect([inner.length, admitted]).toEqual([5, requests - 1]);
    expect(tryCall(breaker)).toBe("breaker.open");
  });

  it("stays open if the listener opens it while a trial call is admitted", () => {
    const { breaker, recover } = calling(1, "half-open", (own) => own.open());
    recover();
    const trial = breaker.begin();
    expect(breaker.state).toBe("open");
    trial.succeed();
    expect([breaker.state, breaker.remainingMillis]).toEqual(["open", 30_000]);
  });

  it("takes one report of a call, also while it reports", () => {
    const calls: BreakerCall[] = [];
    const { breaker } = calling(1, "open", () => {
      for (const call of calls) call.fail();
    });
    calls.push(breaker.begin());
    calls[0]?.fail();
    expect([breaker.state, breaker.failures]).toEqual(["open", 1]);
  });

  it("is in its new state when the listener is called", () => {
    const seen: unknown[] = [];
    const look = (own: Breaker): unknown => seen.push([own.state, own.failures]);
    const { breaker, recover } = calling(1, "half-open", look);
    recover();
    breaker.begin();
    expect(seen).toEqual([["half-open", 0]]);
  });
});

describe("open() from outside", () => {
  it.each(["closed", "half-open"] as const)("holds for a call that began while %s", (state) => {
    const { breaker, recover, clock } = calling(1, "open", () => {});
    if (state === "half-open") recover();
    const pending = breaker.begin();
    expect(breaker.state).toBe(state);
    breaker.open();
    pending.succeed();
    expect([breaker.state, breaker.remainingMillis]).toEqual(["open", 30_000]);
    clock.millis += 30_000;
    breaker.begin();
    expect(breaker.state).toBe("half-open");
  });

  it("holds for the work that calls it", () => {
    const { breaker } = calling(1, "open", () => {});
    expect(breaker.run(() => breaker.open())).toBeUndefined();
    expect(breaker.state).toBe("open");
  });
});

describe("a clock that calls its breaker back", () => {
  it("cannot admit more calls, or go back", () => {
    const times = [0, 30_000, 29_000];
    let isNested = false;
    const inner: string[] = [];
    const breaker: Breaker = createBreaker(
      { failure_threshold: 1 },
      {
        now: () => {
          if (isNested) return times[2] ?? 0;
          if (breaker.state === "open") {
            isNested = true;
            inner.push(tryCall(breaker));
            isNested = false;
            return times[1] ?? 0;
          }
          return times[0] ?? 0;
        },
      },
    );
    breaker.begin().fail();
    breaker.begin();
    expect(inner).toEqual(["breaker.open"]);
    expect(tryCall(breaker)).toBe("breaker.open");
  });
});
