import { describe, expect, it } from "vitest";
import { RouteDecision } from "../../src/beamline/index.js";
import { unsafeCast } from "../../src/contract/base/unsafe-cast.js";
import { validMessagesOf, wireJsonOf } from "../../src/testing/index.js";
import { codeOf } from "../support/refusal.js";

describe("wrong options", () => {
  it.each([null, 5, { examples: null }, { examples: 5 }, { strict: 1 }])(
    "%j are config",
    (options) => {
      expect(codeOf(() => validMessagesOf(RouteDecision, unsafeCast(options)))).toBe("config");
      expect(codeOf(() => wireJsonOf(RouteDecision, unsafeCast(options)))).toBe("config");
    },
  );
});
