import { createRegistry } from "../contract/registry.js";
import { Event, EventBatch } from "./event.js";
import {
  BlindStrategyUpdate,
  HandValueUpdate,
  JokerSynergyUpdate,
  KnowledgeQuery,
  KnowledgeUpdate,
  UpdateResponse,
} from "./knowledge.js";
import { plainContracts } from "./plain-contracts.js";
import { restContracts } from "./rest-contracts.js";

/** Every contract of `jimbot.events.v1`, `jimbot.resources.v1` and `jimbot.rest.v1`. */
export const contracts = createRegistry([
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
