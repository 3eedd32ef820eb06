import { describe, expect, it } from "vitest";
import {
  type BundleCeiling,
  bundleFaults,
  ceilings,
  heavyBundles,
  importFloor,
  slowImports,
  sourceOf,
} from "../../bench/weight/ceilings.js";
import type { BundleFigure, WeightFigures } from "../../bench/weight/figures.js";
import { renderWeight } from "../../bench/weight/render.js";
import { contestants, leftOutOfTasks, weightTasks } from "../../bench/weight/tasks.js";

const ceiling: BundleCeiling = {
  entry: "./beamline",
  use: "RouteDecision",
  gzip: 1_000,
  packages: ["zod"],
  mustNotContain: ["esper.leyline", "sim.v1"],
  story: "",
};

describe("the ceiling of a bundle", () => {
  const good = { code: "beamline.flow.v1", minified: 3_000, gzip: 1_000, packages: ["zod"] };

  it("accepts a bundle that reaches it", () => {
    expect(bundleFaults(ceiling, good)).toEqual([]);
  });

  it("says what is wrong", () => {
    const bad = { ...good, gzip: 1_001, packages: [], code: '"esper.leyline.v1"' };
    expect(bundleFaults(ceiling, bad)).toEqual([
      "RouteDecision of ./beamline has 1,001 bytes compressed, where 1,000 are the most: look at what it imports; raise bench/weight/ceilings.json only with a reason.",
      "RouteDecision of ./beamline carries code of other packages: none, where it may: zod.",
      'RouteDecision of ./beamline contains "esper.leyline".',
    ]);
  });

  it("is of what a user writes", () => {
    expect(sourceOf(ceiling)).toBe('export { RouteDecision } from "@concord/contracts/beamline";');
    expect(sourceOf({ ...ceiling, entry: ".", use: "*" })).toBe(
      'export * from "@concord/contracts";',
    );
  });
});

describe("the ceiling of an import", () => {
  const floor = { entry: importFloor, ms: 120, min_ms: 100 };
  const rows = { imports: [{ entry: "./sim", ratio: 1.5 }] };
  const measured = (min_ms: number) => ({ imports: [floor, { entry: "./sim", ms: 400, min_ms }] });

  it("compares the best rounds with the floor of the same run", () => {
    expect(slowImports(measured(150), rows)).toEqual([]);
    expect(slowImports(measured(151), rows)).toEqual([
      "Importing ./sim takes 151.0 ms, 1.51 times as long as zod + @bufbuild/protobuf, where 1.5 is the most: look at what it imports; raise bench/weight/ceilings.json only with a reason.",
    ]);
  });

  it("misses what was not measured", () => {
    expect(slowImports({ imports: [floor] }, rows)).toEqual([
      "The import of ./sim was not measured.",
    ]);
    expect(slowImports({ imports: [] }, rows)).toEqual([
      "The import of zod + @bufbuild/protobuf was not measured.",
    ]);
  });

  it("is that of the file when none is given", () => {
    expect(slowImports({ imports: [floor] })).toHaveLength(ceilings.imports.length);
  });
});

const bundles: readonly BundleFigure[] = [
  { task: "one message's codec", library: "pbf", minified: 13_472, gzip: 4_000, ceiling: null },
  { task: "one message's codec", library: "concord", minified: 25_724, gzip: 8_000, ceiling: null },
  { task: "all of an entry", library: "./wire", minified: 22_096, gzip: 8_278, ceiling: 8_000 },
];
const figures: WeightFigures = {
  bundles,
  imports: [
    { entry: importFloor, ms: 96.24, min_ms: 80 },
    { entry: "./wire", ms: 6.05, min_ms: 4 },
  ],
};

describe("the figures", () => {
  it("are heavy above their ceilings", () => {
    expect(heavyBundles(figures)).toEqual([
      "./wire has 8,278 bytes compressed, where 8,000 are the most: look at what it imports; raise bench/weight/ceilings.json only with a reason.",
    ]);
  });

  it("are printed by task, with what was left out", () => {
    expect(renderWeight(figures)).toBe(`Bytes of a bundle for a browser

one message's codec
library   gzip  minified  x concord
-------  -----  --------  ---------
pbf      4,000    13,472       0.50
concord  8,000    25,724       1.00

all of an entry
import   gzip  minified  gzip at most
------  -----  --------  ------------
./wire  8,278    22,096         8,000

Milliseconds of processor time for an import in a fresh process
import                    median  best  best x floor
------------------------  ------  ----  ------------
zod + @bufbuild/protobuf    96.2  80.0          1.00
./wire                       6.0   4.0          0.05

One system is Leyline, one message its SystemStatePacket.
The rows with protovalidate and zod have no rules in them yet: only what runs them.
Concord's JSON comes with its rules, so both tasks have the same bundle of it.
pbf has no 64-bit integers, and reads them as doubles.
The floor of imports is zod + @bufbuild/protobuf.
Left out:
  avsc: it needs modules of Node, which browsers do not have (one message's codec)
  google-protobuf: its compiler on npm does not know the optional fields of proto3 (one message's codec)
`);
  });
});

describe("the tasks", () => {
  const taking = contestants("/generated");

  it("are done by us, and by each library or with the reason why not", () => {
    const libraries = [...new Set(taking.map(({ library }) => library))].filter(
      (library) => !library.includes("+"),
    );
    const unknown = weightTasks.flatMap((task) =>
      libraries
        .filter(
          (library) =>
            ![...taking, ...leftOutOfTasks].some(
              (row) => row.task === task && row.library === library,
            ),
        )
        .map((library) => `${task}: ${library}`),
    );
    expect(unknown).toEqual([]);
  });

  it("use the generated code of their folder", () => {
    const [row] = taking.filter(({ library }) => library === "ts-proto");
    expect(row).toEqual({
      task: "one message's codec",
      library: "ts-proto",
      source: 'export * from "/generated/ts-proto/message.ts";\n',
    });
  });
});
