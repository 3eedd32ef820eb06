import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import {
  channels,
  DeadLetter,
  IntakeDeadLetter,
  intakeErrors,
} from "../../../src/beamline/index.js";

const hash = createHash("sha256").update("{}").digest("hex");
/** What the Router publishes for a request without a version. */
const text = `{"original_subject":"beamline.router.v1.decide","original_payload_hash":"${hash}","validation_error":{"code":"VERSION_UNSUPPORTED","message":"Version missing","severity":"error"},"context":{"tenant_id":"acme","trace_id":null},"received_at":1764791234567,"router_node_id":"router@10.0.0.1"}`;
const json = JSON.parse(text);

describe("a dead letter of the intake", () => {
  it("is read and written without a change", () => {
    expect(IntakeDeadLetter.fromJsonText(text)).toEqual(json);
    expect(IntakeDeadLetter.toJsonText(json)).toBe(
      JSON.stringify({
        original_subject: json.original_subject,
        original_payload_hash: hash,
        validation_error: json.validation_error,
        context: json.context,
        received_at: 1764791234567,
        router_node_id: "router@10.0.0.1",
      }),
    );
    expect(Object.keys(intakeErrors)).toContain(json.validation_error.code);
  });

  it("may have any reason, code and severity", () => {
    const open = {
      ...json,
      reason: "maxdeliver_exhausted",
      validation_error: { code: "NEW", message: "", severity: "fatal" },
    };
    expect(IntakeDeadLetter.fromJson(open)).toEqual(open);
  });

  it.each([
    [
      "original_payload_hash: expected 64 hexadecimal digits in lower case, got",
      { original_payload_hash: hash.toUpperCase() },
    ],
    ["validation_error.code: this key is required [required]", { validation_error: {} }],
    ["received_at: expected a number of at least 0, got -1 [range]", { received_at: -1 }],
    ['router_node_id: expected a non-empty string, got "" [length]', { router_node_id: "" }],
    ["original_subject: this key is required [required]", { original_subject: undefined }],
  ])("is refused: %s", (expected, fields) => {
    const result = IntakeDeadLetter.safeFromJson({ ...json, ...fields });
    expect(result.ok ? "nothing was refused" : result.error.message).toContain(
      `cannot decode beamline.IntakeDeadLetter from JSON: ${expected}`,
    );
  });

  it("travels beside the other dead letters of the Router", () => {
    const channel = channels.find(({ name }) => name === "decide_dlq");
    expect(channel?.address).toBe("beamline.router.v1.decide.dlq");
    expect(channel?.messages).toEqual([DeadLetter, IntakeDeadLetter]);
  });
});
