import { describe, expect, it } from "vitest";
import { Event, EventBatch } from "../../src/jimbot/index.js";
import { createJimBotMetrics, instrumentJimBot } from "../../src/otel/index.js";
import { createMeter, pointsOf, ticking } from "./sdk.js";

const state = { type: "GAME_STATE", source: "BalatroMCP", event_id: "e-1", payload: {} };
const heartbeat = { ...state, type: "HEARTBEAT", source: "mcp_server", payload: { version: "1" } };
const event = Event.fromJson(state);
const bytes = Event.encode(event);
describe("the metrics of JimBot", () => {
  it("are the four of the specification, with exactly its labels", async () => {
    const { meter, collect } = createMeter();
    const metrics = createJimBotMetrics(meter);
    const message = { source: "BalatroMCP", destination: "event_bus", event_type: "game.state" };
    const request = { service: "ray_rllib", method: "GetDecision", status: "ok" };
    const resource = { resource_type: "GPU_COMPUTE", component: "ray_rllib" } as const;
    const error = { component: "memgraph", severity: "CRITICAL", error_type: "timeout" } as const;
    const extra = { event_id: "e-1" };
    metrics.message({ ...message, ...extra });
    metrics.message(message);
    metrics.request(0.0625, { ...request, ...extra });
    metrics.resource(0.25, resource);
    metrics.resource(0.75, { ...resource, ...extra });
    metrics.error({ ...error, ...extra });
    expect(await collect()).toEqual({
      jimbot_event_bus_messages_total: {
        kind: "sum",
        unit: "{message}",
        points: [{ attributes: message, value: 2 }],
      },
      jimbot_request_duration_seconds: {
        kind: "histogram",
        unit: "s",
        points: [
          {
            attributes: request,
            value: {
              count: 1,
              sum: 0.0625,
              min: 0.0625,
              max: 0.0625,
              buckets: {
                boundaries: [
                  0.00001, 0.0001, 0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 5, 10,
                ],
                counts: [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0],
              },
            },
          },
        ],
      },
      jimbot_resource_usage_ratio: {
        kind: "gauge",
        unit: "1",
        points: [{ attributes: resource, value: 0.75 }],
      },
      jimbot_error_rate: {
        kind: "sum",
        unit: "{error}",
        points: [{ attributes: error, value: 1 }],
      },
    });
  });
});

describe("an instrumented Event", () => {
  it("counts the events that any method writes", async () => {
    const { meter, collect } = createMeter();
    const measured = instrumentJimBot(Event, { meter, destination: "event_bus" });
    measured.encode(event);
    measured.safeEncode(event);
    measured.encodeParts(event);
    measured.safeEncodeParts(event);
    measured.toJson(event);
    measured.safeToJson(event);
    measured.toJsonText(event);
    measured.safeToJsonText(event);
    measured.encode(Event.fromJson(heartbeat));
    measured.decode(bytes);
    measured.fromJson(state);
    measured.fromJsonText(JSON.stringify(state));
    measured.check(event);
    measured.safeEncode(Event.create());
    expect(Object.keys(await collect())).toEqual(["jimbot_event_bus_messages_total"]);
    expect(pointsOf(await collect(), "jimbot_event_bus_messages_total")).toEqual([
      [{ source: "BalatroMCP", destination: "event_bus", event_type: "game.state" }, 8],
      [{ source: "mcp_server", destination: "event_bus", event_type: "heartbeat" }, 1],
    ]);
  });

  it("counts each event of a batch", async () => {
    const { meter, collect } = createMeter();
    const measured = instrumentJimBot(EventBatch, { meter, destination: "event_bus" });
    const text = measured.toJsonText(
      EventBatch.create({
        batchId: "b-1",
        source: "BalatroMCP",
        events: [event, Event.fromJson(heartbeat), event],
      }),
    );
    expect(text).toContain('"batch_id":"b-1"');
    expect(pointsOf(await collect(), "jimbot_event_bus_messages_total")).toEqual([
      [{ source: "BalatroMCP", destination: "event_bus", event_type: "game.state" }, 2],
      [{ source: "mcp_server", destination: "event_bus", event_type: "heartbeat" }, 1],
    ]);
  });

  it("measures each method call as a request to the service", async () => {
    const { meter, collect } = createMeter();
    const measured = instrumentJimBot(Event, { meter, service: "mcp", now: ticking(62_500) });
    measured.encode(event);
    measured.safeEncode(event);
    measured.safeEncode(Event.create());
    measured.decode(bytes);
    measured.safeFromJson({});
    measured["~standard"].validate(state);
    const service = "mcp";
    // Each took 62.5 ms, which a float represents exactly in seconds.
    expect(Object.keys(await collect())).toEqual(["jimbot_request_duration_seconds"]);
    expect(pointsOf(await collect(), "jimbot_request_duration_seconds")).toMatchObject([
      [
        { service, method: "encode", status: "ok" },
        { count: 2, sum: 0.125 },
      ],
      [
        { service, method: "encode", status: "error" },
        { count: 1, sum: 0.0625 },
      ],
      [
        { service, method: "decode", status: "ok" },
        { count: 1, sum: 0.0625 },
      ],
      [
        { service, method: "fromJson", status: "error" },
        { count: 1, sum: 0.0625 },
      ],
      [
        { service, method: "fromJson", status: "ok" },
        { count: 1, sum: 0.0625 },
      ],
    ]);
  });

  it("counts a rejected message as an error of the component", async () => {
    const { meter, collect } = createMeter();
    const measured = instrumentJimBot(Event, { meter, component: "mcp" });
    measured.safeFromJson({ ...state, type: "FOO" });
    measured.safeEncode(Event.create());
    expect(() => measured.decode(new Uint8Array([10]))).toThrow("[binary.truncated]");
    expect(() => measured.decode(new Uint8Array([10]))).toThrow("[binary.truncated]");
    const labels = { component: "mcp", severity: "ERROR" };
    expect(Object.keys(await collect())).toEqual(["jimbot_error_rate"]);
    expect(pointsOf(await collect(), "jimbot_error_rate")).toEqual([
      [{ ...labels, error_type: "enum" }, 1],
      [{ ...labels, error_type: "length" }, 1],
      [{ ...labels, error_type: "binary.truncated" }, 2],
    ]);
  });

  it("uses the label unknown for a type without a name", async () => {
    const { meter, collect } = createMeter();
    const lenient = { ...Event, encode: () => bytes };
    const measured = instrumentJimBot(lenient, { meter, destination: "event_bus" });
    const strange = Event.clone(event);
    Reflect.set(strange, "type", 4711);
    measured.encode(strange);
    expect(pointsOf(await collect(), "jimbot_event_bus_messages_total")).toEqual([
      [{ source: "BalatroMCP", destination: "event_bus", event_type: "unknown" }, 1],
    ]);
  });
});
