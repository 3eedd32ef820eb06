import { z } from "zod";
import type { SchemaContext } from "../../../src/contract/model/json-schema-keywords.js";

/** A context to describe one field alone: zod's own schema, without those of other messages. */
export const schemaContext: SchemaContext = {
  translate(rule) {
    const { $schema, ...schema } = z.toJSONSchema(rule, { unrepresentable: "any" });
    return schema;
  },
  refer: ({ schema }) => ({ $ref: schema.typeName }),
  whole: () => ({}),
};
