export * from "../../gen/systems/jimbot/schemas.js";
export * from "../contract/timestamps.js";
export { ContractError, isContractError } from "../wire/error.js";
export {
  type BalatroMethods,
  type BalatroOptions,
  BalatroPost,
  type BalatroTextOptions,
  balatroDefaults,
} from "./balatro/balatro-post.js";
export type { RefusedEvent } from "./balatro/batch.js";
export {
  type BalatroRepair,
  type BalatroRepairKind,
  balatroRepairKinds,
} from "./balatro/repairs.js";
export { channels } from "./channels.js";
export {
  type Action,
  actionArguments,
  actionsByPhase,
  actionsOfPhase,
  type Command,
  isAction,
  type MenuEntry,
  menuEntries,
} from "./commands/actions.js";
export {
  type CommandTextOptions,
  checkCommand,
  commandDefaults,
  formatCommand,
  formatCommands,
  parseCommand,
  parseCommands,
  toCommand,
} from "./commands/commands.js";
export {
  type ExpandCommandOptions,
  expandCommand,
  expandCommandDefaults,
} from "./commands/expand-command.js";
export { contracts } from "./contracts.js";
export { type BreakerComponent, breakerSettingsOf, jimbotConfig } from "./deployment/config.js";
export {
  type Environment,
  type EnvironmentVariable,
  type EnvironmentVariables,
  environmentDefaults,
  readEnvironment,
} from "./deployment/environment.js";
export { isLogLevel, type LogLevel, logLevels } from "./deployment/log-level.js";
export {
  type LogEntry,
  LogRecord,
  type LogRecordOptions,
  logRecordDefaults,
  makeLogRecord,
} from "./deployment/log-record.js";
export {
  type MetricDescription,
  type MetricLabels,
  type MetricName,
  metricCatalogue,
} from "./deployment/metrics-catalogue.js";
export type { AnyJson } from "./events/any.js";
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
} from "./events/balatro.js";
export {
  PublishResponse,
  type PublishResponseJson,
  SubscribeRequest,
  type SubscribeRequestJson,
} from "./events/bus.js";
export {
  correlationOf,
  type FollowUpOptions,
  groupByCorrelation,
  isAnswer,
  makeFollowUp,
  requestIdOf,
  traceMetadataKeys,
} from "./events/correlation.js";
export {
  ErrorEvent,
  type ErrorEventJson,
} from "./events/error.js";
export { type ErrorEventOptions, errorEventDefaults, toErrorEvent } from "./events/error-events.js";
export {
  Event,
  EventBatch,
  type EventBatchJson,
  type EventJson,
} from "./events/event.js";
export {
  GameStateEvent,
  GameStateEvent_Card,
  type GameStateEvent_CardJson,
  GameStateEvent_Joker,
  type GameStateEvent_JokerJson,
  type GameStateEventJson,
} from "./events/game.js";
export {
  HeartbeatEvent,
  type HeartbeatEventJson,
  MetricEvent,
  type MetricEventJson,
} from "./events/metric.js";
export {
  type EventHeadOptions,
  type EventPayload,
  type EventTypeName,
  eventDefaults,
  type PayloadOf,
  packEvent,
  type UnknownPayload,
  unpackEvent,
} from "./events/pack-event.js";
export { type GamePhase, gamePhases } from "./events/phases.js";
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
} from "./events/scoring.js";
export { matchTopic } from "./events/topic-pattern.js";
export {
  eventTopicAliases,
  eventTopics,
  formatTopic,
  formatTopicAddress,
  matchSubscription,
  parseTopic,
  parseTopicAddress,
  type TopicAddressOptions,
  type TopicParts,
  topicAddressDefaults,
  topicOf,
} from "./events/topics.js";
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
export { knowledgeGraphqlQuery, knowledgeGraphqlSchema } from "./rest/graphql.js";
export { jimbotOpenApi } from "./rest/open-api.js";
export * from "./rest/rest.js";
export {
  StrategyRequest,
  type StrategyRequestJson,
  StrategyResponse,
  type StrategyResponseJson,
} from "./strategy.js";
