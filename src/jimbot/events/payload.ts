import type { Message } from "@bufbuild/protobuf";
import type { Any } from "@bufbuild/protobuf/wkt";
import { EventType } from "../../../gen/jimbot/events/v1/event_pb.js";
import type { Context } from "../../contract/base/context.js";
import type { Contract } from "../../contract/contract.js";
import {
  type JsonSchema,
  type SchemaContext,
  tagged,
  withKeys,
  withOptional,
} from "../../contract/model/json-schema-keywords.js";
import type { JsonWriter } from "../../contract/model/value-writer.js";
import { createRegistry, type Registry } from "../../contract/registry.js";
import { reportUnknownFields } from "../../contract/rules/unknown-fields.js";
import { KnowledgeQuery, KnowledgeUpdate } from "../knowledge.js";
import { LearningDecisionRequest, LearningDecisionResponse } from "../learning.js";
import { StrategyRequest, StrategyResponse } from "../strategy.js";
import { pack, readPacked, unpack } from "./any.js";
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
import { ErrorEvent } from "./error.js";
import { GameStateEvent } from "./game.js";
import { HeartbeatEvent, MetricEvent } from "./metric.js";
import {
  ScoringEvent,
  ScoringEvent_ChipsUpdate,
  ScoringEvent_HandEvalComplete,
  ScoringEvent_HandEvalStart,
  ScoringEvent_JokerTrigger,
  ScoringEvent_MultUpdate,
  ScoringEvent_ScoreUpdate,
} from "./scoring.js";

/** The keys of an event's JSON that do not depend on its type. */
export type EventHead = {
  source: string;
  event_id: string;
  correlation_id?: string;
  /** Milliseconds since 1970; null when the event has none. */
  timestamp: number | null;
  version: number;
  metadata?: { [key: string]: string };
};

/** The keys of an event's JSON that say what its payload is. */
type Tag = { readonly type: keyof typeof EventType; readonly subtype?: string };

/**
 * One way in which the JSON of an event holds its payload: `payload` is the JSON of `contract`, and
 * the message that is packed is made of it by `wrap`.
 */
function route<const T extends Tag, P extends Message, M extends Message, J>(
  tag: T,
  packed: Contract<P>,
  contract: Contract<M, J>,
  wrap: (message: M) => P,
  unwrap: (packed: P) => M | undefined,
) {
  // Without its own type it would be that of every tag.
  const type: T["type"] = tag.type;
  return {
    type,
    subtype: tag.subtype,
    packed,
    contract,
    /** The keys of the payload's JSON. */
    keys: new Set(contract.schema.fields.map(({ name }) => name)) as ReadonlySet<string>,
    /** The packed payload, when it can be read. */
    read: (json: unknown, context: Context): Any | undefined =>
      readPacked(json, contract, packed, wrap, context),
    /** The message packed as a payload, when it is of this route. */
    pack: (message: unknown): Any | undefined =>
      contract.is(message) ? pack(packed, wrap(message)) : undefined,
    /** What a payload holds, with the names of its route, when it is of this route. Enforces its rules. */
    unpack(payload: Any) {
      const message = unwrap(packed.decode(payload.value));
      return message === undefined ? undefined : { ...tag, payload: message };
    },
    /** The ways to write an event's payload, when it is of this route. */
    open(payload: Any, context: Context) {
      const whole = unpack(packed, payload);
      const message = unwrap(whole);
      if (message === undefined) return undefined;
      if (!Object.is(whole, message)) reportUnknownFields(whole, context);
      return {
        /** The event's JSON. */
        write: (head: EventHead) => ({
          ...tag,
          ...head,
          payload: contract.definition.write(message, context),
        }),
        /** The text of the payload alone. */
        text: (out: JsonWriter): void => contract.definition.text(message, out),
      };
    },
  };
}

function plain<const T extends keyof typeof EventType, M extends Message, J>(
  type: T,
  contract: Contract<M, J>,
) {
  return route({ type }, contract, contract, itself, itself);
}

function learning<const S extends string, M extends Message, J>(
  subtype: S,
  contract: Contract<M, J>,
) {
  return route({ type: "LEARNING_DECISION", subtype }, contract, contract, itself, itself);
}

function scoring<const S extends string, M extends Message, J>(
  subtype: S,
  contract: Contract<M, J>,
  wrap: (value: M) => ScoringEvent["step"],
  unwrap: (step: ScoringEvent["step"]) => M | undefined,
) {
  return route(
    { type: "SCORING", subtype },
    ScoringEvent,
    contract,
    (value) => ScoringEvent.create({ step: wrap(value) }),
    ({ step }) => unwrap(step),
  );
}

function itself<T>(value: T): T {
  return value;
}

type Named<Name> = { readonly type: Name };

/** The shape of {@link payloadRoutes}: every event type has at least one route, which is of that type. */
export type RouteTable = {
  readonly [Name in keyof typeof EventType]: readonly [Named<Name>, ...Named<Name>[]];
};

/** The routes of every event type, several where a subtype decides. */
export const payloadRoutes = {
  GAME_STATE: [plain("GAME_STATE", GameStateEvent)],
  LEARNING_DECISION: [
    learning("REQUEST", LearningDecisionRequest),
    learning("RESPONSE", LearningDecisionResponse),
  ],
  STRATEGY_REQUEST: [plain("STRATEGY_REQUEST", StrategyRequest)],
  STRATEGY_RESPONSE: [plain("STRATEGY_RESPONSE", StrategyResponse)],
  KNOWLEDGE_QUERY: [plain("KNOWLEDGE_QUERY", KnowledgeQuery)],
  KNOWLEDGE_UPDATE: [plain("KNOWLEDGE_UPDATE", KnowledgeUpdate)],
  METRIC: [plain("METRIC", MetricEvent)],
  ERROR: [plain("ERROR", ErrorEvent)],
  HEARTBEAT: [plain("HEARTBEAT", HeartbeatEvent)],
  MONEY_CHANGED: [plain("MONEY_CHANGED", MoneyChangedEvent)],
  SCORE_CHANGED: [plain("SCORE_CHANGED", ScoreChangedEvent)],
  HAND_PLAYED: [plain("HAND_PLAYED", HandPlayedEvent)],
  CARDS_DISCARDED: [plain("CARDS_DISCARDED", CardsDiscardedEvent)],
  JOKERS_CHANGED: [plain("JOKERS_CHANGED", JokersChangedEvent)],
  ROUND_CHANGED: [plain("ROUND_CHANGED", RoundChangedEvent)],
  PHASE_CHANGED: [plain("PHASE_CHANGED", PhaseChangedEvent)],
  ROUND_COMPLETE: [plain("ROUND_COMPLETE", RoundCompleteEvent)],
  JOKER_TRIGGER: [plain("JOKER_TRIGGER", JokerTriggerEvent)],
  SCORING: [
    scoring(
      "HAND_EVAL_START",
      ScoringEvent_HandEvalStart,
      (value) => ({ case: "handEvalStart", value }),
      (step) => (step.case === "handEvalStart" ? step.value : undefined),
    ),
    scoring(
      "SCORE_UPDATE",
      ScoringEvent_ScoreUpdate,
      (value) => ({ case: "scoreUpdate", value }),
      (step) => (step.case === "scoreUpdate" ? step.value : undefined),
    ),
    scoring(
      "JOKER_TRIGGER",
      ScoringEvent_JokerTrigger,
      (value) => ({ case: "jokerTrigger", value }),
      (step) => (step.case === "jokerTrigger" ? step.value : undefined),
    ),
    scoring(
      "MULT_UPDATE",
      ScoringEvent_MultUpdate,
      (value) => ({ case: "multUpdate", value }),
      (step) => (step.case === "multUpdate" ? step.value : undefined),
    ),
    scoring(
      "CHIPS_UPDATE",
      ScoringEvent_ChipsUpdate,
      (value) => ({ case: "chipsUpdate", value }),
      (step) => (step.case === "chipsUpdate" ? step.value : undefined),
    ),
    scoring(
      "HAND_EVAL_COMPLETE",
      ScoringEvent_HandEvalComplete,
      (value) => ({ case: "handEvalComplete", value }),
      (step) => (step.case === "handEvalComplete" ? step.value : undefined),
    ),
  ],
  DIAGNOSTIC: [plain("DIAGNOSTIC", DiagnosticEvent)],
  CONNECTION_TEST: [plain("CONNECTION_TEST", ConnectionTestEvent)],
} as const satisfies RouteTable;

/** One way in which the JSON of an event holds its payload. */
export type PayloadRoute = (typeof payloadRoutes)[keyof typeof payloadRoutes][number];

/** The wire JSON of an event: `type`, with `subtype` where it needs one, says what `payload` is. */
export type EventWire = ReturnType<NonNullable<ReturnType<PayloadRoute["open"]>>["write"]>;

const routesByType: ReadonlyMap<EventType, readonly PayloadRoute[]> = new Map(
  Object.values(payloadRoutes).map((ofType) => [EventType[ofType[0].type], ofType]),
);

/** The routes of an event type; none for a number without a name. */
export function routesOf(type: EventType): readonly PayloadRoute[] {
  return routesByType.get(type) ?? [];
}

/** Every message that can be the payload of an event. */
export const payloadContracts: Registry = /* @__PURE__ */ createRegistry(
  new Set(Object.values(payloadRoutes).flatMap((ofType) => ofType.map(({ packed }) => packed))),
);

/**
 * The schema of an event whose `type`, with `subtype` where it needs one, says what `payload` is. An
 * error may leave out `completedKeys`.
 */
export function payloadSchema(
  own: JsonSchema,
  { refer, whole }: SchemaContext,
  completedKeys: readonly string[],
): JsonSchema {
  const cases = Array.from(routesByType, ([type, ofType]): [string, JsonSchema] => {
    const named = ofType.flatMap(({ subtype, contract }) =>
      subtype === undefined
        ? []
        : [[subtype, { properties: { payload: refer(contract.definition) } }] as const],
    );
    const name = EventType[type] ?? "";
    if (named.length > 0) {
      const subtype = { enum: named.map(([subtypeName]) => subtypeName) };
      return [name, tagged({ properties: { subtype }, required: ["subtype"] }, "subtype", named)];
    }
    const [only] = ofType;
    if (only === undefined) return [name, {}];
    if (type !== EventType.ERROR)
      return [name, { properties: { payload: refer(only.contract.definition) } }];
    return [
      name,
      { properties: { payload: withOptional(whole(only.contract.definition), completedKeys) } },
    ];
  });
  const type = { enum: cases.map(([name]) => name) };
  return tagged(withKeys(own, { type }), "type", cases);
}
