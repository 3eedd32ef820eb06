import {
  CachedStrategiesCodec,
  CachedStrategiesRequestCodec,
  CachedStrategyCodec,
  ModelMetricsCodec,
  ModelMetricsRequestCodec,
  RateLimitsCodec,
  TrainingJobCreatedCodec,
} from "../../../gen/jimbot/rest/v1/rest_codec.js";
import {
  type CachedStrategies as CachedStrategiesMessage,
  type CachedStrategiesRequest as CachedStrategiesRequestMessage,
  CachedStrategiesRequestSchema,
  CachedStrategiesSchema,
  type CachedStrategy as CachedStrategyMessage,
  CachedStrategySchema,
  type ModelMetrics as ModelMetricsMessage,
  type ModelMetricsRequest as ModelMetricsRequestMessage,
  ModelMetricsRequestSchema,
  ModelMetricsSchema,
  type RateLimits as RateLimitsMessage,
  RateLimitsSchema,
  type TrainingJobCreated as TrainingJobCreatedMessage,
  TrainingJobCreatedSchema,
  TrainingJobStatusSchema,
} from "../../../gen/jimbot/rest/v1/rest_pb.js";
import { type Contract, createContract } from "../../contract/contract.js";
import type { Wire } from "../../contract/rules/define.js";
import { filled, formed, oneOf } from "../../contract/rules/formats.js";
import { define } from "../dialect.js";
import { count, count64, isInOrder, reportEmptyKey } from "../fields.js";
import { StrategyResponse } from "../strategy.js";

const trainingJobCreated = /* @__PURE__ */ define(TrainingJobCreatedSchema, (t) => ({
  jobId: t.string(filled).required(),
  modelId: t.string(filled).required(),
  status: t.enum(TrainingJobStatusSchema, "TRAINING_JOB_STATUS_", { zero: "refused" }).required(),
  createdAt: t.timestamp().required(),
}));

/** The answer to a request to train a model. Document: the JimBot specification, "Learning Orchestration Interface", SubmitTrainingJob. */
export type TrainingJobCreated = TrainingJobCreatedMessage;
export type TrainingJobCreatedJson = Wire<typeof trainingJobCreated>;
export const TrainingJobCreated: Contract<TrainingJobCreated, TrainingJobCreatedJson> =
  /* @__PURE__ */ createContract(
    TrainingJobCreatedSchema,
    trainingJobCreated,
    TrainingJobCreatedCodec,
  );

/** It must be one segment of a path. */
const modelId = formed(/^[A-Za-z0-9_-]{1,256}$/, "one address segment of letters, digits, _ and -");
const modelMetricsRequest = /* @__PURE__ */ define(ModelMetricsRequestSchema, (t) => ({
  modelId: t.string(modelId).required(),
}));

/** A request for a model's metrics. Document: the JimBot specification, "Learning Orchestration Interface", GetModelMetrics. */
export type ModelMetricsRequest = ModelMetricsRequestMessage;
export type ModelMetricsRequestJson = Wire<typeof modelMetricsRequest>;
export const ModelMetricsRequest: Contract<ModelMetricsRequest, ModelMetricsRequestJson> =
  /* @__PURE__ */ createContract(
    ModelMetricsRequestSchema,
    modelMetricsRequest,
    ModelMetricsRequestCodec,
  );

const modelMetrics = /* @__PURE__ */ define(
  ModelMetricsSchema,
  (t) => ({
    modelId: t.string(filled).required(),
    jobId: t.string(),
    episodes: t.int64(count64),
    values: t.map(t.double()),
    measuredAt: t.timestamp().required(),
  }),
  {
    refine({ values }, report) {
      reportEmptyKey(values, "values", report);
    },
  },
);

/** The metrics of a model. Document: the JimBot specification, "Learning Orchestration Interface", GetModelMetrics. */
export type ModelMetrics = ModelMetricsMessage;
export type ModelMetricsJson = Wire<typeof modelMetrics>;
export const ModelMetrics: Contract<ModelMetrics, ModelMetricsJson> =
  /* @__PURE__ */ createContract(ModelMetricsSchema, modelMetrics, ModelMetricsCodec);

const cachedStrategiesRequest = /* @__PURE__ */ define(CachedStrategiesRequestSchema, (t) => ({
  maxResults: t.int32(count).omitted(),
}));

/** A request for the cached strategies. Document: the JimBot specification, "LLM Integration Interface", GetCachedStrategies. */
export type CachedStrategiesRequest = CachedStrategiesRequestMessage;
export type CachedStrategiesRequestJson = Wire<typeof cachedStrategiesRequest>;
export const CachedStrategiesRequest: Contract<
  CachedStrategiesRequest,
  CachedStrategiesRequestJson
> = /* @__PURE__ */ createContract(
  CachedStrategiesRequestSchema,
  cachedStrategiesRequest,
  CachedStrategiesRequestCodec,
);

const cachedStrategy = /* @__PURE__ */ define(
  CachedStrategySchema,
  (t) => ({
    key: t.string(filled).required(),
    response: t.message(StrategyResponse).required(),
    cachedAt: t.timestamp().required(),
    expiresAt: t.timestamp(),
    hits: t.int64(count64),
  }),
  {
    refine({ cachedAt, expiresAt }, report) {
      if (!isInOrder(cachedAt, expiresAt)) {
        report(["expires_at"], "rule", "must be later than cached_at");
      }
    },
  },
);

/** One cached strategy. Document: the JimBot specification, "LLM Integration Interface", GetCachedStrategies. */
export type CachedStrategy = CachedStrategyMessage;
export type CachedStrategyJson = Wire<typeof cachedStrategy>;
export const CachedStrategy: Contract<CachedStrategy, CachedStrategyJson> =
  /* @__PURE__ */ createContract(CachedStrategySchema, cachedStrategy, CachedStrategyCodec);

const cachedStrategies = /* @__PURE__ */ define(
  CachedStrategiesSchema,
  (t) => ({ strategies: t.list(t.message(CachedStrategy)) }),
  {
    refine({ strategies }, report) {
      const seen = new Set<string>();
      for (const [index, { key }] of strategies.entries()) {
        if (seen.has(key))
          report(["strategies", index, "key"], "rule", "a second entry for this key");
        seen.add(key);
      }
    },
  },
);

/** The cached strategies. Document: the JimBot specification, "LLM Integration Interface", GetCachedStrategies. */
export type CachedStrategies = CachedStrategiesMessage;
export type CachedStrategiesJson = Wire<typeof cachedStrategies>;
export const CachedStrategies: Contract<CachedStrategies, CachedStrategiesJson> =
  /* @__PURE__ */ createContract(CachedStrategiesSchema, cachedStrategies, CachedStrategiesCodec);

const positive = { min: 1 } as const;
const rateLimits = /* @__PURE__ */ define(
  RateLimitsSchema,
  (t) => ({
    strategy: t.string(oneOf(["token_bucket"])).required(),
    capacity: t.int32(positive).required(),
    refillPerHour: t.int32(positive).required(),
    burstCapacity: t.int32(positive).required(),
  }),
  {
    refine({ capacity, burstCapacity }, report) {
      if (burstCapacity > capacity) {
        report(["burst_capacity"], "rule", "must not be more than capacity");
      }
    },
  },
);

/** The limits of requests to the language model. Document: the JimBot specification, "LLM Integration Interface", UpdateRateLimits. */
export type RateLimits = RateLimitsMessage;
export type RateLimitsJson = Wire<typeof rateLimits>;
export const RateLimits: Contract<RateLimits, RateLimitsJson> = /* @__PURE__ */ createContract(
  RateLimitsSchema,
  rateLimits,
  RateLimitsCodec,
);
