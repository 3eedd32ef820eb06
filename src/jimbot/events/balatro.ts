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
} from "../../../gen/jimbot/events/v1/balatro_codec.js";
import {
  type CardsDiscardedEvent as CardsDiscardedEventMessage,
  CardsDiscardedEventSchema,
  type ConnectionTestEvent as ConnectionTestEventMessage,
  ConnectionTestEventSchema,
  type DiagnosticEvent as DiagnosticEventMessage,
  DiagnosticEventSchema,
  type HandPlayedEvent as HandPlayedEventMessage,
  HandPlayedEventSchema,
  type JokersChangedEvent as JokersChangedEventMessage,
  JokersChangedEventSchema,
  type JokerTriggerEvent as JokerTriggerEventMessage,
  JokerTriggerEventSchema,
  type MoneyChangedEvent as MoneyChangedEventMessage,
  MoneyChangedEventSchema,
  type PhaseChangedEvent as PhaseChangedEventMessage,
  PhaseChangedEventSchema,
  type RoundChangedEvent as RoundChangedEventMessage,
  RoundChangedEventSchema,
  type RoundCompleteEvent as RoundCompleteEventMessage,
  RoundCompleteEventSchema,
  type ScoreChangedEvent as ScoreChangedEventMessage,
  ScoreChangedEventSchema,
} from "../../../gen/jimbot/events/v1/balatro_pb.js";
import { type Contract, createContract } from "../../contract/contract.js";
import type { Wire } from "../../contract/rules/define.js";
import { filled, longText } from "../../contract/rules/formats.js";
import { define } from "../dialect.js";
import { count, count64, phaseOrNone } from "../fields.js";
import { changeOf, int32Range, moneyChange, reportChange } from "./changes.js";
import { GameStateEvent_Joker } from "./game.js";

const moneyChangedEvent = /* @__PURE__ */ define(
  MoneyChangedEventSchema,
  (t) => ({ oldValue: t.int32(), newValue: t.int32(), difference: t.int32() }),
  {
    refine({ oldValue, newValue, difference }, report) {
      if (difference !== changeOf(oldValue, newValue, int32Range)) {
        reportChange(report, moneyChange);
      }
    },
  },
);

/** The player's money has changed. Document: the BalatroMCP mod. */
export type MoneyChangedEvent = MoneyChangedEventMessage;
export type MoneyChangedEventJson = Wire<typeof moneyChangedEvent>;
export const MoneyChangedEvent: Contract<MoneyChangedEvent, MoneyChangedEventJson> =
  /* @__PURE__ */ createContract(
    MoneyChangedEventSchema,
    moneyChangedEvent,
    MoneyChangedEventCodec,
  );

const scoreChangedEvent = /* @__PURE__ */ define(ScoreChangedEventSchema, (t) => ({
  oldChips: t.int64(count64),
  newChips: t.int64(count64),
  oldMult: t.int32(count),
  newMult: t.int32(count),
}));

/** The round's chips or the mult have changed. Document: the BalatroMCP mod. */
export type ScoreChangedEvent = ScoreChangedEventMessage;
export type ScoreChangedEventJson = Wire<typeof scoreChangedEvent>;
export const ScoreChangedEvent: Contract<ScoreChangedEvent, ScoreChangedEventJson> =
  /* @__PURE__ */ createContract(
    ScoreChangedEventSchema,
    scoreChangedEvent,
    ScoreChangedEventCodec,
  );

const handPlayedEvent = /* @__PURE__ */ define(HandPlayedEventSchema, (t) => ({
  handsRemaining: t.int32(count),
  handNumber: t.int32(count),
}));

/** The number of hands left has changed. Document: the BalatroMCP mod. */
export type HandPlayedEvent = HandPlayedEventMessage;
export type HandPlayedEventJson = Wire<typeof handPlayedEvent>;
export const HandPlayedEvent: Contract<HandPlayedEvent, HandPlayedEventJson> =
  /* @__PURE__ */ createContract(HandPlayedEventSchema, handPlayedEvent, HandPlayedEventCodec);

const cardsDiscardedEvent = /* @__PURE__ */ define(CardsDiscardedEventSchema, (t) => ({
  discardsRemaining: t.int32(count),
}));

/** The number of discards left has changed. Document: the BalatroMCP mod. */
export type CardsDiscardedEvent = CardsDiscardedEventMessage;
export type CardsDiscardedEventJson = Wire<typeof cardsDiscardedEvent>;
export const CardsDiscardedEvent: Contract<CardsDiscardedEvent, CardsDiscardedEventJson> =
  /* @__PURE__ */ createContract(
    CardsDiscardedEventSchema,
    cardsDiscardedEvent,
    CardsDiscardedEventCodec,
  );

const jokersChangedEvent = /* @__PURE__ */ define(
  JokersChangedEventSchema,
  (t) => ({
    oldCount: t.int32(count),
    newCount: t.int32(count),
    jokers: t.list(t.message(GameStateEvent_Joker)),
  }),
  {
    refine({ newCount, jokers }, report) {
      if (newCount !== jokers.length) {
        report(["new_count"], "rule", "must be the number of jokers");
      }
    },
  },
);

/** The number of the player's jokers has changed. Document: the BalatroMCP mod. */
export type JokersChangedEvent = JokersChangedEventMessage;
export type JokersChangedEventJson = Wire<typeof jokersChangedEvent>;
export const JokersChangedEvent: Contract<JokersChangedEvent, JokersChangedEventJson> =
  /* @__PURE__ */ createContract(
    JokersChangedEventSchema,
    jokersChangedEvent,
    JokersChangedEventCodec,
  );

const roundChangedEvent = /* @__PURE__ */ define(RoundChangedEventSchema, (t) => ({
  ante: t.int32(),
  round: t.int32(count),
}));

/** Another ante or round has begun. Document: the BalatroMCP mod. */
export type RoundChangedEvent = RoundChangedEventMessage;
export type RoundChangedEventJson = Wire<typeof roundChangedEvent>;
export const RoundChangedEvent: Contract<RoundChangedEvent, RoundChangedEventJson> =
  /* @__PURE__ */ createContract(
    RoundChangedEventSchema,
    roundChangedEvent,
    RoundChangedEventCodec,
  );

const phaseChangedEvent = /* @__PURE__ */ define(PhaseChangedEventSchema, (t) => ({
  oldPhase: t.string(phaseOrNone),
  newPhase: t.string(phaseOrNone),
}));

/** The game has moved to another phase. Document: the BalatroMCP mod. */
export type PhaseChangedEvent = PhaseChangedEventMessage;
export type PhaseChangedEventJson = Wire<typeof phaseChangedEvent>;
export const PhaseChangedEvent: Contract<PhaseChangedEvent, PhaseChangedEventJson> =
  /* @__PURE__ */ createContract(
    PhaseChangedEventSchema,
    phaseChangedEvent,
    PhaseChangedEventCodec,
  );

const roundCompleteEvent = /* @__PURE__ */ define(RoundCompleteEventSchema, (t) => ({
  ante: t.int32(),
  round: t.int32(count),
  score: t.int64(count64),
  money: t.int32(),
}));

/** A round is over. Document: the BalatroMCP mod. */
export type RoundCompleteEvent = RoundCompleteEventMessage;
export type RoundCompleteEventJson = Wire<typeof roundCompleteEvent>;
export const RoundCompleteEvent: Contract<RoundCompleteEvent, RoundCompleteEventJson> =
  /* @__PURE__ */ createContract(
    RoundCompleteEventSchema,
    roundCompleteEvent,
    RoundCompleteEventCodec,
  );

const jokerTriggerEvent = /* @__PURE__ */ define(JokerTriggerEventSchema, (t) => ({
  jokerName: t.string(filled).required(),
  contextType: t.string(),
  timestamp: t.int64(count64),
}));

/** A joker took effect. Document: the BalatroMCP mod. */
export type JokerTriggerEvent = JokerTriggerEventMessage;
export type JokerTriggerEventJson = Wire<typeof jokerTriggerEvent>;
export const JokerTriggerEvent: Contract<JokerTriggerEvent, JokerTriggerEventJson> =
  /* @__PURE__ */ createContract(
    JokerTriggerEventSchema,
    jokerTriggerEvent,
    JokerTriggerEventCodec,
  );

const diagnosticEvent = /* @__PURE__ */ define(
  DiagnosticEventSchema,
  (t) => ({
    availableFunctions: t.list(t.string()),
    gExists: t.bool(),
    gFuncsExists: t.bool(),
    gGameExists: t.bool(),
    gState: t.string(longText),
  }),
  {
    refine({ gExists, gFuncsExists, gGameExists }, report) {
      if (gExists) return;
      if (gFuncsExists) report(["g_funcs_exists"], "rule", "must be false when g_exists is false");
      if (gGameExists) report(["g_game_exists"], "rule", "must be false when g_exists is false");
    },
  },
);

/** Which of the game's functions the mod has found. Document: the BalatroMCP mod. */
export type DiagnosticEvent = DiagnosticEventMessage;
export type DiagnosticEventJson = Wire<typeof diagnosticEvent>;
export const DiagnosticEvent: Contract<DiagnosticEvent, DiagnosticEventJson> =
  /* @__PURE__ */ createContract(DiagnosticEventSchema, diagnosticEvent, DiagnosticEventCodec);

const connectionTestEvent = /* @__PURE__ */ define(ConnectionTestEventSchema, (t) => ({
  message: t.string(),
}));

/** A probe whether the bus can be reached. Document: the BalatroMCP mod. */
export type ConnectionTestEvent = ConnectionTestEventMessage;
export type ConnectionTestEventJson = Wire<typeof connectionTestEvent>;
export const ConnectionTestEvent: Contract<ConnectionTestEvent, ConnectionTestEventJson> =
  /* @__PURE__ */ createContract(
    ConnectionTestEventSchema,
    connectionTestEvent,
    ConnectionTestEventCodec,
  );
