import { ControlCommandCodec } from "../../gen/sim/v1/control_codec.js";
import {
  type ControlCommand as ControlCommandMessage,
  ControlCommandSchema,
} from "../../gen/sim/v1/control_pb.js";
import { type Contract, createContract } from "../contract/contract.js";
import type { Wire } from "../contract/rules/define.js";
import { formed } from "../contract/rules/formats.js";
import { define } from "./dialect.js";

const controlCommand = /* @__PURE__ */ define(ControlCommandSchema, (t) => ({
  command: t.string(formed(/^[a-z][a-z0-9_]*$/, "a command name such as pause")).required(),
  parameters: t.struct().always(),
}));

/** A command to the engine of one run. Document: the sim proposal, "control_command". */
export type ControlCommand = ControlCommandMessage;
export type ControlCommandJson = Wire<typeof controlCommand>;
export const ControlCommand: Contract<ControlCommand, ControlCommandJson> =
  /* @__PURE__ */ createContract(ControlCommandSchema, controlCommand, ControlCommandCodec);
