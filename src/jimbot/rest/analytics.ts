import type { JsonObject } from "@bufbuild/protobuf";
import {
  MetricsUpdateCodec,
  SqlColumnCodec,
  SqlQueryCodec,
  SqlResultCodec,
} from "../../../gen/jimbot/rest/v1/rest_codec.js";
import {
  type MetricsUpdate as MetricsUpdateMessage,
  MetricsUpdateSchema,
  type SqlColumn as SqlColumnMessage,
  SqlColumnSchema,
  type SqlQuery as SqlQueryMessage,
  SqlQuerySchema,
  type SqlResult as SqlResultMessage,
  SqlResultSchema,
} from "../../../gen/jimbot/rest/v1/rest_pb.js";
import { type Contract, createContract } from "../../contract/contract.js";
import type { Wire } from "../../contract/rules/define.js";
import { filled, longText } from "../../contract/rules/formats.js";
import { define } from "../dialect.js";
import { MetricEvent } from "../events/metric.js";
import { count, count64 } from "../fields.js";

const sqlQuery = /* @__PURE__ */ define(SqlQuerySchema, (t) => ({
  query: t.string((text) => longText(filled(text))).required(),
  maxRows: t.int32(count).omitted(),
}));

/** An SQL query to the metrics store. Document: the JimBot specification, "Analytics Interface", QueryMetrics. */
export type SqlQuery = SqlQueryMessage;
export type SqlQueryJson = Wire<typeof sqlQuery>;
export const SqlQuery: Contract<SqlQuery, SqlQueryJson> = /* @__PURE__ */ createContract(
  SqlQuerySchema,
  sqlQuery,
  SqlQueryCodec,
);

const sqlColumn = /* @__PURE__ */ define(SqlColumnSchema, (t) => ({
  name: t.string(filled).required(),
  type: t.string(filled).required(),
}));

/** One column of a result. Document: the JimBot specification, "Analytics Interface", QueryMetrics. */
export type SqlColumn = SqlColumnMessage;
export type SqlColumnJson = Wire<typeof sqlColumn>;
export const SqlColumn: Contract<SqlColumn, SqlColumnJson> = /* @__PURE__ */ createContract(
  SqlColumnSchema,
  sqlColumn,
  SqlColumnCodec,
);

const sqlResult = /* @__PURE__ */ define(
  SqlResultSchema,
  (t) => ({
    columns: t.list(t.message(SqlColumn)),
    rows: t.list(t.struct()),
    truncated: t.bool(),
  }),
  {
    refine({ columns, rows }, report) {
      const names = new Set<string>();
      for (const [index, { name }] of columns.entries()) {
        if (names.has(name))
          report(["columns", index, "name"], "rule", "a second column of this name");
        names.add(name);
      }
      for (const [index, row] of rows.entries()) {
        if (!hasColumns(row, names)) {
          report(["rows", index], "rule", "must have one value for each column and nothing else");
        }
      }
    },
  },
);

function hasColumns(row: JsonObject, names: ReadonlySet<string>): boolean {
  const keys = Object.keys(row);
  return keys.length === names.size && keys.every((key) => names.has(key));
}

/** The result of an SQL query. Document: the JimBot specification, "Analytics Interface", QueryMetrics. */
export type SqlResult = SqlResultMessage;
export type SqlResultJson = Wire<typeof sqlResult>;
export const SqlResult: Contract<SqlResult, SqlResultJson> = /* @__PURE__ */ createContract(
  SqlResultSchema,
  sqlResult,
  SqlResultCodec,
);

const metricsUpdate = /* @__PURE__ */ define(MetricsUpdateSchema, (t) => ({
  sequence: t.int64(count64).required(),
  sentAt: t.timestamp().required(),
  metrics: t.list(t.message(MetricEvent), { min: 1 }).required(),
}));

/** One message of the metric stream. Document: the JimBot specification, "Analytics Interface", StreamMetrics. */
export type MetricsUpdate = MetricsUpdateMessage;
export type MetricsUpdateJson = Wire<typeof metricsUpdate>;
export const MetricsUpdate: Contract<MetricsUpdate, MetricsUpdateJson> =
  /* @__PURE__ */ createContract(MetricsUpdateSchema, metricsUpdate, MetricsUpdateCodec);
