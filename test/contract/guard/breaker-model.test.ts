import fc from "fast-check";
import { expect, it } from "vitest";
import {
  type Breaker,
  type BreakerCall,
  createBreaker,
} from "../../../src/contract/guard/breaker.js";
import { codeOf } from "../../support/refusal.js";

/** A model of the documented rules. */
interface Model {
  state: "closed" | "open" | "half-open";
  failures: number;
  trials: number;
  since: number;
  now: number;
  calls: { began: object; reported: boolean }[];
  /** One object for each stay in a state. */
  stay: object;
}
type Real = { breaker: Breaker; clock: { millis: number }; calls: BreakerCall[] };
type Step = fc.Command<Model, Real>;

const threshold = 2;
const recovery = 100;
const halfOpenRequests = 2;

function agree(model: Model, { breaker }: Real): void {
  expect([breaker.state, breaker.failures]).toEqual([model.state, model.failures]);
}

function go(model: Model, state: Model["state"]): void {
  if (model.state !== state) model.stay = {};
  model.state = state;
}

class Begin implements Step {
  check = () => true;
  run(model: Model, real: Real): void {
    const over = model.now >= model.since + recovery;
    if (model.state === "open" && over) {
      go(model, "half-open");
      Object.assign(model, { failures: 0, trials: 0, since: model.now });
    }
    const full = model.state === "half-open" && model.trials >= halfOpenRequests;
    if (full && over) Object.assign(model, { trials: 0, since: model.now });
    const admits =
      model.state === "closed" || (model.state === "half-open" && model.trials < halfOpenRequests);
    if (admits) {
      real.calls.push(real.breaker.begin());
      model.calls.push({ began: model.stay, reported: false });
      if (model.state === "half-open") model.trials++;
    } else {
      expect(codeOf(() => real.breaker.begin())).toBe("breaker.open");
    }
    agree(model, real);
  }
  toString = () => "begin";
}

class Report implements Step {
  constructor(
    /** 0 for the newest call. */
    readonly which: number,
    readonly ok: boolean,
  ) {}
  check = (model: Readonly<Model>) => model.calls.length > 0;
  run(model: Model, real: Real): void {
    const index = model.calls.length - 1 - (this.which % model.calls.length);
    const call = model.calls[index];
    if (this.ok) real.calls[index]?.succeed();
    else real.calls[index]?.fail();
    if (call !== undefined && !call.reported) {
      call.reported = true;
      if (!this.ok) {
        model.failures++;
        if (model.state !== "closed" || model.failures >= threshold) {
          go(model, "open");
          model.since = model.now;
        }
      } else if (call.began === model.stay && model.state !== "open") {
        model.failures = 0;
        go(model, "closed");
      }
    }
    agree(model, real);
  }
  toString = () => `${this.ok ? "succeed" : "fail"} ${this.which}`;
}

class Wait implements Step {
  constructor(readonly millis: number) {}
  check = () => true;
  run(model: Model, real: Real): void {
    model.now += this.millis;
    real.clock.millis += this.millis;
    const left = model.state === "open" ? Math.max(0, model.since + recovery - model.now) : 0;
    expect(real.breaker.remainingMillis).toBe(left);
    agree(model, real);
  }
  toString = () => `wait ${this.millis}`;
}

class Force implements Step {
  constructor(readonly to: "open" | "close") {}
  check = () => true;
  run(model: Model, real: Real): void {
    real.breaker[this.to]();
    if (this.to === "open") model.since = model.now;
    else model.failures = 0;
    go(model, this.to === "open" ? "open" : "closed");
    agree(model, real);
  }
  toString = () => this.to;
}

it("behaves as the documented rules in any sequence of calls", () => {
  const begin = fc.constant(new Begin());
  const report = fc.tuple(fc.nat(4), fc.boolean()).map(([which, ok]) => new Report(which, ok));
  const wait = fc.constantFrom(1, 50, 99, 100, 101).map((millis) => new Wait(millis));
  const force = fc.constantFrom("open" as const, "close" as const).map((to) => new Force(to));
  const commands = fc.commands([begin, begin, report, report, report, wait, force], {
    maxCommands: 60,
    size: "max",
  });
  fc.assert(
    fc.property(commands, (steps) => {
      fc.modelRun(() => {
        const clock = { millis: 0 };
        const config = {
          failure_threshold: threshold,
          recovery_timeout_ms: recovery,
          half_open_requests: halfOpenRequests,
        };
        const breaker = createBreaker(config, { now: () => clock.millis });
        const model: Model = {
          state: "closed",
          failures: 0,
          trials: 0,
          since: 0,
          now: 0,
          calls: [],
          stay: {},
        };
        return { model, real: { breaker, clock, calls: [] } };
      }, steps);
    }),
    { seed: 11, numRuns: 300 },
  );
});
