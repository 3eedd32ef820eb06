import { describe, expect, expectTypeOf, it } from "vitest";
import { unsafeCast } from "../../src/contract/base/unsafe-cast.js";
import { type Channel, defineChannel, type Parameters } from "../../src/contract/channel.js";
import { type ContractOptions, createContract } from "../../src/index.js";
import { Envelope } from "../../src/sim/envelope.js";
import { textOf } from "../support/refusal.js";

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

describe("wrong options of a channel", () => {
  const right = {
    name: "c",
    address: "a.{b}",
    messages: [Envelope],
    from: ["x"],
    to: ["y"],
    encoding: "json",
    delivery: "at most once",
  } as const;
  const refused = (options: unknown): string =>
    textOf(() => defineChannel(unsafeCast<typeof right>(options)));

  it.each([
    [undefined, "a channel: expected an object, got undefined"],
    [null, "a channel: expected an object, got null"],
    ["c", 'a channel: expected an object, got "c"'],
    [{ ...right, name: undefined }, "a channel: name: expected a non-empty string, got undefined"],
    [{ ...right, address: undefined }, "c: address: expected a non-empty string, got undefined"],
    [{ ...right, address: 5 }, "c: address: expected a non-empty string, got 5"],
    [{ ...right, messages: null }, "c: messages: expected an array of contracts, got null"],
    [
      { ...right, messages: [null] },
      "c: messages: expected an array of contracts, got an array of 1",
    ],
    [{ ...right, replies: [{}] }, "c: replies: expected an array of contracts, got an array of 1"],
    [{ ...right, from: "x" }, 'c: from: expected an array of non-empty strings, got "x"'],
    [{ ...right, to: [1] }, "c: to: expected an array of non-empty strings, got an array of 1"],
    [{ ...right, encoding: "xml" }, 'c: encoding: expected one of json, binary, text, got "xml"'],
    [
      { ...right, delivery: undefined },
      "c: delivery: expected one of at most once, at least once, exactly once, got undefined",
    ],
    [{ ...right, retained: 1 }, "c: retained: expected one of true, false, got 1"],
    [
      { ...right, maxBytes: Number.NaN },
      "c: maxBytes: expected a whole number of at least 1, or Infinity, got NaN",
    ],
    [
      { ...right, timeoutMillis: 0.5 },
      "c: timeoutMillis: expected a whole number of at least 1, or Infinity, got 0.5",
    ],
  ])("%j are `config`", (options, text) => {
    expect(refused(options)).toBe(`cannot configure ${text} [config]`);
  });

  it("do not change a channel afterwards", () => {
    const options = { ...right, name: "before" };
    const channel = defineChannel(options);
    options.name = "after";
    expect(channel.name).toBe("before");
  });

  it("that throw are refused", () => {
    const options = {
      ...right,
      get address(): never {
        throw new RangeError("mine");
      },
    };
    expect(refused(options)).toBe(
      "cannot configure a channel: reading the value threw an error [config]",
    );
  });

  it.each([null, undefined, 5, "b", []])("at(%j) is refused", (parameters) => {
    const channel = defineChannel(right);
    expect(textOf(() => channel.at(unsafeCast<{ b: string }>(parameters)))).toBe(
      "cannot address c: b: expected one address segment of letters, digits, _ and -, got undefined [channel.address]",
    );
  });

  it.each([5, null, undefined, {}, []])("match(%j) is no address", (address) => {
    expect(defineChannel(right).match(unsafeCast<string>(address))).toBeUndefined();
  });
});

describe("wrong options of a contract", () => {
  const { schema, definition, codec, typeName } = Envelope;

  it.each([
    [null, "expected an object, got null"],
    ["frames", 'expected an object, got "frames"'],
    [{ alternative: 5 }, "alternative: expected a string, got 5"],
    [{ maxBytes: -1 }, "maxBytes: expected a whole number of at least 1, or Infinity, got -1"],
  ])("%j is `config`", (options, text) => {
    const made = (): unknown =>
      createContract(schema, definition, codec, unsafeCast<ContractOptions>(options));
    expect(textOf(made)).toBe(`cannot configure ${typeName}: ${text} [config]`);
  });
});
