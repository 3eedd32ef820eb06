import { describe, expect, it } from "vitest";
import {
  AdaptationCommand,
  checkVersion,
  EventEnvelope,
  SystemStatePacket,
  safeCheckVersion,
  safeValidateSchema,
  schemaVersion,
  TelemetryPacket,
  validateSchema,
} from "../../../src/leyline/index.js";

const json = { version: 1, packet_id: "p-1" };
const packet = SystemStatePacket.fromJson(json);
const of = "esper.leyline.v1.SystemStatePacket";

/** The same packet with another version: as a message, as bytes and as JSON. */
function inputs(version: number) {
  const message = SystemStatePacket.create({ version, packetId: "p-1" });
  return [
    [`cannot accept ${of}`, message],
    [`cannot decode ${of} from binary`, SystemStatePacket.codec.encode(message)],
    [`cannot decode ${of} from JSON`, { ...json, version }],
  ] as const;
}

/** The message of the error that is thrown. */
function thrownBy(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return "nothing was thrown";
}

describe("a version", () => {
  it("is 1", () => {
    expect(schemaVersion).toBe(1);
    for (const [, value] of inputs(1)) {
      expect(() => checkVersion(SystemStatePacket, value)).not.toThrow();
      expect(validateSchema(SystemStatePacket, value)).toEqual(packet);
    }
  });

  it.each([0, 2, 4294967295])("of %i is refused in every kind of input", (version) => {
    for (const [start, value] of inputs(version)) {
      const text = `${start}: version: expected 1, got ${version} [version.mismatch]`;
      expect(thrownBy(() => checkVersion(SystemStatePacket, value))).toBe(text);
      expect(thrownBy(() => validateSchema(SystemStatePacket, value))).toBe(text);
      const results = [
        safeCheckVersion(SystemStatePacket, value),
        safeValidateSchema(SystemStatePacket, value),
      ];
      for (const result of results) {
        expect(result).toMatchObject({ ok: false, error: { code: "version.mismatch", type: of } });
      }
    }
  });

  it("is checked before everything else", () => {
    const later = { version: 2, packet_id: "", novelty: true };
    expect(thrownBy(() => validateSchema(SystemStatePacket, later))).toBe(
      `cannot decode ${of} from JSON: version: expected 1, got 2 [version.mismatch]`,
    );
    expect(thrownBy(() => validateSchema(SystemStatePacket, { ...later, version: 1 }))).toBe(
      `cannot decode ${of} from JSON: novelty: the message has no such key [unknown_key]`,
    );
  });

  it("counts as 0 if it is missing in JSON", () => {
    const text = `cannot decode ${of} from JSON: version: expected 1, got 0 [version.mismatch]`;
    expect(thrownBy(() => checkVersion(SystemStatePacket, { packet_id: "p-1" }))).toBe(text);
  });

  it.each([["no JSON"], [null], [[]], [{ version: "2", packet_id: "p" }]])(
    "is not checked in %j, which fromJson refuses",
    (value: unknown) => {
      expect(() => checkVersion(SystemStatePacket, value)).not.toThrow();
      const result = safeValidateSchema(SystemStatePacket, value);
      expect(result).toMatchObject({ ok: false, error: { code: "type" } });
    },
  );

  it("is the one of the package for types without a version field", () => {
    expect(() => checkVersion(EventEnvelope, { version: 2 })).not.toThrow();
    expect(() => checkVersion(TelemetryPacket, { version: 2 })).not.toThrow();
    expect(thrownBy(() => validateSchema(EventEnvelope, EventEnvelope.create()))).toBe(
      'cannot accept esper.leyline.v1.EventEnvelope: event_id: expected a non-empty string, got "" [length] (and 1 more issue)',
    );
  });

  it("is not checked for another type, broken bytes, or a value that cannot be read", () => {
    const command: unknown = AdaptationCommand.create();
    expect(thrownBy(() => checkVersion(SystemStatePacket, command))).toBe(
      `cannot accept ${of}: expected a ${of} message, got an object [type]`,
    );
    const broken = Uint8Array.of(8, 2, 18);
    const text = `cannot decode ${of} from binary: `;
    expect(thrownBy(() => checkVersion(SystemStatePacket, broken))).toContain(text);
    expect(safeValidateSchema(SystemStatePacket, broken)).toMatchObject({
      error: { code: "binary.truncated" },
    });
    const hostile: unknown = new Proxy(
      {},
      {
        getPrototypeOf() {
          throw new TypeError("no");
        },
      },
    );
    expect(thrownBy(() => validateSchema(SystemStatePacket, hostile))).toBe(
      `cannot accept ${of}: reading the value threw an error [input.unreadable]`,
    );
    const getter: unknown = {
      get version() {
        throw new TypeError("no");
      },
    };
    const unreadable = `cannot decode ${of} from JSON: reading the value threw an error [input.unreadable]`;
    expect(thrownBy(() => checkVersion(SystemStatePacket, getter))).toBe(unreadable);
    expect(safeValidateSchema(SystemStatePacket, getter).ok).toBe(false);
  });

  it("is not decoded from bytes that are too long", () => {
    const bytes = SystemStatePacket.codec.encode(SystemStatePacket.create({ version: 2 }));
    const result = safeValidateSchema(SystemStatePacket, bytes, { maxBytes: 1 });
    expect(result).toMatchObject({ ok: false, error: { code: "input.bytes" } });
  });

  it("is checked with strict rules if asked", () => {
    expect(safeValidateSchema(SystemStatePacket, json, { strict: true })).toMatchObject({
      error: { code: "format", path: "packet_id" },
    });
  });
});
