import { readFileSync } from "node:fs";
import {
  buildSchema,
  graphqlSync,
  lexicographicSortSchema,
  parse,
  printSchema,
  validate,
} from "graphql";
import { describe, expect, it } from "vitest";
import { restExamples } from "../../../src/jimbot/rest/examples.js";
import { knowledgeGraphqlQuery, knowledgeGraphqlSchema } from "../../../src/jimbot/rest/graphql.js";
import { GraphqlRequest, GraphqlResponse } from "../../../src/jimbot/rest/knowledge.js";
import { missingFromDocument } from "../document.js";

const schema = buildSchema(knowledgeGraphqlSchema);
const synergy = {
  target: { name: "Joker" },
  strength: 0.9,
  conditions: ["stands to the left of Joker"],
};
const root = { joker: ({ name }: { name: string }) => ({ name, synergies: [synergy] }) };

function answer(source: string, variableValues: Record<string, unknown>): unknown {
  const result = graphqlSync({ schema, source, variableValues, rootValue: root });
  return JSON.parse(JSON.stringify(result));
}

describe("the schema of the knowledge graph", () => {
  it("takes the document's query", () => {
    expect(validate(schema, parse(knowledgeGraphqlQuery))).toEqual([]);
    const lines = knowledgeGraphqlQuery.split("\n").map((line) => line.trim());
    expect(missingFromDocument(lines.filter((line) => line !== ""))).toEqual([]);
  });

  it("refuses a query for what it does not have", () => {
    const errors = validate(schema, parse(knowledgeGraphqlQuery.replace("strength", "weakness")));
    expect(errors.map(({ message }) => message)).toEqual([
      'Cannot query field "weakness" on type "Synergy".',
    ]);
  });

  it("says what every type and field is", () => {
    for (const type of Object.values(schema.getTypeMap())) {
      if (type.name.startsWith("__") || !("getFields" in type) || type.name === "NamedNumber")
        continue;
      expect(type.description, type.name).toBeTruthy();
      for (const field of Object.values(type.getFields())) {
        expect(field.description, `${type.name}.${field.name}`).toBeTruthy();
      }
    }
  });

  it("is a text that graphql prints again", () => {
    expect(printSchema(lexicographicSortSchema(schema))).toContain("synergies: [Synergy!]!");
    expect(printSchema(buildSchema(printSchema(schema)))).toBe(printSchema(schema));
  });

  it("is a file of schemas/", () => {
    const file = new URL("../../../schemas/graphql/jimbot.graphql", import.meta.url);
    expect(readFileSync(file, "utf8"), "run pnpm schemas").toBe(knowledgeGraphqlSchema);
  });
});

describe("a question in GraphQL", () => {
  it("runs as the contracts carry it", () => {
    const { message, reply } = restExamples.query_knowledge;
    const request = GraphqlRequest.decode(GraphqlRequest.encode(GraphqlRequest.fromJson(message)));
    const json = answer(request.query, { ...request.variables });
    expect(json).toEqual(reply);
    expect(GraphqlResponse.toJson(GraphqlResponse.fromJson(json))).toEqual(reply);
  });

  it("has the faults that graphql tells", () => {
    const json = answer("query Q($n: String!) { joker(name: $n) { synergies { type } } }", {});
    expect(GraphqlResponse.toJson(GraphqlResponse.fromJson(json))).toEqual({
      errors: [
        {
          message: 'Variable "$n" of required type "String!" was not provided.',
          locations: [{ line: 1, column: 9 }],
        },
      ],
    });
  });
});
