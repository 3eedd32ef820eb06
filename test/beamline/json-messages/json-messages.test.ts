import { describe, expect, it } from "vitest";
import {
  AdminError,
  Alert,
  BackpressureReply,
  BackpressureRequest,
  ComplexityReply,
  CustomProviderRequest,
  channelAddresses,
  channels,
  DryRunReply,
  ExtensionHealth,
  ExtensionReply,
  ExtensionRequest,
  GatewayDecision,
  GatewayError,
  GatewayMessage,
  IngressAck,
  IngressMessage,
  ValidatorReply,
  WorkerLoad,
} from "../../../src/beamline/index.js";
import { type AnyJsonContract, isJsonContract } from "../../../src/contract/json-contract.js";
import { refusalOf } from "../../support/refusal.js";

function exampleOf(address: string, part: "message" | "reply"): object {
  const channel = channels.find((candidate) => candidate.address === address);
  const json: unknown = channel?.example?.[part];
  if (typeof json !== "object" || json === null) throw new Error(`no example of ${address}`);
  return json;
}

/** Every JSON-only message with the JSON of the channels that carry it. */
const pairs = channels.flatMap(({ messages, replies = [], example }) => [
  ...messages.filter(isJsonContract).map((contract) => [contract, example?.message] as const),
  ...replies.filter(isJsonContract).map((contract) => [contract, example?.reply] as const),
]);
const taken = pairs.filter(([contract, json]) => {
  const result = contract.safeFromJson(json);
  return result.ok && result.unknownKeys.length === 0;
});

describe("the JSON-only messages of the channels", () => {
  it.each(taken.map(([contract, json]) => ({ name: contract.typeName, contract, json })))(
    "$name keeps every key",
    ({ contract, json }) => {
      const value = contract.fromJson(json);
      expect(value).toEqual(json);
      expect(contract.toJson(value)).toEqual(json);
      expect(contract.fromJsonText(contract.toJsonText(value))).toEqual(json);
    },
  );

  it("read documented JSON that is not an example of a channel", () => {
    const fault = { code: "POLICY_NOT_FOUND", message: "no policy", trace_id: "t" };
    expect(AdminError.fromJson({ ok: false, error: fault })).toEqual({ ok: false, error: fault });
    expect(AdminError.fromJson({ error: fault })).toEqual({ error: fault });
    const timestamp = "2025-11-10T12:00:00.000Z";
    const error = { error: { ...fault, details: { a: 1 }, timestamp } };
    expect(GatewayError.fromJson(error)).toEqual(error);
    expect(ValidatorReply.fromJson({})).toEqual({});
    expect(ValidatorReply.fromJson({ status: "ok" })).toEqual({ status: "ok" });
    expect(ExtensionReply.fromJson({})).toEqual({});
    const idle = { subject: "a.b", status: "inactive" };
    expect(BackpressureReply.fromJson({ success: true, data: idle }).data).toEqual(idle);
  });

  const policy = { retry_after_seconds: 30 };
  const data = { subject: "a.b", status: "active", policy };
  const message = exampleOf(channelAddresses.message_http, "message");
  const decided = exampleOf(channelAddresses.message_http, "reply");
  const complexity = exampleOf(channelAddresses.pipeline_complexity, "reply");
  const ingress = exampleOf(channelAddresses.ingress, "message");
  const alert = exampleOf(channelAddresses.alert_info, "message");
  const load = exampleOf(channelAddresses.heartbeat_rust, "message");
  const dryRun = exampleOf(channelAddresses.dry_run_pipeline, "reply");

  const refusals: readonly (readonly [AnyJsonContract, object, string])[] = [
    [
      BackpressureRequest,
      { subject: "a..b" },
      'subject: expected a subject of dot-separated tokens of letters, digits, _ and -, got "a..b" [format]',
    ],
    [BackpressureReply, { success: false, data }, "success: expected true, got false [type]"],
    [
      BackpressureReply,
      { success: true, data: { ...data, policy: undefined } },
      "data.policy: this key is required when status is active [required]",
    ],
    [
      BackpressureReply,
      { success: true, data: { subject: "a", status: "warning" } },
      "data.policy: this key is required when status is warning [required]",
    ],
    [
      BackpressureReply,
      { success: true, data: { ...data, policy: {} } },
      "data.policy.retry_after_seconds: this key is required [required]",
    ],
    [
      BackpressureReply,
      { success: true, data: { ...data, status: "busy" } },
      'data.status: expected one of "active", "warning", "inactive", "unknown", got "busy" [format]',
    ],
    [ExtensionRequest, { tenant_id: "acme" }, "payload: this key is required [required]"],
    [
      ValidatorReply,
      { status: "ok", reason: "r" },
      "reason: must be absent unless status is reject [rule]",
    ],
    [ValidatorReply, { status: "no" }, 'status: expected one of "ok", "reject", got "no" [format]'],
    [CustomProviderRequest, { provider_id: "p" }, "prompt: this key is required [required]"],
    [
      Alert,
      { ...alert, severity: "fatal" },
      'severity: expected one of "critical", "warning", "info", got "fatal" [format]',
    ],
    [WorkerLoad, { ...load, load: 1.5 }, "load: expected a number of at most 1, got 1.5 [range]"],
    [
      AdminError,
      { ok: true, error: { code: "c", message: "m" } },
      "ok: must not be true beside an error [rule]",
    ],
    [ExtensionHealth, { health: { a: 5 } }, "health.a: expected an object, got 5 [type]"],
    [DryRunReply, { ...dryRun, ok: false }, "ok: expected true, got false [type]"],
    [
      ComplexityReply,
      { ...complexity, complexity_level: "huge" },
      'complexity_level: expected one of "low", "medium", "high", "very_high", got "huge" [format]',
    ],
    [
      GatewayMessage,
      { ...message, payload: "SGVsbG8" },
      'payload: expected base64 with its padding, got "SGVsbG8" [format]',
    ],
    [
      GatewayDecision,
      { ...decided, currency: "EUR" },
      'currency: expected one of "USD", got "EUR" [format]',
    ],
    [
      IngressMessage,
      { ...ingress, tenant_id: "" },
      'tenant_id: expected a non-empty string, got "" [length]',
    ],
    [
      IngressAck,
      { message_id: "m", status: "late" },
      'status: expected one of "accepted", "rejected", "error", got "late" [format]',
    ],
  ];

  it.each(refusals.map(([contract, json, text]) => ({ contract, json, text })))(
    "refuse $contract.typeName: $text",
    ({ contract, json, text }) => {
      expect(refusalOf(() => contract.fromJson(json)).message).toBe(
        `cannot decode ${contract.typeName} from JSON: ${text}`,
      );
    },
  );
});
