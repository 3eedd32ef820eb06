import { describe, expect, it } from "vitest";
import { RouteRequestSchema } from "../../../gen/beamline/flow/v1/flow_pb.js";
import { createContract } from "../../../src/contract/contract.js";
import { assertSize, budgetOf, fieldBytes } from "../../../src/contract/parts/budget.js";
import { EventEnvelope, SystemStatePacket } from "../../../src/leyline/index.js";
import { MessageEnvelope } from "../../../src/pitboss/index.js";
import { concat, sized, tag } from "../../support/binary/bytes.js";

const packet = SystemStatePacket.create({
  packetId: "p",
  experimentName: "x".repeat(300),
  trainingMetrics: { loss: 1 },
});

describe("a budget", () => {
  it("is read from the descriptor", () => {
    expect(budgetOf(EventEnvelope.schema).maxBytes).toBe(1024);
    expect(budgetOf(RouteRequestSchema)).toEqual({});
  });

  it("is exceeded with an error that names the largest fields and what to do", () => {
    const result = SystemStatePacket.safeEncode(packet);
    expect(result).toMatchObject({
      ok: false,
      error: {
        code: "budget.size",
        path: "",
        issues: [{ expected: "at most 280 bytes", received: "321 bytes" }],
      },
    });
  });

  it("is exceeded with an error that names the alternative of the contract", () => {
    const { schema, definition, codec } = SystemStatePacket;
    const contract = createContract(schema, definition, codec, { alternative: "frames" });
    expect(contract.alternative).toBe("frames");
    expect(() => contract.encode(packet)).toThrow(
      "cannot encode esper.leyline.v1.SystemStatePacket: 321 bytes exceed the budget of 280 (experiment_name 303, training_metrics 13, packet_id 3); send encodeParts() or frames, or encode with { budget: false } [budget.size]",
    );
    expect(contract.encode(packet, { budget: false }).length).toBe(321);
    expect(contract.encodeParts({ ...packet, experimentName: "" }).length).toBe(1);
  });

  it("has an error in the field names of the system", () => {
    const bytes = MessageEnvelope.codec.encode(MessageEnvelope.create({ nextAgent: "a" }));
    expect(() => assertSize(MessageEnvelope.schema, bytes, 1, { keys: "json" })).toThrow(
      `${bytes.length} bytes exceed the budget of 1 (version 5, nextAgent 3); send encodeParts(), or encode with { budget: false } [budget.size]`,
    );
    expect(() => assertSize(MessageEnvelope.schema, bytes, bytes.length)).not.toThrow();
  });
});

describe("fieldBytes", () => {
  it("returns the fields, largest first, then in the order of the bytes", () => {
    const metric = concat(tag(7, 2), sized(concat(tag(1, 2), sized([97]))));
    const bytes = concat([8, 1], metric, tag(99, 0), [1], metric, [16, 1]);
    expect(fieldBytes(SystemStatePacket.schema, bytes)).toEqual([
      { field: "training_metrics", bytes: 10 },
      { field: "field 99", bytes: 3 },
      { field: "version", bytes: 2 },
      { field: "current_epoch", bytes: 2 },
    ]);
  });

  it("refuses bytes that are not a message", () => {
    expect(() => fieldBytes(SystemStatePacket.schema, Uint8Array.from([8]))).toThrow(
      "cannot decode esper.leyline.v1.SystemStatePacket from binary: the bytes end in the middle of a field (at byte 1) [binary.truncated]",
    );
  });
});
