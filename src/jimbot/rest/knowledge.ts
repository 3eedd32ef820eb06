import type { Value } from "@bufbuild/protobuf/wkt";
import {
  GraphqlErrorCodec,
  GraphqlLocationCodec,
  GraphqlRequestCodec,
  GraphqlResponseCodec,
  KnowledgeChangeCodec,
} from "../../../gen/jimbot/rest/v1/rest_codec.js";
import {
  type GraphqlError as GraphqlErrorMessage,
  GraphqlErrorSchema,
  type GraphqlLocation as GraphqlLocationMessage,
  GraphqlLocationSchema,
  type GraphqlRequest as GraphqlRequestMessage,
  GraphqlRequestSchema,
  type GraphqlResponse as GraphqlResponseMessage,
  GraphqlResponseSchema,
  KnowledgeChangeKindSchema,
  type KnowledgeChange as KnowledgeChangeMessage,
  KnowledgeChangeSchema,
} from "../../../gen/jimbot/rest/v1/rest_pb.js";
import { type Contract, createContract } from "../../contract/contract.js";
import { createDefine, type Wire } from "../../contract/rules/define.js";
import { filled, longText } from "../../contract/rules/formats.js";
import { define, dialect } from "../dialect.js";
import { KnowledgeUpdate } from "../knowledge.js";

/** GraphQL over HTTP writes operationName, and omits unset keys. */
const defineGraphql = /* @__PURE__ */ createDefine({
  ...dialect,
  keys: "json",
  defaults: "omitted",
} as const);

const graphqlRequest = /* @__PURE__ */ defineGraphql(GraphqlRequestSchema, (t) => ({
  query: t.string((text) => longText(filled(text))).required(),
  operationName: t.string(),
  variables: t.struct(),
}));

/** A GraphQL query to the knowledge graph. Document: the JimBot specification, "Knowledge Graph Interface", Query. */
export type GraphqlRequest = GraphqlRequestMessage;
export type GraphqlRequestJson = Wire<typeof graphqlRequest>;
export const GraphqlRequest: Contract<GraphqlRequest, GraphqlRequestJson> =
  /* @__PURE__ */ createContract(GraphqlRequestSchema, graphqlRequest, GraphqlRequestCodec);

const fromOne = { min: 1 } as const;
const graphqlLocation = /* @__PURE__ */ defineGraphql(GraphqlLocationSchema, (t) => ({
  line: t.int32(fromOne).required(),
  column: t.int32(fromOne).required(),
}));

/** A position in the document of a query. Source: the GraphQL specification. */
export type GraphqlLocation = GraphqlLocationMessage;
export type GraphqlLocationJson = Wire<typeof graphqlLocation>;
export const GraphqlLocation: Contract<GraphqlLocation, GraphqlLocationJson> =
  /* @__PURE__ */ createContract(GraphqlLocationSchema, graphqlLocation, GraphqlLocationCodec);

const graphqlError = /* @__PURE__ */ defineGraphql(
  GraphqlErrorSchema,
  (t) => ({
    message: t.string(filled).required(),
    locations: t.list(t.message(GraphqlLocation)),
    path: t.list(t.value()),
  }),
  {
    refine({ path }, report) {
      for (const [index, step] of path.entries()) {
        if (!isStep(step)) report(["path", index], "rule", "must be a name or a number from 0");
      }
    },
  },
);

function isStep({ kind }: Value): boolean {
  if (kind.case === "stringValue") return true;
  return kind.case === "numberValue" && Number.isInteger(kind.value) && kind.value >= 0;
}

/** One error of a query or of its execution. Source: the GraphQL specification. */
export type GraphqlError = GraphqlErrorMessage;
export type GraphqlErrorJson = Wire<typeof graphqlError>;
export const GraphqlError: Contract<GraphqlError, GraphqlErrorJson> =
  /* @__PURE__ */ createContract(GraphqlErrorSchema, graphqlError, GraphqlErrorCodec);

const graphqlResponse = /* @__PURE__ */ defineGraphql(
  GraphqlResponseSchema,
  (t) => ({ data: t.struct(), errors: t.list(t.message(GraphqlError)) }),
  {
    refine({ data, errors }, report) {
      if (data === undefined && errors.length === 0) {
        report(["errors"], "rule", "must not be empty when data is unset");
      }
    },
  },
);

/** The answer of the knowledge graph. Document: the JimBot specification, "Knowledge Graph Interface", Query. */
export type GraphqlResponse = GraphqlResponseMessage;
export type GraphqlResponseJson = Wire<typeof graphqlResponse>;
export const GraphqlResponse: Contract<GraphqlResponse, GraphqlResponseJson> =
  /* @__PURE__ */ createContract(GraphqlResponseSchema, graphqlResponse, GraphqlResponseCodec);

const knowledgeChange = /* @__PURE__ */ define(KnowledgeChangeSchema, (t) => ({
  changeId: t.string(filled).required(),
  kind: t.enum(KnowledgeChangeKindSchema, "KNOWLEDGE_CHANGE_KIND_", { zero: "refused" }).required(),
  update: t.message(KnowledgeUpdate).required(),
  changedAt: t.timestamp().required(),
}));

/** A change of the graph. Document: the JimBot specification, "Knowledge Graph Interface", SubscribeToChanges. */
export type KnowledgeChange = KnowledgeChangeMessage;
export type KnowledgeChangeJson = Wire<typeof knowledgeChange>;
export const KnowledgeChange: Contract<KnowledgeChange, KnowledgeChangeJson> =
  /* @__PURE__ */ createContract(KnowledgeChangeSchema, knowledgeChange, KnowledgeChangeCodec);
