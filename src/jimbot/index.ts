export {
  CardsDiscardedEventSchema,
  ConnectionTestEventSchema,
  DiagnosticEventSchema,
  HandPlayedEventSchema,
  JokersChangedEventSchema,
  JokerTriggerEventSchema,
  MoneyChangedEventSchema,
  PhaseChangedEventSchema,
  RoundChangedEventSchema,
  RoundCompleteEventSchema,
  ScoreChangedEventSchema,
  ScoringEvent_ChipsUpdateSchema,
  ScoringEvent_HandEvalCompleteSchema,
  ScoringEvent_HandEvalStartSchema,
  ScoringEvent_JokerTrigger_TriggeredJokerSchema,
  ScoringEvent_JokerTriggerSchema,
  ScoringEvent_MultUpdateSchema,
  ScoringEvent_ScoreUpdateSchema,
  ScoringEventSchema,
} from "../../gen/jimbot/events/v1/balatro_pb.js";
export {
  EventBus,
  PublishResponseSchema,
  SubscribeRequestSchema,
} from "../../gen/jimbot/events/v1/bus_pb.js";
export {
  ErrorEventSchema,
  ErrorSeverity,
  ErrorSeveritySchema,
  RecoveryAction,
  RecoveryActionSchema,
} from "../../gen/jimbot/events/v1/error_pb.js";
export {
  EventBatchSchema,
  EventSchema,
  EventType,
  EventTypeSchema,
} from "../../gen/jimbot/events/v1/event_pb.js";
export {
  GameStateEvent_CardSchema,
  GameStateEvent_JokerSchema,
  GameStateEventSchema,
} from "../../gen/jimbot/events/v1/game_pb.js";
export {
  BlindStrategyUpdateSchema,
  HandValueUpdateSchema,
  JokerSynergyUpdateSchema,
  KnowledgeGraph,
  KnowledgeQuerySchema,
  KnowledgeUpdateSchema,
  UpdateResponseSchema,
} from "../../gen/jimbot/events/v1/knowledge_pb.js";
export {
  DecisionContextSchema,
  LearningDecisionRequestSchema,
  LearningDecisionResponseSchema,
  RayRLlib,
  TrainingJobSpecSchema,
} from "../../gen/jimbot/events/v1/learning_pb.js";
export {
  HeartbeatEventSchema,
  MetricEventSchema,
} from "../../gen/jimbot/events/v1/metric_pb.js";
export {
  StrategyRequestSchema,
  StrategyResponseSchema,
} from "../../gen/jimbot/events/v1/strategy_pb.js";
export {
  Priority,
  PrioritySchema,
  ReleaseResponseSchema,
  RequestStatus,
  RequestStatusSchema,
  ResourceAllocationSchema,
  ResourceCoordinator,
  ResourceEventSchema,
  ResourceGrantSchema,
  ResourceReleaseSchema,
  ResourceRequestSchema,
  ResourceStatusSchema,
  ResourceType,
  ResourceTypeSchema,
  ResourceUsageSchema,
} from "../../gen/jimbot/resources/v1/resources_pb.js";
export {
  type Action,
  actionArguments,
  actionsByPhase,
  actionsOf,
  type Command,
  isAction,
  type MenuEntry,
  menuEntries,
} from "./actions.js";
export type { AnyJson } from "./any.js";
export {
  type BalatroDoors,
  type BalatroOptions,
  BalatroPost,
  type BalatroTextOptions,
  balatroDefaults,
} from "./balatro.js";
export {
  CardsDiscardedEvent,
  type CardsDiscardedEventJson,
  ConnectionTestEvent,
  type ConnectionTestEventJson,
  DiagnosticEvent,
  type DiagnosticEventJson,
  HandPlayedEvent,
  type HandPlayedEventJson,
  JokersChangedEvent,
  type JokersChangedEventJson,
  JokerTriggerEvent,
  type JokerTriggerEventJson,
  MoneyChangedEvent,
  type MoneyChangedEventJson,
  PhaseChangedEvent,
  type PhaseChangedEventJson,
  RoundChangedEvent,
  type RoundChangedEventJson,
  RoundCompleteEvent,
  type RoundCompleteEventJson,
  ScoreChangedEvent,
  type ScoreChangedEventJson,
} from "./balatro-events.js";
export { type Repair, type RepairKind, repairKinds } from "./balatro-repairs.js";
export {
  PublishResponse,
  type PublishResponseJson,
  SubscribeRequest,
  type SubscribeRequestJson,
} from "./bus.js";
export { channels } from "./channels.js";
export {
  type CommandTextOptions,
  checkCommand,
  commandDefaults,
  formatCommand,
  formatCommands,
  inSteps,
  parseCommand,
  parseCommands,
  toCommand,
} from "./commands.js";
export { type Component, components } from "./components.js";
export { type BreakerComponent, breakerSettings, config } from "./config.js";
export { contracts } from "./contracts.js";
export {
  correlationOf,
  type FollowOptions,
  followEvent,
  groupByCorrelation,
  isAnswer,
  requestIdOf,
  traceKeys,
} from "./correlation.js";
export {
  type Environment,
  environmentDefaults,
  readConfig,
  type VariableName,
  type Variables,
} from "./environment.js";
export {
  ErrorEvent,
  type ErrorEventJson,
} from "./error.js";
export { type ErrorEventOptions, errorEventDefaults, errorToEvent } from "./error-events.js";
export {
  Event,
  EventBatch,
  type EventBatchJson,
  type EventJson,
} from "./event.js";
export {
  GameStateEvent,
  GameStateEvent_Card,
  type GameStateEvent_CardJson,
  GameStateEvent_Joker,
  type GameStateEvent_JokerJson,
  type GameStateEventJson,
} from "./game.js";
export { knowledgeQuery, knowledgeSchema } from "./graphql.js";
export {
  BlindStrategyUpdate,
  type BlindStrategyUpdateJson,
  HandValueUpdate,
  type HandValueUpdateJson,
  JokerSynergyUpdate,
  type JokerSynergyUpdateJson,
  KnowledgeQuery,
  type KnowledgeQueryJson,
  KnowledgeUpdate,
  type KnowledgeUpdateJson,
  UpdateResponse,
  type UpdateResponseJson,
} from "./knowledge.js";
export {
  DecisionContext,
  type DecisionContextJson,
  LearningDecisionRequest,
  type LearningDecisionRequestJson,
  LearningDecisionResponse,
  type LearningDecisionResponseJson,
  TrainingJobSpec,
  type TrainingJobSpecJson,
} from "./learning.js";
export { isLogLevel, type LogLevel, logLevels } from "./log-level.js";
export {
  type LogEntry,
  LogRecord,
  type LogRecordOptions,
  logRecordDefaults,
  makeLogRecord,
} from "./log-record.js";
export { type MemoryShare, memory } from "./memory.js";
export {
  HeartbeatEvent,
  type HeartbeatEventJson,
  MetricEvent,
  type MetricEventJson,
} from "./metric.js";
export { type Metric, type MetricLabels, type MetricName, metrics } from "./metrics-catalogue.js";
export { openApi } from "./open-api.js";
export {
  type EventHeadOptions,
  type EventPayload,
  type EventTypeName,
  eventDefaults,
  type PayloadOf,
  packEvent,
  type UnknownPayload,
  unpackEvent,
} from "./pack-event.js";
export { type Phase, phases } from "./phases.js";
export {
  ReleaseResponse,
  type ReleaseResponseJson,
  ResourceAllocation,
  type ResourceAllocationJson,
  ResourceEvent,
  type ResourceEventJson,
  ResourceGrant,
  type ResourceGrantJson,
  ResourceRelease,
  type ResourceReleaseJson,
  ResourceRequest,
  type ResourceRequestJson,
  ResourceStatus,
  type ResourceStatusJson,
  ResourceUsage,
  type ResourceUsageJson,
} from "./resources.js";
export * from "./rest.js";
export {
  ScoringEvent,
  ScoringEvent_ChipsUpdate,
  type ScoringEvent_ChipsUpdateJson,
  ScoringEvent_HandEvalComplete,
  type ScoringEvent_HandEvalCompleteJson,
  ScoringEvent_HandEvalStart,
  type ScoringEvent_HandEvalStartJson,
  ScoringEvent_JokerTrigger,
  ScoringEvent_JokerTrigger_TriggeredJoker,
  type ScoringEvent_JokerTrigger_TriggeredJokerJson,
  type ScoringEvent_JokerTriggerJson,
  ScoringEvent_MultUpdate,
  type ScoringEvent_MultUpdateJson,
  ScoringEvent_ScoreUpdate,
  type ScoringEvent_ScoreUpdateJson,
  type ScoringEventJson,
} from "./scoring.js";
export {
  StrategyRequest,
  type StrategyRequestJson,
  StrategyResponse,
  type StrategyResponseJson,
} from "./strategy.js";
export { matchTopic } from "./topic-pattern.js";
export {
  isSubscribed,
  otherTopics,
  readTopic,
  type TopicMeaning,
  type TopicOptions,
  topicAddress,
  topicAt,
  topicDefaults,
  topicOf,
  topics,
} from "./topics.js";
