import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bundle, bundleAll } from "../../bench/weight/bundle.js";
import { bundleOwn } from "../../bench/weight/bundles.js";
import {
  type BundleCeiling,
  bundleFaults,
  ceilingName,
  ceilings,
} from "../../bench/weight/ceilings.js";
import { type Consumer, createConsumer } from "../../bench/weight/consumer.js";
import { projectFolder, subpathsOf } from "../../bench/weight/project.js";

let consumer: Consumer;
let rows: [BundleCeiling, Bundle][];

beforeAll(async () => {
  consumer = await createConsumer(projectFolder());
  rows = await bundleOwn(consumer.folder);
}, 60_000);
afterAll(() => consumer.dispose());

function bundleNamed(name: string): Bundle {
  const row = rows.find(([ceiling]) => ceilingName(ceiling) === name);
  if (row === undefined) throw new Error(`there is no ceiling for ${name}`);
  return row[1];
}

describe("the package as it is published", () => {
  it("has a ceiling for all of each entry, and for the time of its import", () => {
    const entries = subpathsOf(projectFolder());
    const whole = ceilings.bundles.filter(({ use }) => use === "*");
    expect(entries.length).toBeGreaterThan(0);
    expect(whole.map(({ entry }) => entry)).toEqual(entries);
    expect(ceilings.imports.map(({ entry }) => entry)).toEqual(entries);
  });

  it("weighs no more than its ceilings, and carries nothing that has no place", () => {
    expect(rows.flatMap(([ceiling, bundle]) => bundleFaults(ceiling, bundle))).toEqual([]);
  });

  it("is looked through for texts that other bundles of it do contain", () => {
    const texts = new Set(ceilings.bundles.flatMap(({ mustNotContain }) => mustNotContain));
    const nowhere = [...texts].filter(
      (text) => !rows.some(([, bundle]) => bundle.code.includes(text)),
    );
    expect(nowhere).toEqual([]);
  });

  it("gives one codec without the others of its system", () => {
    const leyline = bundleNamed("./codecs/leyline").gzip;
    expect(bundleNamed("SystemStatePacketCodec of ./codecs/leyline").gzip).toBeLessThan(
      leyline / 2,
    );
    const beamline = bundleNamed("./codecs/beamline").gzip;
    expect(bundleNamed("RouteDecisionCodec of ./codecs/beamline").gzip).toBeLessThan(
      beamline * 0.6,
    );
  });

  it("bundles what is imported and nothing else", async () => {
    const sources = [
      "export const answer = 42;",
      'export { create } from "@bufbuild/protobuf"; import "@concord/contracts/wire";',
    ];
    const [none, one] = await bundleAll(sources, (source) => source, consumer.folder);
    const code = "var e=42;export{e as answer};\n";
    expect(none).toEqual([
      sources[0],
      { code, minified: code.length, gzip: expect.any(Number), packages: [] },
    ]);
    expect(one?.[1].packages).toEqual(["@bufbuild/protobuf"]);
    expect(one?.[1].gzip).toBeLessThan(one?.[1].minified ?? 0);
  });
});
