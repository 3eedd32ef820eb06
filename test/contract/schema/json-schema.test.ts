import { readdirSync, readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { contracts } from "../../../src/all.js";
import { toJsonSchema } from "../../../src/index.js";
import { allExamples as examples } from "../../support/examples.js";
import { jsonContracts } from "../../support/json-contracts.js";

const all = [...contracts, ...jsonContracts];
const folder = new URL("../../../schemas/", import.meta.url);
describe("the schemas of all contracts", () => {
  it("are the files of schemas/, one for each contract", () => {
    const names = all.map(({ typeName }) => `${typeName}.json`);
    const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
    expect(files.sort()).toEqual(names.sort());
    for (const contract of all) {
      const text = readFileSync(new URL(`${contract.typeName}.json`, folder), "utf8");
      expect(JSON.parse(text), "run pnpm schemas").toEqual(toJsonSchema(contract));
    }
  });

  it("compile in the strict mode of ajv", () => {
    const together = new Ajv2020({ strict: true });
    for (const contract of all) {
      const schema = toJsonSchema(contract);
      together.addSchema(schema);
    }
    for (const { typeName } of all) {
      expect(together.getSchema(`urn:concord:${typeName}`), typeName).toBeTypeOf("function");
    }
  });

  it("list what they cannot express with the kinds that docs/json-schema.md explains", () => {
    const page = readFileSync(new URL("../../../docs/json-schema.md", import.meta.url), "utf8");
    const explained = [...page.matchAll(/^\| `(\w+)` /gm)].map(([, word]) => word);
    const used = new Set<string>();
    for (const contract of all) {
      for (const [, words = ""] of JSON.stringify(toJsonSchema(contract)).matchAll(
        /"\$comment":"unrepresentable: ([^"]+)"/g,
      )) {
        for (const word of words.split(", ")) used.add(word);
      }
    }
    expect([...used].sort()).toEqual(explained.sort());
  });
});

describe("a schema", () => {
  it.each(examples)("accepts the example $name", ({ contract, json }) => {
    const validate = new Ajv2020({ strict: true }).compile(toJsonSchema(contract));
    expect(validate(json), JSON.stringify(validate.errors)).toBe(true);
  });

  it("has a dialect, an id, a title and only internal references", () => {
    for (const contract of all) {
      const schema = toJsonSchema(contract);
      expect(schema).toMatchObject({
        $schema: "https://json-schema.org/draft/2020-12/schema",
        $id: `urn:concord:${contract.typeName}`,
        title: contract.typeName.split(".").at(-1),
      });
      for (const [, target = ""] of JSON.stringify(schema).matchAll(/"\$ref":"([^"]+)"/g)) {
        expect(schema["$defs"]).toHaveProperty([target.replace("#/$defs/", "")]);
      }
    }
  });

  it("is a new object at each call", () => {
    const contract = contracts.get("beamline.flow.v1.RouteRequest");
    expect(toJsonSchema(contract)).not.toBe(toJsonSchema(contract));
    expect(toJsonSchema(contract)).toEqual(toJsonSchema(contract));
  });
});
