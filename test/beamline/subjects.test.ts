import { describe, expect, expectTypeOf, it } from "vitest";
import {
  type AddressValues,
  addresses,
  buildSubject,
  channels,
  isSubject,
  parseSubject,
  relatedSubject,
} from "../../src/beamline/index.js";
import { refusalOf } from "../support/refusal.js";

describe("subjects", () => {
  it("are built by the names of their channels", () => {
    expect(buildSubject("decide")).toBe("beamline.router.v1.decide");
    expect(buildSubject("decide_grpc")).toBe("/beamline.flow.v1.Router/Decide");
    expect(buildSubject("custom_provider", { provider_id: "crm" })).toBe(
      "beamline.provider.crm.v1",
    );
    expect(buildSubject("pre_extension", { extension_id: "normalize_text" })).toBe(
      "beamline.ext.pre.normalize_text.v1",
    );
  });

  it("need the values that their addresses have places for", () => {
    expectTypeOf<AddressValues<"decide">>().toEqualTypeOf<[]>();
    expectTypeOf<AddressValues<"custom_provider">>().toEqualTypeOf<
      [values: Readonly<Record<"provider_id", string>>]
    >();
    expect(refusalOf(() => buildSubject("custom_provider", { provider_id: "a.b" })).message).toBe(
      'cannot address custom_provider: provider_id: expected one address segment of letters, digits, _ and -, got "a.b" [channel.address]',
    );
    // @ts-expect-error the value is missing
    expect(refusalOf(() => buildSubject("custom_provider")).code).toBe("channel.address");
    // @ts-expect-error there is no such channel
    expect(refusalOf(() => buildSubject("toString")).message).toBe(
      'cannot address beamline subject: expected the name of a BeamLine channel, got "toString" [channel.address]',
    );
  });

  it("are parsed into what they were built of", () => {
    for (const { name, at, address } of channels) {
      const names = [...address.matchAll(/\{(\w+)\}/g)].map(([, key = ""]) => key);
      const parameters = Object.fromEntries(names.map((key) => [key, `my-${key}`]));
      const parsed = parseSubject(at(parameters));
      expect(parsed).toEqual({ channel: expect.objectContaining({ name }), parameters });
    }
    expect(parseSubject("beamline.provider.a.b.v1")).toBeUndefined();
    expect(parseSubject("beamline.ext.provider.x.v1")).toBeUndefined();
    expect(parseSubject("")).toBeUndefined();
    expect(parseSubject(JSON.parse("null"))).toBeUndefined();
  });

  it.each([
    ["a", true],
    ["caf.exec.assign.v1", true],
    ["A-1_b.c", true],
    ["", false],
    [".a", false],
    ["a.", false],
    ["a..b", false],
    ["a b", false],
    ["a.*", false],
    ["a.>", false],
    ["ä.b", false],
    ["a.b\n", false],
    [5, false],
  ])("%j keep the grammar: %s", (text, isOne) => {
    expect(isSubject(text)).toBe(isOne);
  });

  it("are all of the grammar, without their paths", () => {
    for (const [name, address] of Object.entries(addresses)) {
      const filled = address.replaceAll(/\{\w+\}/g, "x");
      expect(isSubject(filled), name).toBe(!address.startsWith("/"));
    }
  });

  it("have others that belong to them", () => {
    expect(relatedSubject(addresses.decide, "reply")).toBe(addresses.decide_reply);
    expect(relatedSubject(addresses.decide, "dlq")).toBe(addresses.decide_dlq);
    expect(relatedSubject(addresses.assign, "ack")).toBe(addresses.ack);
    expect(relatedSubject(addresses.ack, "dlq")).toBe(addresses.ack_dlq);
    expect(relatedSubject(addresses.result, "dlq")).toBe(addresses.result_dlq);
    expect(refusalOf(() => relatedSubject("a..b", "dlq")).message).toBe(
      'cannot address beamline subject: expected a subject of dot-separated tokens of letters, digits, _ and -, got "a..b" [format]',
    );
  });
});
