import { EnvelopeCodec } from "../../gen/sim/v1/envelope_codec.js";
import {
  type Envelope as EnvelopeMessage,
  EnvelopeSchema,
  MessageType,
  MessageTypeSchema,
} from "../../gen/sim/v1/envelope_pb.js";
import type { Context } from "../contract/base/context.js";
import { keyRequired } from "../contract/base/texts.js";
import { type AnyContract, type Contract, createContract } from "../contract/contract.js";
import type { WireForm } from "../contract/model/definition.js";
import { tagged, withKeys, withRequired } from "../contract/model/json-schema-keywords.js";
import { keyBytes } from "../contract/model/value-writer.js";
import type { Wire } from "../contract/rules/define.js";
import { formed } from "../contract/rules/formats.js";
import { ControlCommand, type ControlCommandJson } from "./control.js";
import { DataExchange, type DataExchangeJson } from "./data.js";
import { define } from "./dialect.js";
import { LogMessage, type LogMessageJson } from "./log.js";
import { runIdDescription, runIdPattern } from "./run/run-id.js";
import { SimulationStatus, type SimulationStatusJson } from "./status.js";

export interface Head {
  /** RFC 3339 time in UTC, at least three decimals. */
  timestamp: string;
  run_id: string;
}

/** The wire JSON of an {@link Envelope}: `message_type` decides what `payload` contains. */
type EnvelopeWire = Head &
  (
    | { message_type: "simulation_status"; payload: SimulationStatusJson }
    | { message_type: "data_exchange"; payload: DataExchangeJson }
    | { message_type: "log_message"; payload: LogMessageJson }
    | { message_type: "control_command"; payload: ControlCommandJson }
  );

type Payload = EnvelopeMessage["payload"];

const payloadCase = new Map<MessageType, Payload["case"]>([
  [MessageType.SIMULATION_STATUS, "simulationStatus"],
  [MessageType.DATA_EXCHANGE, "dataExchange"],
  [MessageType.LOG_MESSAGE, "logMessage"],
  [MessageType.CONTROL_COMMAND, "controlCommand"],
]);

const payloadBytes = keyBytes("payload");

const payloadKey: WireForm<EnvelopeMessage, EnvelopeWire> = {
  read(json, envelope, context) {
    const known = payloadCase.has(envelope.messageType);
    if (json["payload"] === undefined) {
      context.fault("required", keyRequired, "payload");
    } else if (known) {
      context.enter("payload");
      envelope.payload = readPayload(json["payload"], envelope.messageType, context);
      context.leave();
    }
  },
  write({ payload }, json, context) {
    context.enter("payload");
    const head = { timestamp: String(json["timestamp"]), run_id: String(json["run_id"]) };
    const whole = writePayload(head, payload, context);
    context.leave();
    return whole;
  },
  text({ payload }, own, out) {
    out.openObject();
    own();
    out.key(payloadBytes);
    payloadContract(payload).definition.text(payload.value, out);
    out.closeObject();
  },
  schema: (own, { refer }) =>
    tagged(withRequired(own, "payload"), "message_type", [
      ["simulation_status", withKeys({}, { payload: refer(SimulationStatus.definition) })],
      ["data_exchange", withKeys({}, { payload: refer(DataExchange.definition) })],
      ["log_message", withKeys({}, { payload: refer(LogMessage.definition) })],
      ["control_command", withKeys({}, { payload: refer(ControlCommand.definition) })],
    ]),
};

function payloadContract(payload: Payload): AnyContract {
  switch (payload.case) {
    case "simulationStatus":
      return SimulationStatus;
    case "dataExchange":
      return DataExchange;
    case "logMessage":
      return LogMessage;
    default:
      return ControlCommand;
  }
}

function readPayload(json: unknown, type: MessageType, context: Context): Payload {
  switch (type) {
    case MessageType.SIMULATION_STATUS:
      return member("simulationStatus", SimulationStatus.definition.read(json, context));
    case MessageType.DATA_EXCHANGE:
      return member("dataExchange", DataExchange.definition.read(json, context));
    case MessageType.LOG_MESSAGE:
      return member("logMessage", LogMessage.definition.read(json, context));
    default:
      return member("controlCommand", ControlCommand.definition.read(json, context));
  }
}

/** A member of the oneof; unset if the value could not be read. */
function member<Case extends string, Value>(
  name: Case,
  value: Value | undefined,
): { case: Case; value: Value } | { case: undefined } {
  return value === undefined ? { case: undefined } : { case: name, value };
}

function writePayload(head: Head, payload: Payload, context: Context): EnvelopeWire {
  switch (payload.case) {
    case "simulationStatus": {
      const json = SimulationStatus.definition.write(payload.value, context);
      return { ...head, message_type: "simulation_status", payload: json };
    }
    case "dataExchange": {
      const json = DataExchange.definition.write(payload.value, context);
      return { ...head, message_type: "data_exchange", payload: json };
    }
    case "logMessage": {
      const json = LogMessage.definition.write(payload.value, context);
      return { ...head, message_type: "log_message", payload: json };
    }
    default: {
      const json = ControlCommand.definition.write(payload.value, context);
      return { ...head, message_type: "control_command", payload: json };
    }
  }
}

const envelope = /* @__PURE__ */ define(
  EnvelopeSchema,
  (t) => ({
    timestamp: t.timestamp().required(),
    runId: t.string(formed(runIdPattern, runIdDescription)).required(),
    messageType: t.enum(MessageTypeSchema, "MESSAGE_TYPE_", { zero: "refused" }).required(),
    payload: t
      .oneof({
        simulationStatus: t.message(SimulationStatus).required(),
        dataExchange: t.message(DataExchange).required(),
        logMessage: t.message(LogMessage).required(),
        controlCommand: t.message(ControlCommand).required(),
      })
      .custom(),
  }),
  {
    strict: ({ timestamp }, context) => {
      if (timestamp !== undefined && timestamp.nanos % 1_000_000 !== 0) {
        context.fault("format", "a time finer than a millisecond", "timestamp");
      }
    },
    wire: payloadKey,
    refine({ messageType, payload }, report) {
      const named = payloadCase.get(messageType);
      if (payload.case === undefined) {
        report(["payload"], "required", "a payload is required");
      } else if (named !== payload.case) {
        report(
          ["payload"],
          "payload.type",
          `holds ${payload.case}, which message_type does not name`,
        );
      }
    },
  },
);

/** One message of one simulation run. Document: the sim proposal, "General Message Envelope". */
export type Envelope = EnvelopeMessage;
export type EnvelopeJson = Wire<typeof envelope>;
export const Envelope: Contract<Envelope, EnvelopeJson> = /* @__PURE__ */ createContract(
  EnvelopeSchema,
  envelope,
  EnvelopeCodec,
);
