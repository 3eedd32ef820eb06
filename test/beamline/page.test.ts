import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as beamline from "../../src/beamline/index.js";

const page = readFileSync(new URL("../../docs/beamline.md", import.meta.url), "utf8");

describe("the page on the BeamLine protocol", () => {
  it("names every channel", () => {
    const rows = [...page.matchAll(/^\| ((?:`\w+`(?:, )?(?:the same over gRPC, )?)+) +\|/gm)];
    const named = rows.flatMap(([, cell = ""]) =>
      [...cell.matchAll(/`(\w+)`/g)].map(([, name = ""]) => name),
    );
    const overGrpc = ["invoke_grpc", "invoke_stream_grpc"];
    const listed = new Set<string>([...named, ...overGrpc]);
    const names = beamline.channels.map(({ name }) => name);
    expect(names.filter((name) => !listed.has(name))).toEqual([]);
  });
});
