import {
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
import {
  type CardsDiscardedEvent as CardsDiscardedEventMessage,
  CardsDiscardedEventSchema,
  type ScoringEvent_ChipsUpdate as ChipsUpdateMessage,
  type ConnectionTestEvent as ConnectionTestEventMessage,
  ConnectionTestEventSchema,
  type DiagnosticEvent as DiagnosticEventMessage,
  DiagnosticEventSchema,
  type ScoringEvent_HandEvalComplete as HandEvalCompleteMessage,
  type ScoringEvent_HandEvalStart as HandEvalStartMessage,
  type HandPlayedEvent as HandPlayedEventMessage,
  HandPlayedEventSchema,
  type JokersChangedEvent as JokersChangedEventMessage,
  JokersChangedEventSchema,
  type JokerTriggerEvent as JokerTriggerEventMessage,
  JokerTriggerEventSchema,
  type ScoringEvent_JokerTrigger as JokerTriggerMessage,
  type MoneyChangedEvent as MoneyChangedEventMessage,
  MoneyChangedEventSchema,
  type ScoringEvent_MultUpdate as MultUpdateMessage,
  type PhaseChangedEvent as PhaseChangedEventMessage,
  PhaseChangedEventSchema,
  type RoundChangedEvent as RoundChangedEventMessage,
  RoundChangedEventSchema,
  type RoundCompleteEvent as RoundCompleteEventMessage,
  RoundCompleteEventSchema,
  type ScoreChangedEvent as ScoreChangedEventMessage,
  ScoreChangedEventSchema,
  type ScoringEvent_ScoreUpdate as ScoreUpdateMessage,
  ScoringEvent_ChipsUpdateSchema,
  ScoringEvent_HandEvalCompleteSchema,
  ScoringEvent_HandEvalStartSchema,
  ScoringEvent_JokerTrigger_TriggeredJokerSchema,
  ScoringEvent_JokerTriggerSchema,
  ScoringEvent_MultUpdateSchema,
  ScoringEvent_ScoreUpdateSchema,
  type ScoringEvent as ScoringEventMessage,
  ScoringEventSchema,
  type ScoringEvent_JokerTrigger_TriggeredJoker as TriggeredJokerMessage,
} from "../../gen/jimbot/events/v1/balatro_pb.js";
import { type Contract, createContract } from "../contract/contract.js";
import { filled } from "../contract/formats.js";
import type { Wire } from "../contract/rules.js";
import { define } from "./dialect.js";
import { count, count64, isChange, phaseOrNone } from "./fields.js";
import { GameStateEvent_Joker } from "./game.js";

const moneyChangedEvent = define(
  MoneyChangedEventSchema,
  (t) => ({ oldValue: t.int32(), newValue: t.int32(), difference: t.int32() }),
  {
    across({ oldValue, newValue, difference }, report) {
      if (difference !== newValue - oldValue) {
        report(["difference"], "rule", "must be new_value minus old_value");
      }
    },
  },
);

/** The player's money has changed. Document: the BalatroMCP mod. */
export type MoneyChangedEvent = MoneyChangedEventMessage;
export type MoneyChangedEventJson = Wire<typeof moneyChangedEvent>;
export const MoneyChangedEvent: Contract<MoneyChangedEvent, MoneyChangedEventJson> = createContract(
  MoneyChangedEventSchema,
  moneyChangedEvent,
  MoneyChangedEventCodec,
);

const scoreChangedEvent = define(ScoreChangedEventSchema, (t) => ({
  oldChips: t.int64(count64),
  newChips: t.int64(count64),
  oldMult: t.int32(count),
  newMult: t.int32(count),
}));

/** The round's chips or the mult have changed. Document: the BalatroMCP mod. */
export type ScoreChangedEvent = ScoreChangedEventMessage;
export type ScoreChangedEventJson = Wire<typeof scoreChangedEvent>;
export const ScoreChangedEvent: Contract<ScoreChangedEvent, ScoreChangedEventJson> = createContract(
  ScoreChangedEventSchema,
  scoreChangedEvent,
  ScoreChangedEventCodec,
);

const handPlayedEvent = define(HandPlayedEventSchema, (t) => ({
  handsRemaining: t.int32(count),
  handNumber: t.int32(count),
}));

/** The number of hands left has changed. Document: the BalatroMCP mod. */
export type HandPlayedEvent = HandPlayedEventMessage;
export type HandPlayedEventJson = Wire<typeof handPlayedEvent>;
export const HandPlayedEvent: Contract<HandPlayedEvent, HandPlayedEventJson> = createContract(
  HandPlayedEventSchema,
  handPlayedEvent,
  HandPlayedEventCodec,
);

const cardsDiscardedEvent = define(CardsDiscardedEventSchema, (t) => ({
  discardsRemaining: t.int32(count),
}));

/** The number of discards left has changed. Document: the BalatroMCP mod. */
export type CardsDiscardedEvent = CardsDiscardedEventMessage;
export type CardsDiscardedEventJson = Wire<typeof cardsDiscardedEvent>;
export const CardsDiscardedEvent: Contract<CardsDiscardedEvent, CardsDiscardedEventJson> =
  createContract(CardsDiscardedEventSchema, cardsDiscardedEvent, CardsDiscardedEventCodec);

const jokersChangedEvent = define(
  JokersChangedEventSchema,
  (t) => ({
    oldCount: t.int32(count),
    newCount: t.int32(count),
    jokers: t.list(t.message(GameStateEvent_Joker)),
  }),
  {
    across({ newCount, jokers }, report) {
      if (newCount !== jokers.length) {
        report(["new_count"], "rule", "must be the number of jokers");
      }
    },
  },
);

/** The player holds more or fewer jokers than before. Document: the BalatroMCP mod. */
export type JokersChangedEvent = JokersChangedEventMessage;
export type JokersChangedEventJson = Wire<typeof jokersChangedEvent>;
export const JokersChangedEvent: Contract<JokersChangedEvent, JokersChangedEventJson> =
  createContract(JokersChangedEventSchema, jokersChangedEvent, JokersChangedEventCodec);

const roundChangedEvent = define(RoundChangedEventSchema, (t) => ({
  ante: t.int32(),
  round: t.int32(count),
}));

/** Another ante or round has begun. Document: the BalatroMCP mod. */
export type RoundChangedEvent = RoundChangedEventMessage;
export type RoundChangedEventJson = Wire<typeof roundChangedEvent>;
export const RoundChangedEvent: Contract<RoundChangedEvent, RoundChangedEventJson> = createContract(
  RoundChangedEventSchema,
  roundChangedEvent,
  RoundChangedEventCodec,
);

const phaseChangedEvent = define(PhaseChangedEventSchema, (t) => ({
  oldPhase: t.string(phaseOrNone),
  newPhase: t.string(phaseOrNone),
}));

/** The game has moved to another phase. Document: the BalatroMCP mod. */
export type PhaseChangedEvent = PhaseChangedEventMessage;
export type PhaseChangedEventJson = Wire<typeof phaseChangedEvent>;
export const PhaseChangedEvent: Contract<PhaseChangedEvent, PhaseChangedEventJson> = createContract(
  PhaseChangedEventSchema,
  phaseChangedEvent,
  PhaseChangedEventCodec,
);

const roundCompleteEvent = define(RoundCompleteEventSchema, (t) => ({
  ante: t.int32(),
  round: t.int32(count),
  score: t.int64(count64),
  money: t.int32(),
}));

/** A round is over. Document: the BalatroMCP mod. */
export type RoundCompleteEvent = RoundCompleteEventMessage;
export type RoundCompleteEventJson = Wire<typeof roundCompleteEvent>;
export const RoundCompleteEvent: Contract<RoundCompleteEvent, RoundCompleteEventJson> =
  createContract(RoundCompleteEventSchema, roundCompleteEvent, RoundCompleteEventCodec);

const jokerTriggerEvent = define(JokerTriggerEventSchema, (t) => ({
  jokerName: t.string(filled).required(),
  contextType: t.string(),
  timestamp: t.int64(count64),
}));

/** A joker took effect. Document: the BalatroMCP mod. */
export type JokerTriggerEvent = JokerTriggerEventMessage;
export type JokerTriggerEventJson = Wire<typeof jokerTriggerEvent>;
export const JokerTriggerEvent: Contract<JokerTriggerEvent, JokerTriggerEventJson> = createContract(
  JokerTriggerEventSchema,
  jokerTriggerEvent,
  JokerTriggerEventCodec,
);

const diagnosticEvent = define(
  DiagnosticEventSchema,
  (t) => ({
    availableFunctions: t.list(t.string()),
    gExists: t.bool(),
    gFuncsExists: t.bool(),
    gGameExists: t.bool(),
    gState: t.string(),
  }),
  {
    across({ gExists, gFuncsExists, gGameExists }, report) {
      if (gExists) return;
      if (gFuncsExists) report(["g_funcs_exists"], "rule", "must be false when g_exists is false");
      if (gGameExists) report(["g_game_exists"], "rule", "must be false when g_exists is false");
    },
  },
);

/** What the mod finds of the game's own functions. Document: the BalatroMCP mod. */
export type DiagnosticEvent = DiagnosticEventMessage;
export type DiagnosticEventJson = Wire<typeof diagnosticEvent>;
export const DiagnosticEvent: Contract<DiagnosticEvent, DiagnosticEventJson> = createContract(
  DiagnosticEventSchema,
  diagnosticEvent,
  DiagnosticEventCodec,
);

const connectionTestEvent = define(ConnectionTestEventSchema, (t) => ({ message: t.string() }));

/** The probe that the bus can be reached. Document: the BalatroMCP mod. */
export type ConnectionTestEvent = ConnectionTestEventMessage;
export type ConnectionTestEventJson = Wire<typeof connectionTestEvent>;
export const ConnectionTestEvent: Contract<ConnectionTestEvent, ConnectionTestEventJson> =
  createContract(ConnectionTestEventSchema, connectionTestEvent, ConnectionTestEventCodec);

const handEvalStart = define(ScoringEvent_HandEvalStartSchema, (t) => ({
  startingScore: t.double(count),
  ante: t.int32(),
  round: t.int32(count),
  handNumber: t.int32(count),
}));

/** The step that opens the evaluation of a hand. Document: the BalatroMCP mod. */
export type ScoringEvent_HandEvalStart = HandEvalStartMessage;
export type ScoringEvent_HandEvalStartJson = Wire<typeof handEvalStart>;
export const ScoringEvent_HandEvalStart: Contract<
  ScoringEvent_HandEvalStart,
  ScoringEvent_HandEvalStartJson
> = createContract(
  ScoringEvent_HandEvalStartSchema,
  handEvalStart,
  ScoringEvent_HandEvalStartCodec,
);

const scoreUpdate = define(
  ScoringEvent_ScoreUpdateSchema,
  (t) => ({
    previousScore: t.double(count),
    newScore: t.double(count),
    delta: t.double(),
    totalHandDelta: t.double(),
    context: t.string(),
    timestamp: t.int64(count64),
  }),
  {
    across({ previousScore, newScore, delta }, report) {
      if (!isChange(delta, previousScore, newScore)) {
        report(["delta"], "rule", "must be new_score minus previous_score");
      }
    },
  },
);

/** The step at which the score of the round has grown. Document: the BalatroMCP mod. */
export type ScoringEvent_ScoreUpdate = ScoreUpdateMessage;
export type ScoringEvent_ScoreUpdateJson = Wire<typeof scoreUpdate>;
export const ScoringEvent_ScoreUpdate: Contract<
  ScoringEvent_ScoreUpdate,
  ScoringEvent_ScoreUpdateJson
> = createContract(ScoringEvent_ScoreUpdateSchema, scoreUpdate, ScoringEvent_ScoreUpdateCodec);

const triggeredJoker = define(ScoringEvent_JokerTrigger_TriggeredJokerSchema, (t) => ({
  name: t.string(filled).required(),
  id: t.string(),
  position: t.optional(t.int32(count)),
}));

/** The name and the place of a joker that took effect. Document: the BalatroMCP mod. */
export type ScoringEvent_JokerTrigger_TriggeredJoker = TriggeredJokerMessage;
export type ScoringEvent_JokerTrigger_TriggeredJokerJson = Wire<typeof triggeredJoker>;
export const ScoringEvent_JokerTrigger_TriggeredJoker: Contract<
  ScoringEvent_JokerTrigger_TriggeredJoker,
  ScoringEvent_JokerTrigger_TriggeredJokerJson
> = createContract(
  ScoringEvent_JokerTrigger_TriggeredJokerSchema,
  triggeredJoker,
  ScoringEvent_JokerTrigger_TriggeredJokerCodec,
);

const jokerTrigger = define(ScoringEvent_JokerTriggerSchema, (t) => ({
  joker: t.message(ScoringEvent_JokerTrigger_TriggeredJoker).required(),
  scoreContribution: t.double(),
  currentTotal: t.double(count),
  timestamp: t.int64(count64),
}));

/** The step at which a joker took effect on the hand. Document: the BalatroMCP mod. */
export type ScoringEvent_JokerTrigger = JokerTriggerMessage;
export type ScoringEvent_JokerTriggerJson = Wire<typeof jokerTrigger>;
export const ScoringEvent_JokerTrigger: Contract<
  ScoringEvent_JokerTrigger,
  ScoringEvent_JokerTriggerJson
> = createContract(ScoringEvent_JokerTriggerSchema, jokerTrigger, ScoringEvent_JokerTriggerCodec);

const multUpdate = define(
  ScoringEvent_MultUpdateSchema,
  (t) => ({
    multBefore: t.double(),
    multAfter: t.double(),
    delta: t.double(),
    source: t.string(),
    timestamp: t.int64(count64),
  }),
  {
    across({ multBefore, multAfter, delta }, report) {
      if (!isChange(delta, multBefore, multAfter)) {
        report(["delta"], "rule", "must be mult_after minus mult_before");
      }
    },
  },
);

/** The step at which the mult of the hand has changed. Document: the BalatroMCP mod. */
export type ScoringEvent_MultUpdate = MultUpdateMessage;
export type ScoringEvent_MultUpdateJson = Wire<typeof multUpdate>;
export const ScoringEvent_MultUpdate: Contract<
  ScoringEvent_MultUpdate,
  ScoringEvent_MultUpdateJson
> = createContract(ScoringEvent_MultUpdateSchema, multUpdate, ScoringEvent_MultUpdateCodec);

const chipsUpdate = define(
  ScoringEvent_ChipsUpdateSchema,
  (t) => ({
    chipsBefore: t.double(),
    chipsAfter: t.double(),
    delta: t.double(),
    source: t.string(),
    timestamp: t.int64(count64),
  }),
  {
    across({ chipsBefore, chipsAfter, delta }, report) {
      if (!isChange(delta, chipsBefore, chipsAfter)) {
        report(["delta"], "rule", "must be chips_after minus chips_before");
      }
    },
  },
);

/** The step at which the chips of the hand have changed. Document: the BalatroMCP mod. */
export type ScoringEvent_ChipsUpdate = ChipsUpdateMessage;
export type ScoringEvent_ChipsUpdateJson = Wire<typeof chipsUpdate>;
export const ScoringEvent_ChipsUpdate: Contract<
  ScoringEvent_ChipsUpdate,
  ScoringEvent_ChipsUpdateJson
> = createContract(ScoringEvent_ChipsUpdateSchema, chipsUpdate, ScoringEvent_ChipsUpdateCodec);

const handEvalComplete = define(
  ScoringEvent_HandEvalCompleteSchema,
  (t) => ({
    startingScore: t.double(count),
    finalScore: t.double(count),
    totalDelta: t.double(),
    jokerTriggers: t.int32(count),
    ante: t.int32(),
    round: t.int32(count),
    handNumber: t.int32(count),
  }),
  {
    across({ startingScore, finalScore, totalDelta }, report) {
      if (!isChange(totalDelta, startingScore, finalScore)) {
        report(["total_delta"], "rule", "must be final_score minus starting_score");
      }
    },
  },
);

/** The step that closes the evaluation of a hand. Document: the BalatroMCP mod. */
export type ScoringEvent_HandEvalComplete = HandEvalCompleteMessage;
export type ScoringEvent_HandEvalCompleteJson = Wire<typeof handEvalComplete>;
export const ScoringEvent_HandEvalComplete: Contract<
  ScoringEvent_HandEvalComplete,
  ScoringEvent_HandEvalCompleteJson
> = createContract(
  ScoringEvent_HandEvalCompleteSchema,
  handEvalComplete,
  ScoringEvent_HandEvalCompleteCodec,
);

const scoringEvent = define(
  ScoringEventSchema,
  (t) => ({
    step: t.oneof({
      handEvalStart: t.message(ScoringEvent_HandEvalStart),
      scoreUpdate: t.message(ScoringEvent_ScoreUpdate),
      jokerTrigger: t.message(ScoringEvent_JokerTrigger),
      multUpdate: t.message(ScoringEvent_MultUpdate),
      chipsUpdate: t.message(ScoringEvent_ChipsUpdate),
      handEvalComplete: t.message(ScoringEvent_HandEvalComplete),
    }),
  }),
  {
    across({ step }, report) {
      if (step.case === undefined) report([], "required", "one step is required");
    },
  },
);

/** One step of the evaluation of a played hand. Document: the BalatroMCP mod. */
export type ScoringEvent = ScoringEventMessage;
/** The step under its own key; in the JSON of an event, `subtype` names it and `payload` is the step. */
export type ScoringEventJson = Wire<typeof scoringEvent>;
export const ScoringEvent: Contract<ScoringEvent, ScoringEventJson> = createContract(
  ScoringEventSchema,
  scoringEvent,
  ScoringEventCodec,
);
