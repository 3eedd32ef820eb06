import {
  DecisionContextCodec,
  LearningDecisionRequestCodec,
  LearningDecisionResponseCodec,
  TrainingJobSpecCodec,
} from "../../gen/jimbot/events/v1/learning_codec.js";
import {
  type DecisionContext as DecisionContextMessage,
  DecisionContextSchema,
  type LearningDecisionRequest as LearningDecisionRequestMessage,
  LearningDecisionRequestSchema,
  type LearningDecisionResponse as LearningDecisionResponseMessage,
  LearningDecisionResponseSchema,
  type TrainingJobSpec as TrainingJobSpecMessage,
  TrainingJobSpecSchema,
} from "../../gen/jimbot/events/v1/learning_pb.js";
import { Priority, PrioritySchema } from "../../gen/jimbot/resources/v1/resources_pb.js";
import { isPlainObject } from "../contract/base/plain-data.js";
import { noSuchKey } from "../contract/base/texts.js";
import { type Contract, createContract } from "../contract/contract.js";
import { type FieldRule, fieldRule, plainPresence } from "../contract/model/field-rule.js";
import type { Wire } from "../contract/rules/define.js";
import type { FieldRules } from "../contract/rules/field-rules.js";
import { filled } from "../contract/rules/formats.js";
import { define, dialect } from "./dialect.js";
import { GameStateEvent } from "./events/game.js";
import { confidence, count, reportEmptyKey } from "./fields.js";

/** The limit of one training job, 6 GB, in megabytes. */
const maxJobMegabytes = 6144;

const decisionContext = /* @__PURE__ */ define(DecisionContextSchema, (t) => ({
  recentActions: t.list(t.string(filled)),
  currentScore: t.float(count),
  targetScore: t.float(count),
  strategyHint: t.string(),
}));

/** What has happened in the game that helps to decide. Document: the JimBot specification, "Learning Events". */
export type DecisionContext = DecisionContextMessage;
export type DecisionContextJson = Wire<typeof decisionContext>;
export const DecisionContext: Contract<DecisionContext, DecisionContextJson> =
  /* @__PURE__ */ createContract(DecisionContextSchema, decisionContext, DecisionContextCodec);

/** The name of an action, or an object with the name as its `action_type`. */
function action(t: FieldRules<typeof dialect>): FieldRule<string, string, false, true> {
  const { parts } = t.string(filled);
  return fieldRule(
    {
      ...parts,
      read(json, context) {
        if (!isPlainObject(json)) return parts.read(json, context);
        for (const key of Object.keys(json)) {
          if (key === "action_type") continue;
          if (!context.refusesUnknownKeys(dialect)) context.unknownKeys.push(context.path(key));
          else context.unknownKey("unknown_key", noSuchKey, key, ["action_type"]);
        }
        context.enter("action_type");
        const name = parts.read(json["action_type"], context);
        context.leave();
        return name;
      },
    },
    plainPresence,
  );
}

const learningDecisionRequest = /* @__PURE__ */ define(
  LearningDecisionRequestSchema,
  (t) => ({
    requestId: t.string(filled).required(),
    gameState: t.message(GameStateEvent).required(),
    availableActions: t.list(action(t)).required(),
    timeLimitMs: t.float(count),
    context: t.message(DecisionContext),
  }),
  {
    strict({ availableActions }, context) {
      if (availableActions.length > 0) return;
      context.mismatch("length", "at least 1 item", availableActions, "available_actions");
    },
  },
);

/** A request to choose an action. Document: the JimBot specification, "Learning Events". */
export type LearningDecisionRequest = LearningDecisionRequestMessage;
export type LearningDecisionRequestJson = Wire<typeof learningDecisionRequest>;
export const LearningDecisionRequest: Contract<
  LearningDecisionRequest,
  LearningDecisionRequestJson
> = /* @__PURE__ */ createContract(
  LearningDecisionRequestSchema,
  learningDecisionRequest,
  LearningDecisionRequestCodec,
);

const learningDecisionResponse = /* @__PURE__ */ define(LearningDecisionResponseSchema, (t) => ({
  requestId: t.string(filled).required(),
  selectedAction: t.string(filled).required(),
  confidence: t.float(confidence),
  actionValues: t.map(t.float()),
  usedLlm: t.bool(),
  strategyName: t.string(),
}));

/** The action that the learning component has chosen. Document: the JimBot specification, "Learning Events". */
export type LearningDecisionResponse = LearningDecisionResponseMessage;
export type LearningDecisionResponseJson = Wire<typeof learningDecisionResponse>;
export const LearningDecisionResponse: Contract<
  LearningDecisionResponse,
  LearningDecisionResponseJson
> = /* @__PURE__ */ createContract(
  LearningDecisionResponseSchema,
  learningDecisionResponse,
  LearningDecisionResponseCodec,
);

const trainingJobSpec = /* @__PURE__ */ define(
  TrainingJobSpecSchema,
  (t) => ({
    jobId: t.string(),
    modelId: t.string(filled).required(),
    algorithm: t.string(filled).required(),
    hyperparameters: t.map(t.string()),
    maxEpisodes: t.int32(count),
    maxMemoryMb: t.int32({ min: 0, max: maxJobMegabytes }),
    gpu: t.bool(),
    gpuTimeSliceMs: t.int32(count),
    checkpointPath: t.string(),
    priority: t
      .enum(PrioritySchema, "PRIORITY_", { zero: "unset", aliases: { MEDIUM: Priority.NORMAL } })
      .omitted(),
  }),
  {
    refine({ hyperparameters }, report) {
      reportEmptyKey(hyperparameters, "hyperparameters", report);
    },
  },
);

/** A request to train a model. Document: the JimBot specification, "Learning Orchestration Interface". */
export type TrainingJobSpec = TrainingJobSpecMessage;
export type TrainingJobSpecJson = Wire<typeof trainingJobSpec>;
export const TrainingJobSpec: Contract<TrainingJobSpec, TrainingJobSpecJson> =
  /* @__PURE__ */ createContract(TrainingJobSpecSchema, trainingJobSpec, TrainingJobSpecCodec);
