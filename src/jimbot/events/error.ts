import { ErrorEventCodec } from "../../../gen/jimbot/events/v1/error_codec.js";
import {
  type ErrorEvent as ErrorEventMessage,
  ErrorEventSchema,
  ErrorSeveritySchema,
  RecoveryActionSchema,
} from "../../../gen/jimbot/events/v1/error_pb.js";
import { isPlainObject } from "../../contract/base/plain-data.js";
import { type Contract, createContract } from "../../contract/contract.js";
import type { Definition } from "../../contract/model/definition.js";
import type { Wire } from "../../contract/rules/define.js";
import { filled, longText } from "../../contract/rules/formats.js";
import { define } from "../dialect.js";

const fields = /* @__PURE__ */ define(ErrorEventSchema, (t) => ({
  errorId: t.string(filled).required(),
  sourceComponent: t.string(filled).required(),
  severity: t.enum(ErrorSeveritySchema, "ERROR_SEVERITY_"),
  message: t.string(filled).required(),
  stackTrace: t.string(longText),
  context: t.map(t.string()),
  affectedComponents: t.list(t.string(filled)),
  suggestedAction: t.enum(RecoveryActionSchema, "RECOVERY_ACTION_"),
}));

/** JSON without a severity means ERROR, which is not the enum's zero. */
const errorEvent: Definition<ErrorEventMessage, Wire<typeof fields>> = {
  ...fields,
  read(json, context) {
    const isMissing = isPlainObject(json) && (json["severity"] ?? null) === null;
    return fields.read(isMissing ? { ...json, severity: "ERROR" } : json, context);
  },
};

/** An error in a component. Document: the JimBot specification, "Error Propagation". */
export type ErrorEvent = ErrorEventMessage;
export type ErrorEventJson = Wire<typeof errorEvent>;
export const ErrorEvent: Contract<ErrorEvent, ErrorEventJson> = /* @__PURE__ */ createContract(
  ErrorEventSchema,
  errorEvent,
  ErrorEventCodec,
);
