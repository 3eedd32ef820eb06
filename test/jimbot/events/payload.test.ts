import { describe, expect, it } from "vitest";
import { EventType, EventTypeSchema } from "../../../gen/jimbot/events/v1/event_pb.js";
import { payloadRoutes, type RouteTable, routesOf } from "../../../src/jimbot/events/payload.js";

describe("the payload routes", () => {
  it("exist for every event type", () => {
    for (const { number } of EventTypeSchema.values) {
      const name = EventType[number];
      expect(routesOf(number).map(({ type }) => type)).toContain(name);
      expect(new Set(routesOf(number).map(({ type }) => type)).size).toBe(1);
    }
    expect(routesOf(Number("57"))).toEqual([]);
  });

  it("do not compile without a route for an event type", () => {
    const { HEARTBEAT, ...others } = payloadRoutes;
    // @ts-expect-error HEARTBEAT is missing
    const incomplete: RouteTable = others;
    // @ts-expect-error HEARTBEAT has no route
    const empty: RouteTable = { ...others, HEARTBEAT: [] };
    // @ts-expect-error the route of another type
    const wrong: RouteTable = { ...others, HEARTBEAT: payloadRoutes.METRIC };
    const complete: RouteTable = { ...others, HEARTBEAT };
    expect([incomplete, empty, wrong, complete]).toHaveLength(4);
  });
});
