import { describe, expect, expectTypeOf, it } from "vitest";
import {
  channelAddresses,
  channels,
  formatSubject,
  isSubject,
  parseSubject,
  relatedSubjectOf,
  type SubjectParameters,
} from "../../src/beamline/index.js";
import { refusalOf } from "../support/refusal.js";

describe("subjects", () => {
  it("are formatted by the name of their channel", () => {
    expect(formatSubject("decide")).toBe("beamline.router.v1.decide");
    expect(formatSubject("decide_grpc")).toBe("/beamline.flow.v1.Router/Decide");
    expect(formatSubject("custom_provider", { provider_id: "crm" })).toBe(
      "beamline.provider.crm.v1",
    );
    expect(formatSubject("pre_extension", { extension_id: "normalize_text" })).toBe(
      "beamline.ext.pre.normalize_text.v1",
    );
  });

  it("need the parameters of their address", () => {
    expectTypeOf<SubjectParameters<"decide">>().toEqualTypeOf<[]>();
    expectTypeOf<SubjectParameters<"custom_provider">>().toEqualTypeOf<
      [parameters: Readonly<Record<"provider_id", string>>]
    >();
    expect(refusalOf(() => formatSubject("custom_provider", { provider_id: "a.b" })).message).toBe(
      'cannot address custom_provider: provider_id: expected one address segment of letters, digits, _ and -, got "a.b" [channel.address]',
    );
    // @ts-expect-error the parameter is missing
    expect(refusalOf(() => formatSubject("custom_provider")).code).toBe("channel.address");
    // @ts-expect-error there is no such channel
    expect(refusalOf(() => formatSubject("toString")).message).toBe(
      'cannot address beamline subject: expected the name of a BeamLine channel, got "toString" [channel.address]',
    );
  });

  it("are parsed into their channel and parameters", () => {
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
  ])("isSubject(%j) is %s", (text, isOne) => {
    expect(isSubject(text)).toBe(isOne);
  });

  it("match the syntax; paths do not", () => {
    for (const [name, address] of Object.entries(channelAddresses)) {
      const filled = address.replaceAll(/\{\w+\}/g, "x");
      expect(isSubject(filled), name).toBe(!address.startsWith("/"));
    }
  });

  it("have related subjects", () => {
    expect(relatedSubjectOf(channelAddresses.decide, "reply")).toBe(channelAddresses.decide_reply);
    expect(relatedSubjectOf(channelAddresses.decide, "dlq")).toBe(channelAddresses.decide_dlq);
    expect(relatedSubjectOf(channelAddresses.assign, "ack")).toBe(channelAddresses.ack);
    expect(relatedSubjectOf(channelAddresses.ack, "dlq")).toBe(channelAddresses.ack_dlq);
    expect(relatedSubjectOf(channelAddresses.result, "dlq")).toBe(channelAddresses.result_dlq);
    expect(refusalOf(() => relatedSubjectOf("a..b", "dlq")).message).toBe(
      'cannot address beamline subject: expected a subject of dot-separated tokens of letters, digits, _ and -, got "a..b" [format]',
    );
  });
});
