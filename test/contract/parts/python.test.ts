import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { SystemStatePacket } from "../../../src/leyline/index.js";
import { bytesOfTen, idOfTen, partsOfTen, ten } from "../../support/assembling.js";

const page = readFileSync(new URL("../../../docs/parts.md", import.meta.url), "utf8");
const [, code = ""] = /^```python\n(.*?)^```$/ms.exec(page) ?? [];

/** Reads the bytes of parts, one part a line, and prints the id, the counts and the bytes of the message. */
const program = `${code}
import sys

parts, counts = {}, set()
for line in sys.stdin.read().split():
    id, index, count, records = read_part(bytes.fromhex(line))
    parts[index] = records
    counts.add(count)
try:
    print(id, counts, join(id, parts).hex())
except ValueError as error:
    print(error)
`;

function printedFor(parts: readonly Uint8Array[]): string {
  const input = parts.map((part) => Buffer.from(part).toString("hex")).join("\n");
  return execFileSync("python3", ["-c", program], { input, encoding: "utf8" }).trimEnd();
}

describe("the Python of the page on parts", () => {
  it("reads the parts of a message, in any order", () => {
    const [first, second, third] = partsOfTen();
    const message = Buffer.from(bytesOfTen).toString("hex");
    expect(printedFor([third, first, second])).toBe(`${idOfTen} {3} ${message}`);
  });

  it("reads a part of more than 127 parts", () => {
    const metrics = Array.from({ length: 400 }, (_, index) => [`m${index}`, index] as const);
    const packet = { ...ten, trainingMetrics: Object.fromEntries(metrics) };
    const parts = SystemStatePacket.encodeParts(packet, { id: 2 ** 32 - 1, maxBytes: 64 });
    expect(parts.length).toBeGreaterThan(127);
    const message = Buffer.from(SystemStatePacket.encode(packet, { budget: false })).toString(
      "hex",
    );
    expect(printedFor(parts)).toMatch(new RegExp(`^\\d+ \\{${parts.length}\\} ${message}$`));
  });

  it("finds a changed bit", () => {
    const [first, second, third] = partsOfTen();
    third[third.length - 1] = (third.at(-1) ?? 0) ^ 1;
    expect(printedFor([first, second, third])).toBe("not what was sent");
  });
});
