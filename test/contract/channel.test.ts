import { describe, expect, expectTypeOf, it } from "vitest";
import { type Channel, defineChannel, type Parameters } from "../../src/contract/channel.js";
import { Envelope } from "../../src/sim/envelope.js";

const data = defineChannel({
  name: "data",
  address: "simulations.{run_id}.data.{part}",
  messages: [Envelope],
  from: ["algo"],
  to: ["backend"],
  encoding: "json",
  delivery: "at most once",
});

describe("defineChannel", () => {
  it("fills the address template", () => {
    expect(data.at({ run_id: "sim_run-7", part: "0" })).toBe("simulations.sim_run-7.data.0");
    expect(data.request).toBe(false);
  });

  it("has typed parameters", () => {
    expectTypeOf<Parameters<"a.{b}.{c}">>().toEqualTypeOf<"b" | "c">();
    // @ts-expect-error a parameter is missing
    expect(() => data.at({ run_id: "x" })).toThrow(
      "cannot address data: part: expected one address segment of letters, digits, _ and -, got undefined [channel.address]",
    );
  });

  it.each(["", "a.b", "a/b", "*", "#", "+", "a b", ">", "ä", "x".repeat(257)])(
    "refuses %s as a segment",
    (run_id) => {
      expect(() => data.at({ run_id, part: "1" })).toThrow(/run_id: expected one address segment/);
    },
  );

  it("returns the parameters of an address", () => {
    expect(data.match("simulations.r1.data.4")).toEqual({ run_id: "r1", part: "4" });
    expect(data.match("simulations.r1.logs.4")).toBeUndefined();
    expect(data.match("simulations.r1.data")).toBeUndefined();
    expect(data.match("simulations.*.data.4")).toBeUndefined();
  });

  it("is frozen", () => {
    expectTypeOf(data).toExtend<Channel>();
    expect(Object.isFrozen(data)).toBe(true);
  });
});
