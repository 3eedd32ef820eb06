import { MetricsUpdate, SqlColumn, SqlQuery, SqlResult } from "./analytics.js";
import {
  CommandList,
  EventHistoryPage,
  EventHistoryRequest,
  PollCommandsRequest,
  StatusReply,
} from "./bus.js";
import {
  GraphqlError,
  GraphqlLocation,
  GraphqlRequest,
  GraphqlResponse,
  KnowledgeChange,
} from "./knowledge.js";
import {
  CachedStrategies,
  CachedStrategiesRequest,
  CachedStrategy,
  ModelMetrics,
  ModelMetricsRequest,
  RateLimits,
  TrainingJobCreated,
} from "./learning.js";

/** The contracts of `jimbot.rest.v1`. No event carries these messages. */
export const restContracts = [
  StatusReply,
  EventHistoryRequest,
  EventHistoryPage,
  PollCommandsRequest,
  CommandList,
  TrainingJobCreated,
  ModelMetricsRequest,
  ModelMetrics,
  CachedStrategiesRequest,
  CachedStrategy,
  CachedStrategies,
  RateLimits,
  SqlQuery,
  SqlColumn,
  SqlResult,
  GraphqlRequest,
  GraphqlLocation,
  GraphqlError,
  GraphqlResponse,
  KnowledgeChange,
  MetricsUpdate,
] as const;
