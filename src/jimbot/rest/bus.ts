import { EventTypeSchema } from "../../../gen/jimbot/events/v1/event_pb.js";
import {
  CommandListCodec,
  EventHistoryPageCodec,
  EventHistoryRequestCodec,
  PollCommandsRequestCodec,
  StatusReplyCodec,
} from "../../../gen/jimbot/rest/v1/rest_codec.js";
import {
  type CommandList as CommandListMessage,
  CommandListSchema,
  type EventHistoryPage as EventHistoryPageMessage,
  EventHistoryPageSchema,
  type EventHistoryRequest as EventHistoryRequestMessage,
  EventHistoryRequestSchema,
  type PollCommandsRequest as PollCommandsRequestMessage,
  PollCommandsRequestSchema,
  type StatusReply as StatusReplyMessage,
  StatusReplySchema,
} from "../../../gen/jimbot/rest/v1/rest_pb.js";
import { type Contract, createContract } from "../../contract/contract.js";
import type { Wire } from "../../contract/rules/define.js";
import { formed, oneOf } from "../../contract/rules/formats.js";
import { maxMessageBytes } from "../deployment/message-limit.js";
import { define } from "../dialect.js";
import { Event } from "../events/event.js";
import { isInOrder } from "../fields.js";

const statusReply = /* @__PURE__ */ define(
  StatusReplySchema,
  (t) => ({ status: t.string(oneOf(["ok", "error"])).required(), error: t.string().omitted() }),
  {
    refine({ status, error }, report) {
      if (status === "error" && error === "") {
        report(["error"], "rule", "must not be empty when status is error");
      } else if (status !== "error" && error !== "") {
        report(["error"], "rule", "must be empty unless status is error");
      }
    },
  },
);

/** The bus's answer to posted events, and the answer of every path to a refused request. Source: the JimBot event bus. */
export type StatusReply = StatusReplyMessage;
export type StatusReplyJson = Wire<typeof statusReply>;
export const StatusReply: Contract<StatusReply, StatusReplyJson> = /* @__PURE__ */ createContract(
  StatusReplySchema,
  statusReply,
  StatusReplyCodec,
  { maxBytes: maxMessageBytes },
);

const eventHistoryRequest = /* @__PURE__ */ define(
  EventHistoryRequestSchema,
  (t) => ({
    from: t.timestamp(),
    to: t.timestamp(),
    type: t.optional(t.enum(EventTypeSchema, "EVENT_TYPE_")),
    pageSize: t.int32({ min: 0, max: 1000 }).omitted(),
    pageToken: t.string().omitted(),
  }),
  {
    refine({ from, to }, report) {
      if (!isInOrder(from, to)) report(["to"], "rule", "must be later than from");
    },
  },
);

/** A request for past events. Document: the JimBot specification, "Event Bus Interface", GetEventHistory. */
export type EventHistoryRequest = EventHistoryRequestMessage;
export type EventHistoryRequestJson = Wire<typeof eventHistoryRequest>;
export const EventHistoryRequest: Contract<EventHistoryRequest, EventHistoryRequestJson> =
  /* @__PURE__ */ createContract(
    EventHistoryRequestSchema,
    eventHistoryRequest,
    EventHistoryRequestCodec,
  );

const eventHistoryPage = /* @__PURE__ */ define(EventHistoryPageSchema, (t) => ({
  events: t.list(t.message(Event)),
  nextPageToken: t.string(),
}));

/** One page of past events. Document: the JimBot specification, "Event Bus Interface", GetEventHistory. */
export type EventHistoryPage = EventHistoryPageMessage;
export type EventHistoryPageJson = Wire<typeof eventHistoryPage>;
export const EventHistoryPage: Contract<EventHistoryPage, EventHistoryPageJson> =
  /* @__PURE__ */ createContract(EventHistoryPageSchema, eventHistoryPage, EventHistoryPageCodec);

const pollCommandsRequest = /* @__PURE__ */ define(PollCommandsRequestSchema, () => ({}));

/** The mod's poll for commands. Source: the BalatroMCP mod. */
export type PollCommandsRequest = PollCommandsRequestMessage;
export type PollCommandsRequestJson = Wire<typeof pollCommandsRequest>;
export const PollCommandsRequest: Contract<PollCommandsRequest, PollCommandsRequestJson> =
  /* @__PURE__ */ createContract(
    PollCommandsRequestSchema,
    pollCommandsRequest,
    PollCommandsRequestCodec,
  );

const command = formed(
  /^[a-z][a-z0-9_]*(?::[^\r\n]*)?$/,
  "a command in one line such as play_hand:1,2,3",
);
const commandList = /* @__PURE__ */ define(CommandListSchema, (t) => ({
  commands: t.list(t.string(command)),
}));

/** The commands for the game. Source: the BalatroMCP mod, to which they go as plain text. */
export type CommandList = CommandListMessage;
export type CommandListJson = Wire<typeof commandList>;
export const CommandList: Contract<CommandList, CommandListJson> = /* @__PURE__ */ createContract(
  CommandListSchema,
  commandList,
  CommandListCodec,
  { maxBytes: maxMessageBytes },
);
