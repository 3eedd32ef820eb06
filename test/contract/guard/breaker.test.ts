import { describe, expect, it } from "vitest";
import { type Breaker, createBreaker } from "../../../src/contract/guard/breaker.js";
import type { BreakerConfig } from "../../../src/contract/guard/breaker-config.js";
import type { BreakerChange } from "../../../src/contract/guard/breaker-state.js";
import { codeOf, refusalOf } from "../../support/refusal.js";

/** A breaker with a clock that the test moves, and the changes that it emitted. */
function breakerAt(config?: BreakerConfig) {
  const clock = { millis: 1000 };
  const changes: BreakerChange[] = [];
  const breaker = createBreaker(config, {
    name: "test.v1.Message",
    now: () => clock.millis,
    listener: (change) => changes.push(change),
  });
  return { breaker, clock, changes };
}

const failure = new Error("the work failed");

function fails(): never {
  throw failure;
}

function failTimes(breaker: Breaker, count: number): void {
  for (let time = 0; time < count; time++) expect(() => breaker.run(fails)).toThrow(failure);
}

type Action = "success" | "failure" | "denied" | "open" | "close" | `wait ${number}`;

function act({ breaker, clock }: ReturnType<typeof breakerAt>, action: Action): void {
  if (action === "success") expect(breaker.run(() => 7)).toBe(7);
  else if (action === "failure") expect(() => breaker.run(fails)).toThrow(failure);
  else if (action === "denied") expect(codeOf(() => breaker.run(() => 7))).toBe("breaker.open");
  else if (action === "open") breaker.open();
  else if (action === "close") breaker.close();
  else clock.millis += Number(action.slice("wait ".length));
}

describe("the states of a breaker", () => {
  const opened = ["failure", "failure", "failure"] as const;
  it.each([
    {
      rule: "closed stays closed under the threshold",
      steps: ["failure", "failure"],
      state: "closed",
      failures: 2,
    },
    {
      rule: "a success resets the count",
      steps: ["failure", "failure", "success"],
      state: "closed",
      failures: 0,
    },
    {
      rule: "only failures in a row count",
      steps: ["failure", "failure", "success", "failure", "failure"],
      state: "closed",
      failures: 2,
    },
    { rule: "the threshold opens it", steps: opened, state: "open", failures: 3 },
    { rule: "open denies", steps: [...opened, "denied"], state: "open", failures: 3 },
    {
      rule: "open denies until the last millisecond",
      steps: [...opened, "wait 29999", "denied"],
      state: "open",
      failures: 3,
    },
    {
      rule: "a denial does not extend the time",
      steps: [...opened, "wait 29999", "denied", "wait 1", "success"],
      state: "closed",
      failures: 0,
    },
    {
      rule: "time alone changes nothing",
      steps: [...opened, "wait 90000"],
      state: "open",
      failures: 3,
    },
    {
      rule: "a success when half-open closes it",
      steps: [...opened, "wait 30000", "success"],
      state: "closed",
      failures: 0,
    },
    {
      rule: "closed again, it takes the whole threshold",
      steps: [...opened, "wait 30000", "success", "failure", "failure"],
      state: "closed",
      failures: 2,
    },
    {
      rule: "the first failure when half-open opens it",
      steps: [...opened, "wait 30000", "failure"],
      state: "open",
      failures: 1,
    },
    {
      rule: "opened again, it denies for the whole time",
      steps: [...opened, "wait 30000", "failure", "wait 29999", "denied"],
      state: "open",
      failures: 1,
    },
    {
      rule: "opened again, it tries again",
      steps: [...opened, "wait 30000", "failure", "wait 30000", "success"],
      state: "closed",
      failures: 0,
    },
    { rule: "forced open denies", steps: ["open", "denied"], state: "open", failures: 0 },
    {
      rule: "forced open recovers by time",
      steps: ["open", "wait 30000", "success"],
      state: "closed",
      failures: 0,
    },
    {
      rule: "forced open again begins its time again",
      steps: ["open", "wait 29999", "open", "wait 29999", "denied"],
      state: "open",
      failures: 0,
    },
    {
      rule: "forced closed lets through",
      steps: [...opened, "close", "success"],
      state: "closed",
      failures: 0,
    },
    {
      rule: "forced closed forgets failures",
      steps: ["failure", "failure", "close", "failure", "failure"],
      state: "closed",
      failures: 2,
    },
  ] satisfies { rule: string; steps: readonly Action[]; state: string; failures: number }[])(
    "$rule",
    ({ steps, state, failures }) => {
      const at = breakerAt();
      for (const step of steps) act(at, step);
      expect([at.breaker.state, at.breaker.failures]).toEqual([state, failures]);
    },
  );

  it("say how long they deny, rounded up", () => {
    const { breaker, clock } = breakerAt();
    failTimes(breaker, 3);
    expect(breaker.remainingMillis).toBe(30_000);
    expect(() => breaker.begin()).toThrow(
      "cannot encode test.v1.Message: the circuit breaker is open for another 30000 ms [breaker.open]",
    );
    clock.millis += 29_998.5;
    expect(breaker.remainingMillis).toBe(1.5);
    expect(refusalOf(() => breaker.run(() => 7))).toEqual({
      code: "breaker.open",
      path: "",
      offset: undefined,
      message:
        "cannot encode test.v1.Message: the circuit breaker is open for another 2 ms [breaker.open]",
    });
    clock.millis += 2;
    expect(breaker.remainingMillis).toBe(0);
    breaker.run(() => 7);
    expect(breaker.remainingMillis).toBe(0);
    const unnamed = createBreaker({ failure_threshold: 1 }, { now: () => 0 });
    failTimes(unnamed, 1);
    expect(() => unnamed.begin()).toThrow("cannot encode messages: the circuit breaker is open");
  });

  it("are emitted after they changed", () => {
    const { breaker, clock, changes } = breakerAt({ failure_threshold: 2 });
    failTimes(breaker, 2);
    clock.millis += 30_000;
    failTimes(breaker, 1);
    clock.millis += 30_000;
    breaker.run(() => 7);
    breaker.open();
    breaker.open();
    breaker.close();
    breaker.close();
    expect(changes).toEqual([
      { from: "closed", to: "open", failures: 2, forced: false },
      { from: "open", to: "half-open", failures: 0, forced: false },
      { from: "half-open", to: "open", failures: 1, forced: false },
      { from: "open", to: "half-open", failures: 0, forced: false },
      { from: "half-open", to: "closed", failures: 0, forced: false },
      { from: "closed", to: "open", failures: 0, forced: true },
      { from: "open", to: "closed", failures: 0, forced: true },
    ]);
    expect(changes.every(Object.isFrozen)).toBe(true);
  });

  it("do not depend on a listener that throws or calls the breaker", () => {
    const states: string[] = [];
    const breaker: Breaker = createBreaker(
      { failure_threshold: 1 },
      {
        now: () => 0,
        listener: () => {
          states.push(breaker.state);
          breaker.close();
          fails();
        },
      },
    );
    expect(breaker.listenerFaults).toEqual({ count: 0, last: undefined });
    failTimes(breaker, 2);
    expect(states).toEqual(["open", "open"]);
    expect(breaker.state).toBe("closed");
    expect(breaker.listenerFaults).toEqual({ count: 2, last: failure });
  });
});

describe("pending calls", () => {
  function halfOpen(half_open_requests: number) {
    const at = breakerAt({ half_open_requests });
    failTimes(at.breaker, 3);
    at.clock.millis += 30_000;
    return at;
  }

  it("are limited to half_open_requests while half-open", () => {
    const { breaker } = halfOpen(2);
    const [first] = [breaker.begin(), breaker.begin()];
    expect(() => breaker.begin()).toThrow(
      "cannot encode test.v1.Message: the circuit breaker is half-open, and its trial calls are pending [breaker.open]",
    );
    expect(breaker.state).toBe("half-open");
    first.succeed();
    expect(breaker.state).toBe("closed");
  });

  it("close with the first success and open with the first failure", () => {
    const one = halfOpen(2);
    const [good, late] = [one.breaker.begin(), one.breaker.begin()];
    good.succeed();
    late.fail();
    expect([one.breaker.state, one.breaker.failures]).toEqual(["closed", 1]);
    const other = halfOpen(2);
    const [bad, after] = [other.breaker.begin(), other.breaker.begin()];
    bad.fail();
    after.succeed();
    expect([other.breaker.state, other.breaker.failures]).toEqual(["open", 1]);
  });

  it("are admitted again when it is half-open again", () => {
    const { breaker, clock } = halfOpen(2);
    breaker.begin().fail();
    clock.millis += 30_000;
    const trials = [breaker.begin(), breaker.begin()];
    expect(trials).toHaveLength(2);
    expect(codeOf(() => breaker.begin())).toBe("breaker.open");
  });

  it("extend the time when they fail while it is open", () => {
    const { breaker, clock } = breakerAt();
    const pending = breaker.begin();
    failTimes(breaker, 3);
    clock.millis += 20_000;
    pending.fail();
    expect([breaker.state, breaker.failures, breaker.remainingMillis]).toEqual(["open", 4, 30_000]);
  });

  it("do not close it with a success of an earlier state", () => {
    const { breaker, clock } = breakerAt();
    const [early, other] = [breaker.begin(), breaker.begin()];
    failTimes(breaker, 3);
    early.succeed();
    expect(breaker.state).toBe("open");
    clock.millis += 30_000;
    breaker.begin();
    other.succeed();
    expect(breaker.state).toBe("half-open");
  });

  it("open it with a failure of an earlier state", () => {
    const { breaker, clock } = breakerAt();
    const early = breaker.begin();
    failTimes(breaker, 3);
    clock.millis += 30_000;
    const trial = breaker.begin();
    early.fail();
    expect(breaker.state).toBe("open");
    trial.succeed();
    expect(breaker.state).toBe("open");
  });

  it("report once", () => {
    const { breaker } = breakerAt();
    const call = breaker.begin();
    call.fail();
    call.fail();
    call.fail();
    call.succeed();
    expect(breaker.failures).toBe(1);
  });

  it("make room after the recovery time when they never report", () => {
    const { breaker, clock } = halfOpen(1);
    breaker.begin();
    clock.millis += 29_999;
    expect(codeOf(() => breaker.begin())).toBe("breaker.open");
    clock.millis += 1;
    breaker.begin().succeed();
    expect(breaker.state).toBe("closed");
  });

  it("may be nested", () => {
    const { breaker, clock } = breakerAt({ failure_threshold: 2 });
    const inner = (): number => breaker.run(() => breaker.run(() => 7));
    expect(breaker.run(inner)).toBe(7);
    expect(() => breaker.run(() => breaker.run(fails))).toThrow(failure);
    expect([breaker.state, breaker.failures]).toEqual(["open", 2]);
    clock.millis += 30_000;
    // The inner call is denied, the outer one with it.
    expect(codeOf(() => breaker.run(inner))).toBe("breaker.open");
    expect(breaker.state).toBe("open");
  });
});

describe("the clock of a breaker", () => {
  it("may not go back", () => {
    const { breaker, clock } = breakerAt();
    failTimes(breaker, 3);
    clock.millis -= 500_000;
    expect(breaker.remainingMillis).toBe(30_000);
    clock.millis += 530_000;
    expect(breaker.run(() => 7)).toBe(7);
  });

  it.each([
    [() => Number.NaN, "NaN"],
    [() => "1", '"1"'],
  ])("must give numbers: %o", (now, text) => {
    const breaker: Breaker = Reflect.apply(createBreaker, undefined, [{}, { now }]);
    expect(() => breaker.open()).toThrow(
      `cannot configure circuit_breaker: now: expected a clock that gives a finite number of milliseconds, got ${text} [config]`,
    );
    expect(breaker.state).toBe("closed");
  });

  it("must not throw", () => {
    const breaker = createBreaker({}, { now: fails });
    expect(() => breaker.open()).toThrow(
      "cannot configure circuit_breaker: now: the clock threw an error [config]",
    );
  });

  it("is the platform's when none is given", () => {
    const breaker = createBreaker({ failure_threshold: 1 });
    failTimes(breaker, 1);
    expect(breaker.remainingMillis).toBeGreaterThan(0);
    expect(breaker.remainingMillis).toBeLessThanOrEqual(30_000);
  });
});
