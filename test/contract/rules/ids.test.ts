import { describe, expect, it } from "vitest";
import {
  reportId,
  reportMissingId,
  traceIdFormat,
  uuid4,
  uuid4OrUlid,
} from "../../../src/contract/rules/ids.js";
import { reported } from "../../support/json/rule-issues.js";

const uuid = "3f2c9a64-7b1e-4d58-9c06-5e8d2a7f41b3";
const ulid = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
const trace = "4bf92f3577b34da6a3ce929d0e0e4736";

describe("an id", () => {
  it.each([
    ["a UUID v4", uuid4, [uuid, uuid.toUpperCase()], [ulid, trace]],
    [
      "a UUID v4 or a ULID",
      uuid4OrUlid,
      [uuid, ulid, ulid.toLowerCase()],
      [trace, `8${ulid.slice(1)}`],
    ],
    [
      "a trace id of 32 hexadecimal digits, or a UUID v4",
      traceIdFormat,
      [trace, trace.toUpperCase(), uuid],
      [ulid, trace.slice(1)],
    ],
  ])("is %s", (expected, format, right, wrong) => {
    const version1 = uuid.replace("-4", "-1");
    const variant = uuid.replace("-9", "-c");
    const around = right.flatMap((id) => [`x${id}`, `${id}x`]);
    for (const id of right) {
      expect(reported((context) => reportId(context, "id", id, format)).issues).toEqual([]);
    }
    for (const id of [...wrong, ...around, version1, variant]) {
      expect(reported((context) => reportId(context, "id", id, format)).issues).toEqual([
        `id: expected ${expected}, got "${id}" [format]`,
      ]);
    }
  });

  it("may be unset, unless it is required", () => {
    expect(reported((context) => reportId(context, "id", "", uuid4)).issues).toEqual([]);
    expect(reported((context) => reportMissingId(context, "id", "")).issues).toEqual([
      "id: this key is required [required]",
    ]);
    expect(reported((context) => reportMissingId(context, "id", "x")).issues).toEqual([]);
  });

  it("does not change the current path", () => {
    const { issues } = reported((context) => {
      reportId(context, "one", "x", uuid4);
      reportId(context, "two", "y", uuid4);
    });
    expect(issues).toEqual([
      'one: expected a UUID v4, got "x" [format]',
      'two: expected a UUID v4, got "y" [format]',
    ]);
  });
});
