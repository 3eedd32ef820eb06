import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const buf = join(root, "node_modules/.bin/buf");
const copy = mkdtempSync(join(tmpdir(), "concord-proto-"));
cpSync(join(root, "proto"), join(copy, "proto"), { recursive: true });
cpSync(join(root, "buf.yaml"), join(copy, "buf.yaml"));
afterAll(() => rmSync(copy, { recursive: true }));

/** Runs buf in a copy of the protos in which one text is replaced. */
function withChange(path: string, from: string | RegExp, to: string, args: string[]): string {
  const file = join(copy, "proto", path);
  const original = readFileSync(file, "utf8");
  const changed = original.replace(from, to);
  expect(changed).not.toBe(original);
  writeFileSync(file, changed);
  const { stdout, stderr } = spawnSync(buf, args, { cwd: copy, encoding: "utf8" });
  writeFileSync(file, original);
  return stdout + stderr;
}

const against = ["breaking", "--against", join(root, "releases/0.1.0.binpb")];

describe("the protos", () => {
  it("keep the released contract", () => {
    const { status, stdout } = spawnSync(buf, against, { cwd: copy, encoding: "utf8" });
    expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
  });

  it.each([
    [
      "a field is removed",
      / {2}\/\/[^;]* {2}string packet_id = 9;/,
      "",
      'field "9" with name "packet_id"',
    ],
    ["a field changes its number", "string packet_id = 9", "string packet_id = 50", 'field "9"'],
    ["a field changes its name", "string packet_id = 9", "string id = 9", '"packet_id" to "id"'],
    ["a field changes its type", "string packet_id = 9", "bytes packet_id = 9", "type"],
    [
      "an enum value is renamed",
      "SEED_STAGE_CULLED = 8",
      "SEED_STAGE_PRUNED = 8",
      "SEED_STAGE_CULLED",
    ],
    ["a reserved range shrinks", "reserved 100 to 199", "reserved 100 to 150", "reserved"],
  ])("are refused when %s", (_, from, to, text) => {
    expect(withChange("esper/leyline/v1/state.proto", from, to, against)).toContain(text);
  });

  it("must have a comment on every declaration", () => {
    const uncommented = withChange(
      "sim/v1/data.proto",
      / {2}\/\/ Name of the output port[^;]*string source_port/,
      "  string source_port",
      ["lint"],
    );
    expect(uncommented).toContain('Field "source_port" should have a non-empty comment');
  });
});

describe("the released image", () => {
  it("is the one that the decisions page names last", () => {
    const image = readFileSync(join(root, "releases/0.1.0.binpb"));
    const page = readFileSync(join(root, "docs/decisions.md"), "utf8");
    const [, name, hash] = [...page.matchAll(/^\| `(\S+)` \| `([0-9a-f]{64})` \|/gm)].at(-1) ?? [];
    expect(name).toBe("0.1.0.binpb");
    expect(hash).toBe(createHash("sha256").update(image).digest("hex"));
  });
});
