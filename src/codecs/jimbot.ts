export {
  CardsDiscardedEventCodec,
  ConnectionTestEventCodec,
  DiagnosticEventCodec,
  HandPlayedEventCodec,
  JokersChangedEventCodec,
  JokerTriggerEventCodec,
  MoneyChangedEventCodec,
  PhaseChangedEventCodec,
  RoundChangedEventCodec,
  RoundCompleteEventCodec,
  ScoreChangedEventCodec,
  ScoringEvent_ChipsUpdateCodec,
  ScoringEvent_HandEvalCompleteCodec,
  ScoringEvent_HandEvalStartCodec,
  ScoringEvent_JokerTrigger_TriggeredJokerCodec,
  ScoringEvent_JokerTriggerCodec,
  ScoringEvent_MultUpdateCodec,
  ScoringEvent_ScoreUpdateCodec,
  ScoringEventCodec,
} from "../../gen/jimbot/events/v1/balatro_codec.js";
export {
  PublishResponseCodec,
  SubscribeRequestCodec,
} from "../../gen/jimbot/events/v1/bus_codec.js";
export { ErrorEventCodec } from "../../gen/jimbot/events/v1/error_codec.js";
export { EventBatchCodec, EventCodec } from "../../gen/jimbot/events/v1/event_codec.js";
export {
  GameStateEvent_CardCodec,
  GameStateEvent_JokerCodec,
  GameStateEventCodec,
} from "../../gen/jimbot/events/v1/game_codec.js";
export {
  BlindStrategyUpdateCodec,
  HandValueUpdateCodec,
  JokerSynergyUpdateCodec,
  KnowledgeQueryCodec,
  KnowledgeUpdateCodec,
  UpdateResponseCodec,
} from "../../gen/jimbot/events/v1/knowledge_codec.js";
export {
  DecisionContextCodec,
  LearningDecisionRequestCodec,
  LearningDecisionResponseCodec,
  TrainingJobSpecCodec,
} from "../../gen/jimbot/events/v1/learning_codec.js";
export { HeartbeatEventCodec, MetricEventCodec } from "../../gen/jimbot/events/v1/metric_codec.js";
export {
  StrategyRequestCodec,
  StrategyResponseCodec,
} from "../../gen/jimbot/events/v1/strategy_codec.js";
export {
  ReleaseResponseCodec,
  ResourceAllocationCodec,
  ResourceEventCodec,
  ResourceGrantCodec,
  ResourceReleaseCodec,
  ResourceRequestCodec,
  ResourceStatusCodec,
  ResourceUsageCodec,
} from "../../gen/jimbot/resources/v1/resources_codec.js";
export {
  CachedStrategiesCodec,
  CachedStrategiesRequestCodec,
  CachedStrategyCodec,
  CommandListCodec,
  EventHistoryPageCodec,
  EventHistoryRequestCodec,
  GraphqlErrorCodec,
  GraphqlLocationCodec,
  GraphqlRequestCodec,
  GraphqlResponseCodec,
  KnowledgeChangeCodec,
  MetricsUpdateCodec,
  ModelMetricsCodec,
  ModelMetricsRequestCodec,
  PollCommandsRequestCodec,
  RateLimitsCodec,
  SqlColumnCodec,
  SqlQueryCodec,
  SqlResultCodec,
  StatusReplyCodec,
  TrainingJobCreatedCodec,
} from "../../gen/jimbot/rest/v1/rest_codec.js";
