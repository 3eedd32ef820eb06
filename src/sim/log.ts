import { LogMessageCodec } from "../../gen/sim/v1/log_codec.js";
import {
  LogLevelSchema,
  type LogMessage as LogMessageMessage,
  LogMessageSchema,
} from "../../gen/sim/v1/log_pb.js";
import { type Contract, createContract } from "../contract/contract.js";
import type { Wire } from "../contract/rules/define.js";
import { filled } from "../contract/rules/formats.js";
import { define } from "./dialect.js";

const logMessage = /* @__PURE__ */ define(LogMessageSchema, (t) => ({
  level: t.enum(LogLevelSchema, "LOG_LEVEL_", { spelling: "bare", zero: "refused" }).required(),
  message: t.string().required(),
  componentId: t.optional(t.string(filled)).nullable().omitted(),
}));

/** One log line of a run. Document: the sim proposal, "log_message". */
export type LogMessage = LogMessageMessage;
export type LogMessageJson = Wire<typeof logMessage>;
export const LogMessage: Contract<LogMessage, LogMessageJson> = /* @__PURE__ */ createContract(
  LogMessageSchema,
  logMessage,
  LogMessageCodec,
);
