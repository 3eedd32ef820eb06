import { create } from "@bufbuild/protobuf";
import { expect, it } from "vitest";
import { Context } from "../../../src/contract/base/context.js";
import { pack } from "../../../src/jimbot/events/any.js";
import { contracts, Event, GameStateEvent } from "../../../src/jimbot/index.js";

const scoringEvent = "ScoringEvent: {}";
const scoringSteps = [
  'ScoringEvent.HandEvalStart: {"starting_score":0,"ante":0,"round":0,"hand_number":0}',
  'ScoringEvent.ScoreUpdate: {"previous_score":0,"new_score":0,"delta":0,"total_hand_delta":0,"context":"","timestamp":0}',
  'ScoringEvent.JokerTrigger: {"score_contribution":0,"current_total":0,"timestamp":0}',
  'ScoringEvent.JokerTrigger.TriggeredJoker: {"name":"","id":""}',
  'ScoringEvent.MultUpdate: {"mult_before":0,"mult_after":0,"delta":0,"source":"","timestamp":0}',
  'ScoringEvent.ChipsUpdate: {"chips_before":0,"chips_after":0,"delta":0,"source":"","timestamp":0}',
  'ScoringEvent.HandEvalComplete: {"starting_score":0,"final_score":0,"total_delta":0,"joker_triggers":0,"ante":0,"round":0,"hand_number":0}',
];

/** The JSON of a message without any set field. Unset messages, times and optional fields have no key. */
const zeros = [
  'EventBatch: {"batch_id":"","events":[],"source":"","timestamp":0}',
  'KnowledgeQuery: {"query_id":"","query_type":"","parameters":{},"max_results":0}',
  'KnowledgeUpdate: {"update_id":"","knowledge_type":"","confidence":0,"source":""}',
  'JokerSynergyUpdate: {"joker1_id":"","joker2_id":"","synergy_score":0,"synergy_type":"","conditions":[]}',
  'HandValueUpdate: {"hand_type":"","base_value":0,"modifiers":{}}',
  'BlindStrategyUpdate: {"blind_name":"","effective_strategies":[],"ineffective_strategies":[],"hand_type_effectiveness":{}}',
  'UpdateResponse: {"success":false,"message":"","update_id":""}',
  'GameStateEvent: {"game_id":"","ante":0,"round":0,"jokers":[],"hand":[],"chips":0,"mult":0,"money":0,"shop_items":{}}',
  'GameStateEvent.Joker: {"name":"","rarity":"","position":0,"properties":{}}',
  'GameStateEvent.Card: {"suit":"","rank":"","enhancement":"","seal":"","edition":""}',
  'LearningDecisionRequest: {"request_id":"","available_actions":[],"time_limit_ms":0}',
  'LearningDecisionResponse: {"request_id":"","selected_action":"","confidence":0,"action_values":{},"used_llm":false,"strategy_name":""}',
  'DecisionContext: {"recent_actions":[],"current_score":0,"target_score":0,"strategy_hint":""}',
  'TrainingJobSpec: {"job_id":"","model_id":"","algorithm":"","hyperparameters":{},"max_episodes":0,"max_memory_mb":0,"gpu":false,"gpu_time_slice_ms":0,"checkpoint_path":""}',
  'StrategyRequest: {"request_id":"","strategy_type":"","considerations":[],"time_limit_ms":0,"context":""}',
  'StrategyResponse: {"request_id":"","recommended_action":"","confidence":0,"reasoning":"","alternative_action":"","from_cache":false,"processing_time_ms":0}',
  'MetricEvent: {"metric_name":"","metric_type":"","value":0,"labels":{},"unit":""}',
  'HeartbeatEvent: {"version":"","uptime":0,"headless":false,"game_state":""}',
  'ErrorEvent: {"error_id":"","source_component":"","severity":"INFO","message":"","stack_trace":"","context":{},"affected_components":[],"suggested_action":"RETRY"}',
  'MoneyChangedEvent: {"old_value":0,"new_value":0,"difference":0}',
  'ScoreChangedEvent: {"old_chips":0,"new_chips":0,"old_mult":0,"new_mult":0}',
  'HandPlayedEvent: {"hands_remaining":0,"hand_number":0}',
  'CardsDiscardedEvent: {"discards_remaining":0}',
  'JokersChangedEvent: {"old_count":0,"new_count":0,"jokers":[]}',
  'RoundChangedEvent: {"ante":0,"round":0}',
  'PhaseChangedEvent: {"old_phase":"","new_phase":""}',
  'RoundCompleteEvent: {"ante":0,"round":0,"score":0,"money":0}',
  'JokerTriggerEvent: {"joker_name":"","context_type":"","timestamp":0}',
  scoringEvent,
  ...scoringSteps,
  'DiagnosticEvent: {"available_functions":[],"g_exists":false,"g_funcs_exists":false,"g_game_exists":false,"g_state":""}',
  'ConnectionTestEvent: {"message":""}',
  'PublishResponse: {"success":false,"message":"","event_id":""}',
  'SubscribeRequest: {"topic_pattern":"","subscriber_id":"","types":[]}',
  'ResourceRequest: {"component":"","type":"GPU_COMPUTE","amount":0,"duration_ms":0}',
  // The zero of RequestStatus has no name, so the contract refuses it before it is written.
  'ResourceGrant: {"request_id":"","message":"","token":"","granted_amount":0,"approved":false}',
  'ResourceRelease: {"request_id":"","token":"","component":""}',
  'ReleaseResponse: {"success":false,"message":""}',
  'ResourceStatus: {"resources":[]}',
  'ResourceUsage: {"type":"GPU_COMPUTE","total_capacity":0,"available":0,"allocated":0,"allocations":[]}',
  'ResourceAllocation: {"request_id":"","component":"","amount":0}',
  'ResourceEvent: {"event_id":"","type":"GPU_COMPUTE","component":"","amount":0,"request_id":""}',
  'StatusReply: {"status":""}',
  "EventHistoryRequest: {}",
  'EventHistoryPage: {"events":[],"next_page_token":""}',
  "PollCommandsRequest: {}",
  'CommandList: {"commands":[]}',
  'TrainingJobCreated: {"job_id":"","model_id":""}',
  'ModelMetricsRequest: {"model_id":""}',
  'ModelMetrics: {"model_id":"","job_id":"","episodes":0,"values":{}}',
  "CachedStrategiesRequest: {}",
  'CachedStrategy: {"key":"","hits":0}',
  'CachedStrategies: {"strategies":[]}',
  'RateLimits: {"strategy":"","capacity":0,"refill_per_hour":0,"burst_capacity":0}',
  'SqlQuery: {"query":""}',
  'SqlColumn: {"name":"","type":""}',
  'SqlResult: {"columns":[],"rows":[],"truncated":false}',
  'GraphqlRequest: {"query":""}',
  'GraphqlLocation: {"line":0,"column":0}',
  'GraphqlError: {"message":""}',
  "GraphqlResponse: {}",
  'KnowledgeChange: {"change_id":""}',
  'MetricsUpdate: {"sequence":0,"metrics":[]}',
];

it("every message but an event writes the zeros that its documents show, and nothing for what is unset", () => {
  const written = [...contracts].flatMap(({ typeName, schema, definition }) => {
    const name = typeName.replace(/^jimbot\.\w+\.v1\./, "");
    if (name === "Event") return [];
    return [`${name}: ${JSON.stringify(definition.write(create(schema), new Context()))}`];
  });
  expect(written.sort()).toEqual(zeros.toSorted());
});

it("an event has the keys that its rules say, unset ones included", () => {
  const payload = pack(GameStateEvent, GameStateEvent.create());
  const event = Event.create({ eventId: "e1", source: "BalatroMCP", payload });
  const written: Record<string, unknown> = { ...Event.toJson(event) };
  for (const { localName, name } of Event.schema.fields) {
    const presence = Event.definition.fieldRules()[localName]?.presence;
    expect(Object.hasOwn(written, name), name).toBe(presence?.written);
    expect(written[name] === null, name).toBe(presence?.nullable);
  }
});
