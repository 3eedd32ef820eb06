import { describe, expect, it } from "vitest";
import { ExecResult, RouteRequest } from "../../src/beamline/index.js";
import { Context } from "../../src/contract/base/context.js";
import { examples as jimbot } from "../../src/jimbot/examples.js";
import { Event } from "../../src/jimbot/index.js";
import { SystemStatePacket } from "../../src/leyline/index.js";
import { Envelope } from "../../src/sim/index.js";
import { refusalOf } from "../support/refusal.js";

const strict = { strict: true } as const;

const ids = {
  trace_id: "4bf92f3577b34da6a3ce929d0e0e4736",
  run_id: "01ARZ3NDEKTSV4RRFFQ69G5FAV",
  flow_id: "3f2c9a64-7b1e-4d58-9c06-5e8d2a7f41b3",
  step_id: "3F2C9A64-7B1E-4D58-9C06-5E8D2A7F41B3",
};
const message = {
  message_id: "m-1",
  tenant_id: "acme_1",
  message_type: "chat",
  payload: "hello",
  idempotency_key: "k-1",
  ...ids,
};

function without(...keys: readonly string[]): object {
  return Object.fromEntries(Object.entries(message).filter(([key]) => !keys.includes(key)));
}

describe("strict", () => {
  it("is an option of every method", () => {
    const loose = RouteRequest.fromJson({ message: without("trace_id") });
    const bytes = RouteRequest.encode(loose);
    const text = RouteRequest.toJsonText(loose);
    const methods = [
      () => RouteRequest.check(loose, strict),
      () => RouteRequest.encode(loose, strict),
      () => RouteRequest.decode(bytes, strict),
      () => RouteRequest.toJson(loose, strict),
      () => RouteRequest.toJsonText(loose, strict),
      () => RouteRequest.fromJson(JSON.parse(text), strict),
      () => RouteRequest.fromJsonText(text, strict),
    ];
    for (const method of methods) {
      const { code, path } = refusalOf(method);
      expect({ code, path }).toEqual({ code: "required", path: "message.trace_id" });
    }
    const safe = [
      RouteRequest.safeCheck(loose, strict),
      RouteRequest.safeEncode(loose, strict),
      RouteRequest.safeDecode(bytes, strict),
      RouteRequest.safeToJson(loose, strict),
      RouteRequest.safeToJsonText(loose, strict),
      RouteRequest.safeFromJsonText(text, strict),
    ];
    for (const result of safe) expect(result.ok).toBe(false);
  });

  it("refuses an enum number without a name, at every depth", () => {
    const seed = { seedId: "s", stage: 99 };
    const packet = SystemStatePacket.create({ packetId: ids.flow_id, seedStates: [seed] });
    expect(SystemStatePacket.check(packet)).toBe(packet);
    expect(() => SystemStatePacket.check(packet, strict)).toThrow(
      "cannot accept esper.leyline.v1.SystemStatePacket: seed_states[0].stage: expected a number that SeedLifecycleStage has a name for, got 99 [enum.unknown]",
    );
  });

  it("refuses UUIDs of other versions where a document says version 4", () => {
    const packet = SystemStatePacket.create({ packetId: "run-1-epoch-2" });
    expect(() => SystemStatePacket.check(packet, strict)).toThrow(
      'packet_id: expected a UUID v4, got "run-1-epoch-2" [format]',
    );
    const [example] = jimbot.filter(({ contract }) => contract === Event);
    const event: object = Object(example?.json);
    expect(Event.safeFromJson(event).ok).toBe(true);
    const result = Event.safeFromJson({ ...event, event_id: "uuid-here" }, strict);
    expect(result.ok ? "" : result.error.message).toContain(
      'event_id: expected a UUID v4, got "uuid-here" [format]',
    );
    const assigned = ExecResult.create({ assignmentId: "a1f5b1d2-3c4e-5f6a-7b8c-9d0e1f2a3b4c" });
    const context = new Context();
    ExecResult.definition.strict(assigned, context);
    expect(context.issues).toMatchObject([{ path: "assignment_id", rule: "format" }]);
  });

  it("refuses times of a simulation that are finer than a millisecond", () => {
    const json = {
      timestamp: "2024-07-15T10:00:00.123456Z",
      run_id: "run",
      message_type: "control_command",
      payload: { command: "start", parameters: {} },
    };
    expect(Envelope.safeFromJson(json).ok).toBe(true);
    expect(() => Envelope.fromJson(json, strict)).toThrow(
      "timestamp: a time finer than a millisecond [format]",
    );
    expect(
      Envelope.safeFromJson({ ...json, timestamp: "2024-07-15T10:00:00.123Z" }, strict).ok,
    ).toBe(true);
  });
});

describe("strict on JSON text", () => {
  const twice = (text: string): readonly string[] => {
    const result = RouteRequest.safeFromJsonText(text, strict);
    return result.ok
      ? []
      : result.error.issues.filter(({ rule }) => rule === "duplicate_key").map(({ path }) => path);
  };

  it("refuses a duplicate key in an object, which is ignored by default", () => {
    const text = JSON.stringify({ message }).replace("}}", ',"trace_id":"x","trace_id":"y"}}');
    expect(() => RouteRequest.fromJsonText(text, strict)).toThrow(
      "cannot decode beamline.flow.v1.RouteRequest from JSON: message.trace_id: this key appears twice [duplicate_key] (and 1 more issue)",
    );
    expect(RouteRequest.fromJsonText(text).message?.traceId).toBe("y");
  });

  it.each([
    ['{"a":1,"b":{"a":1},"c":[{"a":1},{"a":2}],"\\u0061":0}', ["a"]],
    ['{"a":[1,"a:{",{"b":true,"b":null}]}', ["a[2].b"]],
    ['[[{"x":1}],[{"x":{},"x":[]}]]', ["[1][0].x"]],
    ['{"":1,"":2}', ['[""]']],
    ['{"a\\"":1,"a\\\\":2,"a\\"":-1.5e3}', ['["a\\""]']],
    [' { "a" : [ ] , "b" : "\\"a\\":1" , "a" : { } } ', ["a"]],
    ["17", []],
    ['"a"', []],
    ["[]", []],
  ])("finds the path in %s", (text, paths) => {
    expect(twice(text)).toEqual(paths);
  });

  it("stops after twenty, and goes through deep texts without recursion", () => {
    const many = `{${'"a":1,'.repeat(100)}"a":1}`;
    expect(twice(many)).toHaveLength(20);
    const deep = `${"[".repeat(5_000)}${"]".repeat(5_000)}`;
    expect(twice(deep)).toEqual([]);
  });
});
