import { describe, expect, it } from "vitest";
import {
  decideReplyFromJson,
  decideRequestFromJson,
  RouteDecision,
  RouteRequest,
} from "../../../src/beamline/index.js";
import { decision, error, full, response } from "../../support/decide.js";
import { refusalOf } from "../../support/refusal.js";

describe("an incoming decide message", () => {
  it("is a plain or an adapter request, by its keys", () => {
    const plain = { message: { tenant_id: "acme", message_type: "chat", payload: "hello" } };
    expect(decideRequestFromJson(plain)).toEqual({
      kind: "plain",
      request: RouteRequest.fromJson(plain),
    });
    expect(decideRequestFromJson(full)).toEqual({ kind: "adapter", request: full });
    expect(refusalOf(() => decideRequestFromJson({ request_id: "r" })).message).toMatch(
      /beamline\.DecideRequest/,
    );
  });

  it("is a plain decision or an adapter response, by its keys", () => {
    expect(decideReplyFromJson(response)).toEqual({ kind: "adapter", response });
    expect(decideReplyFromJson(error)).toEqual({ kind: "adapter", response: error });
    expect(decideReplyFromJson(decision)).toEqual({
      kind: "plain",
      decision: RouteDecision.fromJson(decision),
    });
    expect(refusalOf(() => decideReplyFromJson({ ...response, ok: "yes" })).message).toBe(
      'cannot decode beamline.DecideResponse from JSON: ok: expected true, got "yes" [type]',
    );
    expect(refusalOf(() => decideReplyFromJson(null)).message).toMatch(/RouteDecision/);
  });

  it("leaves unknown keys out, or refuses them if the options say so", () => {
    const plain = { message: { tenant_id: "acme", message_type: "chat", payload: "hello" } };
    const requests = [
      [plain, "beamline.flow.v1.RouteRequest"],
      [full, "beamline.DecideRequest"],
    ] as const;
    const replies = [
      [response, "beamline.DecideResponse"],
      [error, "beamline.ErrorResponse"],
      [decision, "beamline.flow.v1.RouteDecision"],
    ] as const;
    const cases = [
      ...requests.map((given) => [decideRequestFromJson, ...given] as const),
      ...replies.map((given) => [decideReplyFromJson, ...given] as const),
    ];
    for (const [read, json, typeName] of cases) {
      const more = { ...json, later: 1 };
      expect(read(more)).toEqual(read(json));
      expect(read(more, { unknownKeys: "report" })).toEqual(read(json));
      for (const options of [{ unknownKeys: "refuse" }, { strict: true }] as const) {
        expect(() => read(more, options)).toThrow(
          expect.objectContaining({
            type: typeName,
            issues: expect.arrayContaining([
              { path: "later", rule: "unknown_key", message: "the message has no such key" },
            ]),
          }),
        );
      }
      expect(refusalOf(() => Reflect.apply(read, undefined, [json, null])).message).toBe(
        `cannot configure ${typeName}: expected an object, got null [config]`,
      );
    }
  });

  it("reports an error thrown by its input as a ContractError", () => {
    const trap = (): never => {
      throw new RangeError("mine");
    };
    const hostile: object = new Proxy({}, { get: trap, getPrototypeOf: trap });
    const late = {
      get ok(): boolean {
        throw new RangeError("mine");
      },
    };
    for (const work of [
      () => decideRequestFromJson(hostile),
      () => decideReplyFromJson(hostile),
      () => decideReplyFromJson(late),
    ]) {
      expect(refusalOf(work).code).toBe("input.unreadable");
    }
  });
});
