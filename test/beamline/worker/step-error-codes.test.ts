import { describe, expect, it } from "vitest";
import {
  ErrorCodeSchema,
  formatStepErrorCode,
  parseStepErrorCode,
  stepErrorCodes,
} from "../../../src/beamline/index.js";

describe("the error codes of steps", () => {
  it.each([
    [0, "NONE", "success"],
    [1001, "INVALID_INPUT", "validation"],
    [1002, "MISSING_REQUIRED_FIELD", "validation"],
    [1003, "INVALID_FORMAT", "validation"],
    [2001, "EXECUTION_FAILED", "execution"],
    [2002, "RESOURCE_UNAVAILABLE", "execution"],
    [2003, "PERMISSION_DENIED", "execution"],
    [2004, "QUOTA_EXCEEDED", "execution"],
    [3001, "NETWORK_ERROR", "network"],
    [3002, "CONNECTION_TIMEOUT", "network"],
    [3003, "HTTP_ERROR", "network"],
    [4001, "INTERNAL_ERROR", "system"],
    [4002, "SYSTEM_OVERLOAD", "system"],
    [5001, "CANCELLED_BY_USER", "cancellation"],
    [5002, "CANCELLED_BY_TIMEOUT", "cancellation"],
  ])("%i is %s, of kind %s", (code, name, kind) => {
    expect(formatStepErrorCode(code)).toBe(name);
    expect(parseStepErrorCode(name)).toBe(code);
    expect(Object.entries(stepErrorCodes)).toContainEqual([String(code), { name, kind }]);
  });

  it("are all of the enum", () => {
    expect(Object.values(stepErrorCodes).map(({ name }) => name)).toEqual(
      ErrorCodeSchema.values.map(({ localName }) => localName),
    );
  });

  it("name every other number UNKNOWN_ERROR, which cannot be parsed", () => {
    expect(formatStepErrorCode(9)).toBe("UNKNOWN_ERROR");
    for (const text of ["UNKNOWN_ERROR", "http_error", "", "3003", "toString"]) {
      expect(parseStepErrorCode(text)).toBeUndefined();
    }
  });
});
