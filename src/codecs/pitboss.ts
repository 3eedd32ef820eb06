export { MessageEnvelopeCodec } from "../../gen/pitboss/v1/envelope_codec.js";
export { WorkflowCodec, WorkflowNodeCodec } from "../../gen/pitboss/v1/workflow_codec.js";
