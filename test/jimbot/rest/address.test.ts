import fc from "fast-check";
import { describe, expect, expectTypeOf, it } from "vitest";
import { restAddresses } from "../../../src/jimbot/rest/address.js";
import { EventHistoryRequest } from "../../../src/jimbot/rest/bus.js";
import { restChannelOf } from "../../../src/jimbot/rest/channels.js";
import { CachedStrategiesRequest, ModelMetricsRequest } from "../../../src/jimbot/rest/learning.js";
import { validMessagesOf } from "../../../src/testing/index.js";
import { binaryOf } from "../../support/json-contracts.js";
import { textOf } from "../../support/refusal.js";
import { documentLines } from "../document.js";

const {
  get_event_history: history,
  get_model_metrics: figures,
  get_cached_strategies: advice,
} = restAddresses;

describe("the address of a request", () => {
  it("has the document's parameters", () => {
    const json = { from: 1234567890000, to: 1234567950000, type: "GAME_STATE" };
    const address = "/api/v1/events?from=1234567890000&to=1234567950000&type=GAME_STATE";
    expect(history.at(EventHistoryRequest.fromJson(json))).toBe(address);
    const read = history.match(address);
    expect(read && EventHistoryRequest.toJson(read)).toEqual(json);
    const line = "query: ?from={timestamp}&to={timestamp}&type={type}";
    expect(documentLines()?.some(({ text }) => text === line) ?? true).toBe(true);
  });

  it.each([
    ["/api/v1/events", {}],
    ["/api/v1/events?type=METRIC", { type: "METRIC" }],
    [
      "/api/v1/events?page_size=50&page_token=a%2Fb%3D%26%C3%A9",
      { page_size: 50, page_token: "a/b=&é" },
    ],
    ["/api/v1/events?page_token=123", { page_token: "123" }],
    ["/api/v1/events?from=-1", { from: -1 }],
  ])("is %s", (address, json) => {
    expect(history.at(EventHistoryRequest.fromJson(json))).toBe(address);
    expect(history.match(address)).toEqual(EventHistoryRequest.fromJson(json));
  });

  it("has path parameters in the path", () => {
    const request = ModelMetricsRequest.create({ modelId: "balatro-ppo" });
    expect(figures.at(request)).toBe("/api/v1/models/balatro-ppo/metrics");
    expect(figures.match("/api/v1/models/balatro-ppo/metrics")).toEqual(request);
    expect(figures.match("/api/v1/models/a/metrics?model_id=b")?.modelId).toBe("a");
    const all = CachedStrategiesRequest.create({ maxResults: 10 });
    expect(advice.at(all)).toBe("/api/v1/strategies/cache?max_results=10");
    expect(advice.match("/api/v1/strategies/cache?max_results=10")).toEqual(all);
  });

  it("is read in any order, with an empty query or with unknown parameters", () => {
    const wanted = EventHistoryRequest.fromJson({ from: 0, page_token: "a b?c" });
    expect(history.match("/api/v1/events?&page_token=a+b?c&&from=0&")).toEqual(wanted);
    expect(history.match("/api/v1/events?")).toEqual(EventHistoryRequest.create());
    const others = "/api/v1/events?utm=1&__proto__=2&=3&constructor";
    expect(history.match(others)).toEqual(EventHistoryRequest.create());
  });

  it.each(["/api/v1/event", "/api/v1/events/", "/api/v1/events/batch?from=0", "", "?from=0"])(
    "is not %j",
    (address) => {
      expect(history.match(address)).toBeUndefined();
    },
  );

  it("is a text", () => {
    // @ts-expect-error a caller without types may give anything
    expect(history.match(undefined)).toBeUndefined();
    expectTypeOf(history.match("")).toEqualTypeOf<EventHistoryRequest | undefined>();
  });

  const start = "cannot decode jimbot.rest.v1.EventHistoryRequest from JSON:";
  it.each([
    ["from=soon", 'from: expected whole milliseconds since 1970, got "soon" [type]'],
    ["from=1.5", 'from: expected whole milliseconds since 1970, got "1.5" [type]'],
    ["from=", 'from: expected whole milliseconds since 1970, got "" [type]'],
    ["from", 'from: expected whole milliseconds since 1970, got "" [type]'],
    ["from=007", 'from: expected whole milliseconds since 1970, got "007" [type]'],
    ["from=1e20", 'from: expected whole milliseconds since 1970, got "1e20" [type]'],
    [
      "from=99999999999999999999",
      "from: expected whole milliseconds since 1970, got 100000000000000000000 [range]",
    ],
    ["page_size=many", 'page_size: expected an integer, got "many" [type]'],
    ["from=2&to=1", "to: must be later than from [rule]"],
    ["from=1&from=2", "from: this parameter is repeated [duplicate_key]"],
    ["page_token=%", "page_token: a parameter is not percent-encoded UTF-8 [format]"],
    ["page_token=%ff", "page_token: a parameter is not percent-encoded UTF-8 [format]"],
    ["%zz=1", "a parameter is not percent-encoded UTF-8 [format]"],
    [
      "from=1&from=2&page_token=%",
      "from: this parameter is repeated [duplicate_key] (and 1 more issue)",
    ],
  ])("refuses %s", (query, text) => {
    expect(textOf(() => history.match(`/api/v1/events?${query}`))).toBe(`${start} ${text}`);
  });

  it("refuses a request that breaks its rules", () => {
    const request = EventHistoryRequest.create({ pageSize: -1 });
    expect(textOf(() => history.at(request))).toBe(
      "cannot encode jimbot.rest.v1.EventHistoryRequest to JSON: page_size: expected a number of at least 0, got -1 [range]",
    );
    const model = ModelMetricsRequest.create({ modelId: "a/b" });
    expect(textOf(() => figures.at(model))).toBe(
      'cannot encode jimbot.rest.v1.ModelMetricsRequest to JSON: model_id: expected one address segment of letters, digits, _ and -, got "a/b" [format]',
    );
  });

  it("is parsed to the same request, for every request that JSON can represent", () => {
    const settings = { seed: 1, numRuns: 200 };
    let compared = 0;
    fc.assert(
      fc.property(validMessagesOf(EventHistoryRequest), (request) => {
        if (!EventHistoryRequest.safeToJson(request).ok) return;
        compared++;
        expect(history.match(history.at(request))).toEqual(request);
      }),
      settings,
    );
    expect(compared).toBeGreaterThan(50);
    fc.assert(
      fc.property(validMessagesOf(ModelMetricsRequest), (request) => {
        expect(figures.match(figures.at(request))).toEqual(request);
      }),
      settings,
    );
  });

  it("is that of its channel", () => {
    expect(Object.keys(restAddresses).every((name) => name in restChannelOf)).toBe(true);
    const gets = Object.values(restChannelOf).filter(
      ({ method, messages }) =>
        method === "GET" && binaryOf(messages).some(({ schema }) => schema.fields.length > 0),
    );
    expect(gets.map(({ name }) => name)).toEqual(Object.keys(restAddresses));
  });
});
