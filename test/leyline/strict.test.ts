import { describe, expect, it } from "vitest";
import type { AnyContract } from "../../src/contract/contract.js";
import { CommandType, contracts } from "../../src/leyline/index.js";

const uuid = "3f2c9a64-7b1e-4d58-9c06-5e8d2a7f41b3";
const command = {
  commandType: CommandType.COMMAND_PAUSE,
  issuedAt: { seconds: 0n, nanos: 0 },
};

/** Every id that must be a UUID v4: the message, the id's property and key, and other required fields. */
const ids: readonly (readonly [name: string, property: string, key: string, rest: object])[] = [
  ["SystemStatePacket", "packetId", "packet_id", {}],
  ["AdaptationCommand", "commandId", "command_id", command],
  ["EventEnvelope", "eventId", "event_id", { eventType: "t" }],
  ["EventEnvelope", "correlationId", "correlation_id", { eventType: "t", eventId: uuid }],
  ["StructuralPruningRequest", "requestId", "request_id", { checkpointId: "c" }],
  ["StructuralPruningResponse", "requestId", "request_id", { responseId: uuid }],
  ["StructuralPruningResponse", "responseId", "response_id", { requestId: uuid }],
  ["TelemetryEvent", "eventId", "event_id", { description: "d" }],
  ["TelemetryPacket", "packetId", "packet_id", {}],
];

function contractOf(name: string): AnyContract {
  const contract = contracts.get(`esper.leyline.v1.${name}`);
  if (contract === undefined) throw new Error(`no contract ${name}`);
  return contract;
}

describe("strict", () => {
  it.each(ids)("refuses a %s whose %s is not a UUID v4", (name, property, key, rest) => {
    const contract = contractOf(name);
    const message = contract.create({ ...rest, [property]: "id-1" });
    expect(contract.safeCheck(message)).toMatchObject({ ok: true });
    const result = contract.safeCheck(message, { strict: true });
    expect(result.ok ? "nothing was refused" : result.error.message).toBe(
      `cannot accept esper.leyline.v1.${name}: ${key}: expected a UUID v4, got "id-1" [format]`,
    );
  });

  it.each(ids)("takes a %s whose %s is a UUID v4", (name, property, _, rest) => {
    const contract = contractOf(name);
    const message = contract.create({ ...rest, [property]: uuid });
    expect(contract.safeCheck(message, { strict: true })).toMatchObject({ ok: true });
  });
});
