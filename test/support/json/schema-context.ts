import { z } from "zod";
import type { SchemaContext } from "../../../src/contract/model/json-schema-keywords.js";

/** What a field asks when it is described by itself: zod's own words, and nothing of other messages. */
export const schemaContext: SchemaContext = {
  translate(rule) {
    const { $schema, ...schema } = z.toJSONSchema(rule, { unrepresentable: "any" });
    return schema;
  },
  refer: ({ schema }) => ({ $ref: schema.typeName }),
  whole: () => ({}),
};
