import {
  ScoringEvent_ChipsUpdateCodec,
  ScoringEvent_HandEvalCompleteCodec,
  ScoringEvent_HandEvalStartCodec,
  ScoringEvent_JokerTrigger_TriggeredJokerCodec,
  ScoringEvent_JokerTriggerCodec,
  ScoringEvent_MultUpdateCodec,
  ScoringEvent_ScoreUpdateCodec,
  ScoringEventCodec,
} from "../../../gen/jimbot/events/v1/balatro_codec.js";
import {
  type ScoringEvent_ChipsUpdate as ChipsUpdateMessage,
  type ScoringEvent_HandEvalComplete as HandEvalCompleteMessage,
  type ScoringEvent_HandEvalStart as HandEvalStartMessage,
  type ScoringEvent_JokerTrigger as JokerTriggerMessage,
  type ScoringEvent_MultUpdate as MultUpdateMessage,
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
} from "../../../gen/jimbot/events/v1/balatro_pb.js";
import { type Contract, createContract } from "../../contract/contract.js";
import type { Wire } from "../../contract/rules/define.js";
import { filled } from "../../contract/rules/formats.js";
import { define } from "../dialect.js";
import { count, count64 } from "../fields.js";
import {
  chipsChange,
  handChange,
  isChange,
  multChange,
  reportChange,
  scoreChange,
} from "./changes.js";

const handEvalStart = /* @__PURE__ */ define(ScoringEvent_HandEvalStartSchema, (t) => ({
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
> = /* @__PURE__ */ createContract(
  ScoringEvent_HandEvalStartSchema,
  handEvalStart,
  ScoringEvent_HandEvalStartCodec,
);

const scoreUpdate = /* @__PURE__ */ define(
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
    refine({ previousScore, newScore, delta }, report) {
      if (!isChange(delta, previousScore, newScore)) {
        reportChange(report, scoreChange);
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
> = /* @__PURE__ */ createContract(
  ScoringEvent_ScoreUpdateSchema,
  scoreUpdate,
  ScoringEvent_ScoreUpdateCodec,
);

const triggeredJoker = /* @__PURE__ */ define(
  ScoringEvent_JokerTrigger_TriggeredJokerSchema,
  (t) => ({
    name: t.string(filled).required(),
    id: t.string(),
    position: t.optional(t.int32(count)),
  }),
);

/** The name and the place of a joker that took effect. Document: the BalatroMCP mod. */
export type ScoringEvent_JokerTrigger_TriggeredJoker = TriggeredJokerMessage;
export type ScoringEvent_JokerTrigger_TriggeredJokerJson = Wire<typeof triggeredJoker>;
export const ScoringEvent_JokerTrigger_TriggeredJoker: Contract<
  ScoringEvent_JokerTrigger_TriggeredJoker,
  ScoringEvent_JokerTrigger_TriggeredJokerJson
> = /* @__PURE__ */ createContract(
  ScoringEvent_JokerTrigger_TriggeredJokerSchema,
  triggeredJoker,
  ScoringEvent_JokerTrigger_TriggeredJokerCodec,
);

const jokerTrigger = /* @__PURE__ */ define(ScoringEvent_JokerTriggerSchema, (t) => ({
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
> = /* @__PURE__ */ createContract(
  ScoringEvent_JokerTriggerSchema,
  jokerTrigger,
  ScoringEvent_JokerTriggerCodec,
);

const multUpdate = /* @__PURE__ */ define(
  ScoringEvent_MultUpdateSchema,
  (t) => ({
    multBefore: t.double(),
    multAfter: t.double(),
    delta: t.double(),
    source: t.string(),
    timestamp: t.int64(count64),
  }),
  {
    refine({ multBefore, multAfter, delta }, report) {
      if (!isChange(delta, multBefore, multAfter)) {
        reportChange(report, multChange);
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
> = /* @__PURE__ */ createContract(
  ScoringEvent_MultUpdateSchema,
  multUpdate,
  ScoringEvent_MultUpdateCodec,
);

const chipsUpdate = /* @__PURE__ */ define(
  ScoringEvent_ChipsUpdateSchema,
  (t) => ({
    chipsBefore: t.double(),
    chipsAfter: t.double(),
    delta: t.double(),
    source: t.string(),
    timestamp: t.int64(count64),
  }),
  {
    refine({ chipsBefore, chipsAfter, delta }, report) {
      if (!isChange(delta, chipsBefore, chipsAfter)) {
        reportChange(report, chipsChange);
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
> = /* @__PURE__ */ createContract(
  ScoringEvent_ChipsUpdateSchema,
  chipsUpdate,
  ScoringEvent_ChipsUpdateCodec,
);

const handEvalComplete = /* @__PURE__ */ define(
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
    refine({ startingScore, finalScore, totalDelta }, report) {
      if (!isChange(totalDelta, startingScore, finalScore)) {
        reportChange(report, handChange);
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
> = /* @__PURE__ */ createContract(
  ScoringEvent_HandEvalCompleteSchema,
  handEvalComplete,
  ScoringEvent_HandEvalCompleteCodec,
);

const scoringEvent = /* @__PURE__ */ define(
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
    refine({ step }, report) {
      if (step.case === undefined) report([], "required", "one step is required");
    },
  },
);

/** One step of the evaluation of a played hand. Document: the BalatroMCP mod. */
export type ScoringEvent = ScoringEventMessage;
/** The step under its own key; in the JSON of an event, `subtype` names it and `payload` is the step. */
export type ScoringEventJson = Wire<typeof scoringEvent>;
export const ScoringEvent: Contract<ScoringEvent, ScoringEventJson> =
  /* @__PURE__ */ createContract(ScoringEventSchema, scoringEvent, ScoringEventCodec);
