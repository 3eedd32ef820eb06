import {
  DecisionContext,
  LearningDecisionRequest,
  LearningDecisionResponse,
  TrainingJobSpec,
} from "../learning.js";
import {
  ReleaseResponse,
  ResourceAllocation,
  ResourceEvent,
  ResourceGrant,
  ResourceRelease,
  ResourceRequest,
  ResourceStatus,
  ResourceUsage,
} from "../resources.js";
import { StrategyRequest, StrategyResponse } from "../strategy.js";
import {
  CardsDiscardedEvent,
  ConnectionTestEvent,
  DiagnosticEvent,
  HandPlayedEvent,
  JokersChangedEvent,
  JokerTriggerEvent,
  MoneyChangedEvent,
  PhaseChangedEvent,
  RoundChangedEvent,
  RoundCompleteEvent,
  ScoreChangedEvent,
} from "./balatro.js";
import { PublishResponse, SubscribeRequest } from "./bus.js";
import { ErrorEvent } from "./error.js";
import { GameStateEvent, GameStateEvent_Card, GameStateEvent_Joker } from "./game.js";
import { HeartbeatEvent, MetricEvent } from "./metric.js";
import {
  ScoringEvent,
  ScoringEvent_ChipsUpdate,
  ScoringEvent_HandEvalComplete,
  ScoringEvent_HandEvalStart,
  ScoringEvent_JokerTrigger,
  ScoringEvent_JokerTrigger_TriggeredJoker,
  ScoringEvent_MultUpdate,
  ScoringEvent_ScoreUpdate,
} from "./scoring.js";

/** The contracts of the messages outside event.proto and knowledge.proto; none of them contains an Any. */
export const plainContracts = [
  GameStateEvent,
  GameStateEvent_Joker,
  GameStateEvent_Card,
  LearningDecisionRequest,
  LearningDecisionResponse,
  DecisionContext,
  TrainingJobSpec,
  StrategyRequest,
  StrategyResponse,
  MetricEvent,
  HeartbeatEvent,
  ErrorEvent,
  MoneyChangedEvent,
  ScoreChangedEvent,
  HandPlayedEvent,
  CardsDiscardedEvent,
  JokersChangedEvent,
  RoundChangedEvent,
  PhaseChangedEvent,
  RoundCompleteEvent,
  JokerTriggerEvent,
  ScoringEvent,
  ScoringEvent_HandEvalStart,
  ScoringEvent_ScoreUpdate,
  ScoringEvent_JokerTrigger,
  ScoringEvent_JokerTrigger_TriggeredJoker,
  ScoringEvent_MultUpdate,
  ScoringEvent_ChipsUpdate,
  ScoringEvent_HandEvalComplete,
  DiagnosticEvent,
  ConnectionTestEvent,
  PublishResponse,
  SubscribeRequest,
  ResourceRequest,
  ResourceGrant,
  ResourceRelease,
  ReleaseResponse,
  ResourceStatus,
  ResourceUsage,
  ResourceAllocation,
  ResourceEvent,
] as const;
