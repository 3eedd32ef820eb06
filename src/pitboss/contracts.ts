import { createRegistry } from "../contract/registry.js";
import { MessageEnvelope } from "./envelope.js";
import { Workflow, WorkflowNode } from "./workflow/workflow.js";

/** Every contract of `pitboss.v1`. */
export const contracts = /* @__PURE__ */ createRegistry([MessageEnvelope, Workflow, WorkflowNode]);
