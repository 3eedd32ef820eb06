import {
  PublishResponseCodec,
  SubscribeRequestCodec,
} from "../../../gen/jimbot/events/v1/bus_codec.js";
import {
  type PublishResponse as PublishResponseMessage,
  PublishResponseSchema,
  type SubscribeRequest as SubscribeRequestMessage,
  SubscribeRequestSchema,
} from "../../../gen/jimbot/events/v1/bus_pb.js";
import { type EventType, EventTypeSchema } from "../../../gen/jimbot/events/v1/event_pb.js";
import { type Contract, createContract } from "../../contract/contract.js";
import type { Wire } from "../../contract/rules/define.js";
import { filled, formed } from "../../contract/rules/formats.js";
import { define } from "../dialect.js";
import { refuseSilence } from "../fields.js";
import { topicPattern, topicPatternDescription } from "./topic-pattern.js";

const publishResponse = /* @__PURE__ */ define(
  PublishResponseSchema,
  (t) => ({ success: t.bool().required(), message: t.string(), eventId: t.string() }),
  {
    refine({ success, message, eventId }, report) {
      refuseSilence(success, message, report);
      if (!success && eventId !== "") {
        report(["event_id"], "rule", "must be empty unless success is true");
      }
    },
  },
);

/** The bus's answer to a published event or batch. Document: the JimBot specification, "Event Bus Interface". */
export type PublishResponse = PublishResponseMessage;
export type PublishResponseJson = Wire<typeof publishResponse>;
export const PublishResponse: Contract<PublishResponse, PublishResponseJson> =
  /* @__PURE__ */ createContract(PublishResponseSchema, publishResponse, PublishResponseCodec);

const subscribeRequest = /* @__PURE__ */ define(
  SubscribeRequestSchema,
  (t) => ({
    topicPattern: t.string(formed(topicPattern, topicPatternDescription)).required(),
    subscriberId: t.string(filled).required(),
    types: t.list(t.enum(EventTypeSchema, "EVENT_TYPE_")),
  }),
  {
    refine({ types }, report) {
      const seen = new Set<EventType>();
      for (const [index, type] of types.entries()) {
        if (seen.has(type)) report(["types", index], "rule", "a second entry for this type");
        seen.add(type);
      }
    },
  },
);

/** The wish to receive the events of some topics. Document: the JimBot specification, "Event Bus Interface". */
export type SubscribeRequest = SubscribeRequestMessage;
export type SubscribeRequestJson = Wire<typeof subscribeRequest>;
export const SubscribeRequest: Contract<SubscribeRequest, SubscribeRequestJson> =
  /* @__PURE__ */ createContract(SubscribeRequestSchema, subscribeRequest, SubscribeRequestCodec);
