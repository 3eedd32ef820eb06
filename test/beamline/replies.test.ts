import { describe, expect, it } from "vitest";
import {
  base64Contracts,
  channels,
  DecideRequest,
  DecideResponse,
  decideReplyFromJson,
  ErrorResponse,
  ExtensionReply,
  ProviderResponse,
  RouteDecision,
  RouteRequest,
  StreamChunk,
} from "../../src/beamline/index.js";
import type { AnyContract } from "../../src/contract/contract.js";
import type { AnyJsonContract } from "../../src/contract/json-contract.js";
import { refusalOf } from "../support/refusal.js";

/** What a Router answers to a request without a trace id. */
const decided =
  '{"ok":true,"decision":{"provider_id":"openai:gpt-4o","reason":"best_score","priority":50,"expected_latency_ms":850,"expected_cost":0.012,"metadata":null},"context":{"request_id":"req-1","trace_id":null}}';
/** What a gateway answers when it could not reach the Router. */
const failed =
  '{"ok":false,"error":{"code":"SERVICE_UNAVAILABLE","message":"no router","details":null,"intake_error_code":null},"context":{"request_id":"req-1","trace_id":null}}';

describe("null in a reply", () => {
  it("is read as an absent key in a Router's decision", () => {
    const response = DecideResponse.fromJsonText(decided);
    expect(response.context).toStrictEqual({ request_id: "req-1" });
    expect("metadata" in response.decision).toBe(false);
    expect(decideReplyFromJson(JSON.parse(decided))).toStrictEqual({ kind: "adapter", response });
  });

  it("is read as an absent key in a gateway's error", () => {
    const response = ErrorResponse.fromJsonText(failed);
    expect(response).toStrictEqual({
      ok: false,
      error: { code: "SERVICE_UNAVAILABLE", message: "no router" },
      context: { request_id: "req-1" },
    });
    expect(decideReplyFromJson(JSON.parse(failed))).toStrictEqual({ kind: "adapter", response });
  });

  it("is read by every method that reads", () => {
    const json = JSON.parse(failed);
    const value = ErrorResponse.fromJson(json);
    expect(ErrorResponse.safeFromJson(json)).toEqual({ ok: true, value, unknownKeys: [] });
    expect(ErrorResponse.safeFromJsonText(failed)).toEqual({ ok: true, value, unknownKeys: [] });
    expect(ErrorResponse.fromJsonText(failed)).toEqual(value);
    const names = Object.keys(ErrorResponse).filter((name) => /fromJson/i.test(name));
    expect(names.sort()).toEqual(["fromJson", "fromJsonText", "safeFromJson", "safeFromJsonText"]);
  });

  it("is neither checked nor written", () => {
    const json = JSON.parse(failed);
    for (const write of [ErrorResponse.check, ErrorResponse.toJson, ErrorResponse.toJsonText]) {
      expect(refusalOf(() => write(json)).message).toMatch(
        /^cannot (?:accept|encode) beamline\.ErrorResponse(?: to JSON)?: error\.details: expected an object, got null \[type\]/,
      );
    }
    const decision = { provider_id: "p", reason: "r", metadata: null, priority: null };
    expect(RouteDecision.toJson(RouteDecision.fromJson(decision))).toEqual({
      provider_id: "p",
      reason: "r",
    });
  });

  it("is refused where a key is required, beside unknown keys and in requests", () => {
    const json = { ...JSON.parse(decided), more: null };
    expect(DecideResponse.safeFromJson(json)).toMatchObject({ ok: true, unknownKeys: ["more"] });
    const nameless = { ...json, context: { request_id: null } };
    expect(refusalOf(() => DecideResponse.fromJson(nameless)).message).toBe(
      "cannot decode beamline.DecideResponse from JSON: context.request_id: expected a string, got null [type]",
    );
    const message = { tenant_id: "acme", message_type: "chat", payload: "hi", trace_id: null };
    expect(refusalOf(() => RouteRequest.fromJson({ message })).code).toBe("type");
    const task = { type: "chat", payload: "hi" };
    const request = { version: "1", request_id: "r", tenant_id: "acme", task, trace_id: null };
    expect(refusalOf(() => DecideRequest.fromJson(request)).code).toBe("type");
  });

  it("is a value where any JSON is", () => {
    expect(ExtensionReply.fromJson({ payload: null, metadata: null })).toStrictEqual({
      payload: null,
    });
  });

  it("does not hide another fault", () => {
    const json = { ...JSON.parse(decided), ok: 1 };
    expect(refusalOf(() => DecideResponse.fromJson(json)).message).toBe(
      "cannot decode beamline.DecideResponse from JSON: ok: expected true, got 1 [type]",
    );
    expect(refusalOf(() => DecideResponse.fromJsonText(`${decided}}`)).code).toBe("json.syntax");
    expect(refusalOf(() => DecideResponse.fromJson(null)).code).toBe("type");
  });
});

type Reply = readonly [name: string, contract: AnyContract | AnyJsonContract, json: object];

/** Every reply of the channels that has an example, and the same with base64. */
const replies = [
  ...channels.flatMap(({ replies: messages = [], example }) =>
    messages.flatMap((contract): Reply[] => {
      const json: unknown = example?.reply;
      const isTaken = typeof json === "object" && json !== null && contract.safeFromJson(json).ok;
      return isTaken ? [[contract.typeName, contract, json]] : [];
    }),
  ),
  ...[base64Contracts.ProviderResponse, base64Contracts.StreamChunk].map(
    (contract): Reply => [contract.typeName, contract, { request_id: "r", status: "success" }],
  ),
];

describe("every reply of the channels", () => {
  it("is among those that are tested", () => {
    const names = replies.map(([name]) => name);
    const { typeName } = StreamChunk;
    expect(names).toContain(typeName);
    expect(names).toContain(ProviderResponse.typeName);
    expect(new Set(names).size).toBeGreaterThanOrEqual(12);
  });

  it.each(replies)(
    "%s reads null as absent for each key that may be absent",
    (_, contract, json) => {
      for (const key of Object.keys(json)) {
        const without = Object.fromEntries(Object.entries(json).filter(([name]) => name !== key));
        const absent = contract.safeFromJson(without);
        const read = contract.safeFromJson({ ...json, [key]: null });
        expect(read.ok, key).toBe(absent.ok);
        if (absent.ok && read.ok && key !== "final_payload" && key !== "payload") {
          expect(read.value).toEqual(absent.value);
        }
      }
    },
  );
});
