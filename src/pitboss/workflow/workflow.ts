import { WorkflowCodec, WorkflowNodeCodec } from "../../../gen/pitboss/v1/workflow_codec.js";
import {
  type Workflow as WorkflowMessage,
  type WorkflowNode as WorkflowNodeMessage,
  WorkflowNodeSchema,
  WorkflowSchema,
} from "../../../gen/pitboss/v1/workflow_pb.js";
import { type Contract, createContract } from "../../contract/contract.js";
import type { Report } from "../../contract/model/definition.js";
import type { Wire } from "../../contract/rules/define.js";
import { filled } from "../../contract/rules/formats.js";
import { define } from "../dialect.js";

const terminals: ReadonlySet<string> = new Set(["sendMessageToChat", "sendHITL", "terminal"]);

/** Whether the workflow ends here: `sendMessageToChat`, `sendHITL`, `terminal`, null or undefined. */
export function isTerminal(agent: string | null | undefined): boolean {
  return agent === null || agent === undefined || terminals.has(agent);
}

const workflowNode = /* @__PURE__ */ define(WorkflowNodeSchema, (t) => ({
  agentName: t.string(filled).required(),
  branchYes: t.optional(t.string(filled)).nullable(),
  branchNo: t.optional(t.string(filled)).nullable(),
  description: t.string(),
}));

/** One agent of a workflow, and the agents that follow its "yes" and its "no". Document: the Pitboss quick start. */
export type WorkflowNode = WorkflowNodeMessage;
export type WorkflowNodeJson = Wire<typeof workflowNode>;
export const WorkflowNode: Contract<WorkflowNode, WorkflowNodeJson> =
  /* @__PURE__ */ createContract(WorkflowNodeSchema, workflowNode, WorkflowNodeCodec);

const workflow = /* @__PURE__ */ define(
  WorkflowSchema,
  (t) => ({
    verb: t.string(filled).required(),
    entryAgent: t.string(filled).required(),
    nodes: t.map(t.message(WorkflowNode)).required(),
  }),
  {
    refine({ entryAgent, nodes }, report) {
      if (Object.keys(nodes).length === 0) {
        report(["nodes"], "length", "at least one node is required");
      } else if (!Object.hasOwn(nodes, entryAgent)) {
        report(["entryAgent"], "rule", "must be a key of nodes");
      }
      for (const [key, node] of Object.entries(nodes)) reportNode(key, node, nodes, report);
    },
  },
);

function reportNode(
  key: string,
  { agentName, branchYes, branchNo }: WorkflowNode,
  nodes: WorkflowMessage["nodes"],
  report: Report,
): void {
  if (terminals.has(key)) report(["nodes", key], "rule", "a terminal is no node");
  if (agentName !== key) {
    report(["nodes", key, "agentName"], "rule", "must be equal to the key of its node");
  }
  for (const [branch, next] of [
    ["branchYes", branchYes],
    ["branchNo", branchNo],
  ] as const) {
    if (next === undefined || terminals.has(next)) continue;
    if (next === key || !Object.hasOwn(nodes, next)) {
      report(["nodes", key, branch], "rule", "must be another node of the tree or a terminal");
    }
  }
}

/** The agents for one verb, and the order in which they are called. Document: the Pitboss quick start, "Adding a New Workflow Verb". */
export type Workflow = WorkflowMessage;
export type WorkflowJson = Wire<typeof workflow>;
export const Workflow: Contract<Workflow, WorkflowJson> = /* @__PURE__ */ createContract(
  WorkflowSchema,
  workflow,
  WorkflowCodec,
);
