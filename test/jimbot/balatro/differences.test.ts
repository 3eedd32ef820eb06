import { describe, expect, it } from "vitest";
import { BalatroPost } from "../../../src/jimbot/balatro/balatro-post.js";
import { Event } from "../../../src/jimbot/events/event.js";

const keptAside = "what its field cannot hold kept in metadata";

/** Reads the text of one event: the payload and kept values after encoding and decoding, and the repairs. */
function read(tag: string, payload: string) {
  const text = `{${tag},"source":"BalatroMCP","event_id":"e1","timestamp":1751500000000,"version":1,"payload":{${payload}}}`;
  const { events, repairs } = BalatroPost.fromJsonText(text);
  const [event, ...others] = events.map((one) => Event.decode(Event.encode(one)));
  if (event === undefined || others.length > 0) throw new Error("not one event");
  return {
    payload: Event.toJson(event).payload,
    metadata: event.metadata,
    repairs: repairs
      .filter(({ kind }) => kind !== "not_finite" && kind !== "number_from_text")
      .map(({ path, kind, repair }) => `${path.replace("payload.", "")}: ${kind}: ${repair}`),
  };
}

function refused(tag: string, payload: string): string {
  const text = `{${tag},"source":"BalatroMCP","payload":{${payload}}}`;
  const result = BalatroPost.safeFromJsonText(text);
  return result.ok ? "nothing was refused" : result.error.message;
}

const money = '"type":"MONEY_CHANGED"';

describe("the difference of two amounts of money", () => {
  it("is calculated again where an amount lost its fraction", () => {
    const { payload, metadata, repairs } = read(
      money,
      '"old_value":2.5,"new_value":7,"difference":4.5',
    );
    expect(payload).toEqual({ old_value: 2, new_value: 7, difference: 5 });
    expect(metadata).toEqual({
      "json_payload.old_value": "2.5",
      "json_payload.difference": "4.5",
    });
    expect(repairs).toEqual([
      "old_value: fraction_cut: fraction of 2.5 cut off",
      "difference: fraction_cut: fraction of 4.5 cut off",
      "difference: recalculated: 4 replaced by 5, new_value minus old_value",
      `old_value: kept_aside: ${keptAside}`,
      `difference: kept_aside: ${keptAside}`,
    ]);
  });

  it("is kept, where it was whole itself", () => {
    const { payload, metadata, repairs } = read(
      money,
      '"old_value":-0.5,"new_value":0.5,"difference":1',
    );
    expect(payload).toEqual({ old_value: 0, new_value: 0, difference: 0 });
    expect(metadata).toEqual({
      "json_payload.old_value": "-0.5",
      "json_payload.new_value": "0.5",
      "json_payload.difference": "1",
    });
    expect(repairs).toContain(
      "difference: recalculated: 1 replaced by 0, new_value minus old_value",
    );
  });

  it.each([
    ["3000000000", "3000000005", "5", [2147483647, 2147483647, 0]],
    ["-3000000000", "3000000000", "6000000000", [-2147483648, 2147483647, 2147483647]],
    ["10", "1e+20", "1e+20", [10, 2147483647, 2147483637]],
    ["-2147483648", "2147483647", "4294967295", [-2147483648, 2147483647, 2147483647]],
    ["5", "inf", "inf", [5, 2147483647, 2147483642]],
    ["inf", "inf", "-nan", [2147483647, 2147483647, 0]],
    ["inf", "7", "-inf", [2147483647, 7, -2147483640]],
    ["nan", "7", "nan", [0, 7, 7]],
    ['"2.5"', "7", '"4.5"', [2, 7, 5]],
    ["7", "2", "-5.0", [7, 2, -5]],
  ])("of %s and %s, posted as %s", (before, after, change, values) => {
    const { payload } = read(
      money,
      `"old_value":${before},"new_value":${after},"difference":${change}`,
    );
    const [old_value, new_value, difference] = values;
    expect(payload).toEqual({ old_value, new_value, difference });
  });

  it.each([
    ["2.5", "7", "5.5"],
    ["2", "7", "4"],
    ["3000000000", "3000000005", "6"],
    ["2.5", "2.9", "0"],
  ])("is refused if what was posted is none: %s, %s, %s", (before, after, change) => {
    expect(
      refused(money, `"old_value":${before},"new_value":${after},"difference":${change}`),
    ).toBe(
      "cannot decode jimbot.events.v1.Event from JSON: payload.difference: must be new_value minus old_value [rule]",
    );
  });

  it("is refused with its type, if that is wrong", () => {
    expect(refused(money, '"old_value":2.5,"new_value":7,"difference":"much"')).toBe(
      'cannot decode jimbot.events.v1.Event from JSON: payload.difference: expected an integer, got "much" [type]',
    );
  });
});

describe("the differences of a scored hand", () => {
  const largest = 1.7976931348623157e308;

  it.each([
    ["SCORE_UPDATE", "previous_score", "new_score", "delta"],
    ["MULT_UPDATE", "mult_before", "mult_after", "delta"],
    ["CHIPS_UPDATE", "chips_before", "chips_after", "delta"],
    ["HAND_EVAL_COMPLETE", "starting_score", "final_score", "total_delta"],
  ])("of %s follow values that are not finite", (subtype, before, after, change) => {
    const tag = `"type":"SCORING","subtype":"${subtype}"`;
    const payload = (...[a, b, c]: string[]): string =>
      `"${before}":${a},"${after}":${b},"${change}":${c}`;
    const unchanged = read(tag, payload("300", "inf", "inf"));
    expect(unchanged.payload).toMatchObject({
      [before]: 300,
      [after]: largest,
      [change]: largest,
    });
    expect(unchanged.metadata[`json_payload.${after}`]).toBe('"inf"');
    const changed = read(tag, payload("inf", "inf", "nan"));
    expect(changed.payload).toMatchObject({ [before]: largest, [after]: largest, [change]: 0 });
    const again = read(tag, payload("nan", "5.5", "nan"));
    expect(again.payload).toMatchObject({ [before]: 0, [after]: 5.5, [change]: 5.5 });
    expect(again.repairs).toContain(
      `${change}: recalculated: 0 replaced by 5.5, ${after} minus ${before}`,
    );
    expect(refused(tag, payload("1", "5.5", "4"))).toBe(
      `cannot decode jimbot.events.v1.Event from JSON: payload.${change}: must be ${after} minus ${before} [rule]`,
    );
  });
});
