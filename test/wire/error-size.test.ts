import { describe, expect, it } from "vitest";
import { formatIssues } from "../../src/contract/index.js";
import { AdaptationCommand, SystemStatePacket } from "../../src/leyline/index.js";
import { ControlCommand } from "../../src/sim/index.js";
import {
  ContractError,
  type ContractIssue,
  formatIssue,
  isContractError,
} from "../../src/wire/error.js";
import { cutPath, formatPath, parsePath } from "../../src/wire/path.js";

const megabyte = "k".repeat(1_000_000);

/** The size of an error in bytes: its text and its issues. */
function sizeOf(error: ContractError): number {
  return new TextEncoder().encode(error.message + JSON.stringify(error.issues)).length;
}

function errorOf(result: { ok: boolean; error?: ContractError }): ContractError {
  if (result.error === undefined) throw new Error("nothing was refused");
  return result.error;
}

describe("a path", () => {
  it("has keys of at most 80 characters", () => {
    const path = formatPath(["a", megabyte, 3]);
    expect(path).toBe(`a["${"k".repeat(75)}"...][3]`);
    expect(parsePath(path)).toEqual(["a", `${"k".repeat(75)}...`, 3]);
    expect(formatPath(["k".repeat(80)])).toBe("k".repeat(80));
  });

  it("keeps both ends when it is long", () => {
    const steps = Array.from({ length: 100 }, (_, index) => `level_${index}`);
    const path = formatPath(steps);
    expect(path.length).toBeLessThanOrEqual(320);
    expect(path).toMatch(/^level_0\.level_1\..*\[\.\.\.\].*\.level_98\.level_99$/);
    expect(parsePath(path)[0]).toBe("level_0");
    expect(parsePath(path).at(-1)).toBe("level_99");
    expect(formatPath(Array.from({ length: 100 }, () => megabyte)).length).toBeLessThanOrEqual(320);
    expect(formatPath(Array.from({ length: 100_000 }, () => 0)).length).toBeLessThanOrEqual(320);
  });

  it.each([
    ["nothing", "", []],
    ["a broken escape", '["\\x"]', ['"\\x"']],
    ["an open bracket", "a[5", ["a", "[5"]],
    ["an index of many digits", "[12345678901234567890]", ["[12345678901234567890]"]],
    ["a gap", "a[...].z", ["a", "...", "z"]],
    ["spaces", "a b", ["a", " b"]],
    ["only dots", "...", ["..."]],
  ])("that was forged has steps: %s", (_, path, steps) => {
    expect(parsePath(path)).toEqual(steps);
  });

  it("that was forged is cut", () => {
    for (const path of [
      megabyte,
      "a.".repeat(500_000),
      '["'.repeat(500_000),
      "😀".repeat(500_000),
    ]) {
      expect(cutPath(path).length).toBeLessThanOrEqual(320);
      expect(cutPath(path).isWellFormed()).toBe(true);
      expect(parsePath(path).length).toBeLessThan(320);
    }
  });
});

describe("an error", () => {
  const forged: ContractIssue = {
    path: megabyte,
    rule: "type",
    message: megabyte,
    expected: megabyte,
    received: megabyte,
  };

  it("is small, whatever it is made from", () => {
    const error = new ContractError("check", megabyte, forged, Array(20).fill(forged));
    expect(sizeOf(error)).toBeLessThan(16_384);
    expect(error.message).toMatch(/ \(and 20 more issues\)$/);
    expect(error.path).toBe(error.issues[0]?.path);
    expect(error.type).toHaveLength(200);
    const astral = { ...forged, path: "é\u2028".repeat(1e5), message: "\u0000€".repeat(1e5) };
    expect(sizeOf(new ContractError("check", "a.B", astral, Array(20).fill(astral)))).toBeLessThan(
      16_384,
    );
  });

  it("keeps its issues as they are if they are small", () => {
    const issue = { path: "a", rule: "type", message: "m", expected: "e", received: "r" } as const;
    const error = new ContractError("check", "a.B", issue, [issue]);
    expect(error.issues[0]).toBe(issue);
    expect(error.issues[1]).toBe(issue);
  });

  it("is formatted small, whatever its path", () => {
    expect(formatIssue(forged).length).toBeLessThan(1_000);
    for (const path of [megabyte, "a.".repeat(500_000), '["\\x"]', "[[[[", "a\nb"]) {
      const text = formatIssues({ type: megabyte, issues: [{ ...forged, path }] });
      expect(text.length).toBeLessThan(16_384);
      expect(text.split("\n").length).toBeLessThan(4);
    }
  });

  it("of keys of a megabyte is small", () => {
    const keys = Array.from({ length: 30 }, (_, index) => `${index}${megabyte}`);
    const bad = Object.fromEntries(keys.map((key) => [key, "bad"]));
    const packet = { version: 1, packet_id: "p" };
    const text = JSON.stringify({ ...packet, training_metrics: bad });
    const errors = [
      SystemStatePacket.safeFromJson({ ...packet, ...bad }),
      SystemStatePacket.safeFromJson({ ...packet, training_metrics: bad }),
      SystemStatePacket.safeFromJsonText(text),
      SystemStatePacket.safeCheck({ ...SystemStatePacket.create(), trainingMetrics: bad }),
      SystemStatePacket.safeCheck({ ...SystemStatePacket.create(), ...bad }),
      SystemStatePacket.safeCheck({ ...SystemStatePacket.create(), $typeName: megabyte }),
      AdaptationCommand.safeFromJson({ command_id: megabyte, command_type: megabyte }),
    ].map(errorOf);
    for (const error of errors) {
      expect(sizeOf(error)).toBeLessThan(16_384);
      expect(formatIssues(error).length).toBeLessThan(16_384);
    }
  });

  it("of a value that is nested deeply is small", () => {
    let deep: object = {};
    for (let depth = 0; depth < 200; depth++) deep = { [`${megabyte.slice(0, 1000)}`]: deep };
    const error = errorOf(ControlCommand.safeFromJson({ command: "start", parameters: deep }));
    expect(error.code).toBe("input.depth");
    expect(error.path).toMatch(/^parameters\["k+"\.\.\.\].*\[\.\.\.\].*\["k+"\.\.\.\]$/);
    expect(sizeOf(error)).toBeLessThan(16_384);
  });
});

describe("isContractError", () => {
  it("never throws", () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(isContractError(proxy)).toBe(false);
    const loud = Object.defineProperty(new Error("x"), "name", {
      get() {
        throw new Error("called");
      },
    });
    expect(isContractError(loud)).toBe(false);
  });
});
