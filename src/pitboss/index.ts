import { createRegistry } from "../contract/registry.js";
import { MessageEnvelope } from "./envelope.js";
import { Workflow, WorkflowNode } from "./workflow.js";

export {
  Decision,
  DecisionSchema,
  MessageEnvelopeSchema,
  MessageType,
  MessageTypeSchema,
} from "../../gen/pitboss/v1/envelope_pb.js";
export { WorkflowNodeSchema, WorkflowSchema } from "../../gen/pitboss/v1/workflow_pb.js";
export { channels } from "./channels.js";
export {
  createEnvelope,
  type EnvelopeOptions,
  MessageEnvelope,
  type MessageEnvelopeJson,
} from "./envelope.js";
export {
  type EnvelopeContract,
  type Frame,
  type LegacyFrame,
  readFrame,
  stripInternalKeys,
  writeFrame,
} from "./frames.js";
export { Workflow, type WorkflowJson, WorkflowNode, type WorkflowNodeJson } from "./workflow.js";

/** Every contract of `pitboss.v1`. */
export const contracts = createRegistry([MessageEnvelope, Workflow, WorkflowNode]);
