import {
  BlindStrategyUpdateCodec,
  HandValueUpdateCodec,
  JokerSynergyUpdateCodec,
  KnowledgeQueryCodec,
  KnowledgeUpdateCodec,
  UpdateResponseCodec,
} from "../../gen/jimbot/events/v1/knowledge_codec.js";
import {
  type BlindStrategyUpdate as BlindStrategyUpdateMessage,
  BlindStrategyUpdateSchema,
  type HandValueUpdate as HandValueUpdateMessage,
  HandValueUpdateSchema,
  type JokerSynergyUpdate as JokerSynergyUpdateMessage,
  JokerSynergyUpdateSchema,
  type KnowledgeQuery as KnowledgeQueryMessage,
  KnowledgeQuerySchema,
  type KnowledgeUpdate as KnowledgeUpdateMessage,
  KnowledgeUpdateSchema,
  type UpdateResponse as UpdateResponseMessage,
  UpdateResponseSchema,
} from "../../gen/jimbot/events/v1/knowledge_pb.js";
import { type Contract, createContract } from "../contract/contract.js";
import { createRegistry, type Registry } from "../contract/registry.js";
import type { Wire } from "../contract/rules/define.js";
import { filled, oneOf } from "../contract/rules/formats.js";
import { define } from "./dialect.js";
import { anyParts } from "./events/any.js";
import { plainContracts } from "./events/plain-contracts.js";
import { certainty, count, refuseEmptyKey, refuseSilence } from "./fields.js";

const knowledgeQuery = /* @__PURE__ */ define(
  KnowledgeQuerySchema,
  (t) => ({
    queryId: t.string(filled).required(),
    queryType: t.string(oneOf(["joker_synergies", "joker_info", "recommend_jokers"])).required(),
    parameters: t.map(t.string()),
    maxResults: t.int32(count),
  }),
  {
    refine({ parameters }, report) {
      refuseEmptyKey(parameters, "parameters", report);
    },
  },
);

/** A question to the knowledge graph. Document: the JimBot specification, event type KNOWLEDGE_QUERY. */
export type KnowledgeQuery = KnowledgeQueryMessage;
export type KnowledgeQueryJson = Wire<typeof knowledgeQuery>;
export const KnowledgeQuery: Contract<KnowledgeQuery, KnowledgeQueryJson> =
  /* @__PURE__ */ createContract(KnowledgeQuerySchema, knowledgeQuery, KnowledgeQueryCodec);

const jokerSynergyUpdate = /* @__PURE__ */ define(JokerSynergyUpdateSchema, (t) => ({
  joker1Id: t.string(filled).required(),
  joker2Id: t.string(filled).required(),
  synergyScore: t.float(),
  synergyType: t.string(),
  conditions: t.list(t.string(filled)),
}));

/** How well two jokers work together. Document: the JimBot specification, "Knowledge Graph Interface". */
export type JokerSynergyUpdate = JokerSynergyUpdateMessage;
export type JokerSynergyUpdateJson = Wire<typeof jokerSynergyUpdate>;
export const JokerSynergyUpdate: Contract<JokerSynergyUpdate, JokerSynergyUpdateJson> =
  /* @__PURE__ */ createContract(
    JokerSynergyUpdateSchema,
    jokerSynergyUpdate,
    JokerSynergyUpdateCodec,
  );

const handValueUpdate = /* @__PURE__ */ define(HandValueUpdateSchema, (t) => ({
  handType: t.string(filled).required(),
  baseValue: t.float(),
  modifiers: t.map(t.float()),
}));

/** What a kind of poker hand is worth. Document: the JimBot specification, "Knowledge Graph Interface". */
export type HandValueUpdate = HandValueUpdateMessage;
export type HandValueUpdateJson = Wire<typeof handValueUpdate>;
export const HandValueUpdate: Contract<HandValueUpdate, HandValueUpdateJson> =
  /* @__PURE__ */ createContract(HandValueUpdateSchema, handValueUpdate, HandValueUpdateCodec);

const blindStrategyUpdate = /* @__PURE__ */ define(BlindStrategyUpdateSchema, (t) => ({
  blindName: t.string(filled).required(),
  effectiveStrategies: t.list(t.string(filled)),
  ineffectiveStrategies: t.list(t.string(filled)),
  handTypeEffectiveness: t.map(t.float()),
}));

/** What works against a blind. Document: the JimBot specification, "Knowledge Graph Interface". */
export type BlindStrategyUpdate = BlindStrategyUpdateMessage;
export type BlindStrategyUpdateJson = Wire<typeof blindStrategyUpdate>;
export const BlindStrategyUpdate: Contract<BlindStrategyUpdate, BlindStrategyUpdateJson> =
  /* @__PURE__ */ createContract(
    BlindStrategyUpdateSchema,
    blindStrategyUpdate,
    BlindStrategyUpdateCodec,
  );

const updateResponse = /* @__PURE__ */ define(
  UpdateResponseSchema,
  (t) => ({
    success: t.bool().required(),
    message: t.string(),
    updateId: t.string(filled).required(),
  }),
  {
    refine({ success, message }, report) {
      refuseSilence(success, message, report);
    },
  },
);

/** The graph's answer to an update. Document: the JimBot specification, "Knowledge Graph Interface". */
export type UpdateResponse = UpdateResponseMessage;
export type UpdateResponseJson = Wire<typeof updateResponse>;
export const UpdateResponse: Contract<UpdateResponse, UpdateResponseJson> =
  /* @__PURE__ */ createContract(UpdateResponseSchema, updateResponse, UpdateResponseCodec);

/** What a custom update may hold: no message that could hold another Any, so that nothing nests without end. */
const customContracts: Registry = /* @__PURE__ */ createRegistry([
  ...plainContracts,
  KnowledgeQuery,
  JokerSynergyUpdate,
  HandValueUpdate,
  BlindStrategyUpdate,
  UpdateResponse,
]);

/** What knowledge_type says of the parts of this schema; the same as their keys. */
const partNames = {
  jokerSynergy: "joker_synergy",
  handValue: "hand_value",
  blindStrategy: "blind_strategy",
} as const;
const takenNames = new Set<string>(Object.values(partNames));

const knowledgeUpdate = /* @__PURE__ */ define(
  KnowledgeUpdateSchema,
  (t) => ({
    updateId: t.string(filled).required(),
    knowledgeType: t.string(filled).required(),
    update: t.oneof({
      jokerSynergy: t.message(JokerSynergyUpdate),
      handValue: t.message(HandValueUpdate),
      blindStrategy: t.message(BlindStrategyUpdate),
      customUpdate: t.converter(anyParts(customContracts)),
    }),
    confidence: t.float(certainty),
    source: t.string(oneOf(["learned", "calculated", "observed"], true)),
  }),
  {
    refine({ knowledgeType, update }, report) {
      if (update.case === undefined) {
        const keys = [...takenNames, "custom_update"].join(", ");
        report([], "required", `one of the keys ${keys} is required`);
      } else if (update.case === "customUpdate") {
        if (takenNames.has(knowledgeType)) {
          report(["knowledge_type"], "rule", "must be a name of its own beside custom_update");
        }
      } else if (knowledgeType !== partNames[update.case]) {
        const name = partNames[update.case];
        report(["knowledge_type"], "rule", `must be ${name} beside the key ${name}`);
      }
    },
  },
);

/** One piece of knowledge for the graph to store. Document: the JimBot specification, "Knowledge Graph Interface". */
export type KnowledgeUpdate = KnowledgeUpdateMessage;
export type KnowledgeUpdateJson = Wire<typeof knowledgeUpdate>;
export const KnowledgeUpdate: Contract<KnowledgeUpdate, KnowledgeUpdateJson> =
  /* @__PURE__ */ createContract(KnowledgeUpdateSchema, knowledgeUpdate, KnowledgeUpdateCodec);
