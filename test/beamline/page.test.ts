import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as beamline from "../../src/beamline/index.js";
import { codeBlocks, printedBy, promisedBy } from "../support/page.js";

const page = readFileSync(new URL("../../docs/beamline.md", import.meta.url), "utf8");
const blocks = codeBlocks("docs/beamline.md");

describe("the page on the BeamLine protocol", () => {
  it("has its examples", () => {
    expect(blocks).toHaveLength(5);
  });

  it.each(blocks.map((code, index) => [index + 1, code] as const))(
    "shows in example %i what is printed",
    async (_, code) => {
      const promised = promisedBy(code);
      expect(promised.length).toBeGreaterThan(2);
      expect(await printedBy(code)).toEqual(promised);
    },
  );

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
