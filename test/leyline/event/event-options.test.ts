import { describe, expect, it } from "vitest";
import {
  AdaptationCommand,
  CommandType,
  checkVersion,
  EventEnvelope,
  isEventExpired,
  isEventLate,
  nextEventAttempt,
  packEvent,
  safeCheckVersion,
  safePackEvent,
  safeUnpackEvent,
  safeValidateSchema,
  unpackEvent,
} from "../../../src/leyline/index.js";
import { refusalOf } from "../../support/refusal.js";

const command = AdaptationCommand.create({
  commandId: "c-1",
  commandType: CommandType.COMMAND_PAUSE,
  issuedAt: { seconds: 1n },
});
const event = packEvent(command, { eventType: "a.b", ttlMillis: 5 });
const convert = "cannot convert esper.leyline.v1.EventEnvelope: ";
const check = "cannot accept esper.leyline.v1.EventEnvelope: ";
const uint32 = "an integer from 0 to 4294967295";

function textOf(work: () => unknown): string {
  try {
    work();
    return "nothing was refused";
  } catch (error) {
    return String(error);
  }
}

/** Calls a function with an argument that its type does not allow. */
function call(method: (...args: never[]) => unknown, ...args: readonly unknown[]): unknown {
  return Reflect.apply(method, undefined, args);
}

describe("packEvent", () => {
  it.each<[object, string]>([
    [{ maxAttempts: Number.NaN }, `maxAttempts: expected ${uint32}, got NaN`],
    [{ maxAttempts: 1.5 }, `maxAttempts: expected ${uint32}, got 1.5`],
    [{ maxAttempts: null }, `maxAttempts: expected ${uint32}, got null`],
    [{ priority: Number.NaN }, `priority: expected ${uint32}, got NaN`],
    [{ deliveryGuarantee: -1 }, `deliveryGuarantee: expected ${uint32}, got -1`],
    [{ sourceSubsystem: null }, "sourceSubsystem: expected a string, got null"],
    [{ correlationId: 5 }, "correlationId: expected a string, got 5"],
    [{ eventId: 5 }, "eventId: expected a string, got 5"],
    [{ routingKeys: null }, "routingKeys: expected an array of strings, got null"],
    [{ registry: null }, "registry: expected a registry of contracts, got null"],
    [{ registry: {} }, "registry: expected a registry of contracts, got an object"],
    [{ now: null }, "now: expected a function, got null"],
    [{ newId: 5 }, "newId: expected a function, got 5"],
    [{ newId: () => 5 }, "newId: expected a function that returns a string, got 5"],
    [{ ttlMilis: 5 }, "ttlMilis: there is no such option; did you mean ttlMillis?"],
    [{ routing_keys: [] }, "routing_keys: there is no such option; did you mean routingKeys?"],
    [{ retries: 3 }, "retries: there is no such option"],
    [
      {
        newId: () => {
          throw new Error("no");
        },
      },
      "newId: the function threw an error",
    ],
  ])("refuses %o", (options, text) => {
    expect(textOf(() => call(packEvent, command, { eventType: "a.b", ...options }))).toBe(
      `ContractError: ${convert}${text} [config]`,
    );
  });

  it.each([null, 5, "x", []])("refuses %j as options", (options) => {
    expect(refusalOf(() => call(packEvent, command, options)).code).toBe("config");
    expect(call(safePackEvent, command, options)).toMatchObject({ ok: false });
  });
});

describe("the other functions of events", () => {
  it.each([isEventExpired, isEventLate, nextEventAttempt])("refuse wrong options: %o", (method) => {
    expect(textOf(() => call(method, event, null))).toBe(
      `ContractError: ${check}expected an object of options, got null [config]`,
    );
    expect(textOf(() => call(method, event, { now: null }))).toBe(
      `ContractError: ${check}now: expected a function, got null [config]`,
    );
    expect(textOf(() => call(method, event, { Now: () => 0 }))).toBe(
      `ContractError: ${check}Now: there is no such option; did you mean now? [config]`,
    );
  });

  it("refuse wrong options of unpackEvent", () => {
    expect(textOf(() => call(unpackEvent, event, null))).toBe(
      `ContractError: ${convert}expected an object of options, got null [config]`,
    );
    expect(call(safeUnpackEvent, event, { registry: null })).toMatchObject({
      error: { code: "config", path: "registry" },
    });
    expect(textOf(() => call(unpackEvent, event, { unknownkeys: "report" }))).toBe(
      `ContractError: ${convert}unknownkeys: there is no such option; did you mean unknownKeys? [config]`,
    );
    expect(textOf(() => call(unpackEvent, event, { unknownKeys: "reports" }))).toBe(
      `ContractError: ${convert}unknownKeys: expected refuse or report, got "reports" [config]`,
    );
    expect(unpackEvent(EventEnvelope.clone(event))).toEqual(command);
  });
});

describe("the checks of versions", () => {
  it.each([null, undefined, 5, "x", {}])("refuse %j as a contract", (contract) => {
    const { code } = refusalOf(() => call(checkVersion, contract, command));
    expect(code).toBe("config");
    for (const method of [safeCheckVersion, safeValidateSchema]) {
      expect(call(method, contract, command)).toMatchObject({
        ok: false,
        error: { code: "config" },
      });
    }
  });
});
