import { createRegistry } from "../contract/registry.js";
import { Event, EventBatch } from "./events/event.js";
import { plainContracts } from "./events/plain-contracts.js";
import {
  BlindStrategyUpdate,
  HandValueUpdate,
  JokerSynergyUpdate,
  KnowledgeQuery,
  KnowledgeUpdate,
  UpdateResponse,
} from "./knowledge.js";
import { restContracts } from "./rest/contracts.js";

/** Every contract of `jimbot.events.v1`, `jimbot.resources.v1` and `jimbot.rest.v1`. */
export const contracts = /* @__PURE__ */ createRegistry([
  Event,
  EventBatch,
  KnowledgeQuery,
  KnowledgeUpdate,
  JokerSynergyUpdate,
  HandValueUpdate,
  BlindStrategyUpdate,
  UpdateResponse,
  ...plainContracts,
  ...restContracts,
]);
