import {
  StrategyRequestCodec,
  StrategyResponseCodec,
} from "../../gen/jimbot/events/v1/strategy_codec.js";
import {
  type StrategyRequest as StrategyRequestMessage,
  StrategyRequestSchema,
  type StrategyResponse as StrategyResponseMessage,
  StrategyResponseSchema,
} from "../../gen/jimbot/events/v1/strategy_pb.js";
import { type Contract, createContract } from "../contract/contract.js";
import type { Wire } from "../contract/rules/define.js";
import { filled, oneOf } from "../contract/rules/formats.js";
import { maxMessageBytes } from "./deployment/message-limit.js";
import { define } from "./dialect.js";
import { GameStateEvent } from "./events/game.js";
import { confidence, count } from "./fields.js";

const strategyRequest = /* @__PURE__ */ define(StrategyRequestSchema, (t) => ({
  requestId: t.string(filled).required(),
  gameState: t.message(GameStateEvent).required(),
  strategyType: t.string(oneOf(["immediate", "short_term", "long_term"], true)),
  considerations: t.list(t.string(filled)),
  timeLimitMs: t.int32(count),
  context: t.string(),
}));

/** A request to the language model for a strategy. Document: the JimBot specification, "LLM Integration Interface". */
export type StrategyRequest = StrategyRequestMessage;
export type StrategyRequestJson = Wire<typeof strategyRequest>;
export const StrategyRequest: Contract<StrategyRequest, StrategyRequestJson> =
  /* @__PURE__ */ createContract(StrategyRequestSchema, strategyRequest, StrategyRequestCodec, {
    maxBytes: maxMessageBytes,
  });

const strategyResponse = /* @__PURE__ */ define(StrategyResponseSchema, (t) => ({
  requestId: t.string(filled).required(),
  recommendedAction: t.string(filled).required(),
  confidence: t.float(confidence),
  reasoning: t.string(),
  alternativeAction: t.string(),
  fromCache: t.bool(),
  processingTimeMs: t.int32(count),
}));

/** The advice of the language model. Document: the JimBot specification, "LLM Integration Interface". */
export type StrategyResponse = StrategyResponseMessage;
export type StrategyResponseJson = Wire<typeof strategyResponse>;
export const StrategyResponse: Contract<StrategyResponse, StrategyResponseJson> =
  /* @__PURE__ */ createContract(StrategyResponseSchema, strategyResponse, StrategyResponseCodec, {
    maxBytes: maxMessageBytes,
  });
