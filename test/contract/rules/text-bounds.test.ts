import { describe, expect, it } from "vitest";
import { contracts } from "../../../src/all.js";
import { isPlainObject } from "../../../src/contract/base/plain-data.js";
import { toJsonSchema } from "../../../src/contract/schema/json-schema.js";
import { SystemStatePacket } from "../../../src/leyline/index.js";
import { Signal } from "../../../src/sim/index.js";
import { jsonContracts } from "../../support/json-contracts.js";

/** The places of a schema where a text of any length passes. */
function unbounded(schema: unknown, path = ""): string[] {
  if (Array.isArray(schema))
    return schema.flatMap((one, index) => unbounded(one, `${path}/${index}`));
  if (!isPlainObject(schema)) return [];
  const { type, maxLength, pattern } = schema;
  const isText = Array.isArray(type) ? type.includes("string") : type === "string";
  const isFree =
    isText &&
    maxLength === undefined &&
    !("enum" in schema || "const" in schema || "contentEncoding" in schema) &&
    (typeof pattern !== "string" || /[*+](?!-)|,\}/.test(pattern));
  const inner = Object.entries(schema).flatMap(([key, value]) =>
    key === "examples" ? [] : unbounded(value, `${path}/${key}`),
  );
  return isFree ? [path, ...inner] : inner;
}

/** Bytes that are text in JSON: the limit of the message is theirs. */
const bytes = /properties\/(?:payload|body|data)(?:\/anyOf\/0)?$/;

describe("the length of a text", () => {
  it.each(
    [...contracts, ...jsonContracts].map((contract) => [contract.typeName, contract] as const),
  )("is bounded at every place of %s", (_name, contract) => {
    expect(unbounded(toJsonSchema(contract)).filter((place) => !bytes.test(place))).toEqual([]);
  });

  it("is 65,536 characters where a rule has no bound", () => {
    const packet = { packetId: "p", experimentName: "a".repeat(65_536) };
    expect(SystemStatePacket.safeCheck(SystemStatePacket.create(packet)).ok).toBe(true);
    const longer = SystemStatePacket.create({ ...packet, experimentName: "a".repeat(65_537) });
    expect(() => SystemStatePacket.check(longer)).toThrow(
      `cannot accept esper.leyline.v1.SystemStatePacket: experiment_name: expected a string of at most 65536 characters, got "${"a".repeat(75)}"... [length]`,
    );
  });

  it("is 65,536 characters for the key of a map", () => {
    const of = (length: number): SystemStatePacket =>
      SystemStatePacket.create({ packetId: "p", trainingMetrics: { ["k".repeat(length)]: 1 } });
    expect(SystemStatePacket.safeCheck(of(65_536)).ok).toBe(true);
    const result = SystemStatePacket.safeCheck(of(65_537));
    expect(result.ok || result.error.issues[0]).toMatchObject({ rule: "length" });
    expect(result.ok || result.error.message).toContain(
      "expected a key of at most 65536 characters",
    );
  });

  it("is 4,194,304 characters where a text carries other data", () => {
    const of = (length: number): unknown => ({
      source_component: "c",
      source_port: "p",
      value: "a".repeat(length),
    });
    Signal.fromJson(of(4_194_304));
    const result = Signal.safeFromJson(of(4_194_305));
    expect(result.ok || result.error.code).toBe("length");
  });
});
