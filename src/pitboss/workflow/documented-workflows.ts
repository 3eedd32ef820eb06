import type { Verb } from "../envelope.js";
import type { WorkflowJson } from "./workflow.js";

const human = "sendMessageToChat";

/**
 * The documented workflows, as the wire JSON of {@link Workflow}. Every "no" leads to the human, and so does
 * the last "yes". Document: the Pitboss quick start, "Happy Path" and "Adding a New Workflow Verb".
 */
export const documentedWorkflows: Readonly<Record<Verb, WorkflowJson>> = {
  RULE: {
    verb: "RULE",
    entryAgent: "model.Capo",
    nodes: {
      "model.Capo": {
        agentName: "model.Capo",
        branchYes: "model.verifyRequest",
        branchNo: human,
        description: "Validating rule request",
      },
      "model.verifyRequest": {
        agentName: "model.verifyRequest",
        branchYes: "model.ruleToSQL",
        branchNo: human,
        description: "Verifying what the rule means",
      },
      "model.ruleToSQL": {
        agentName: "model.ruleToSQL",
        branchYes: "model.verifySQL",
        branchNo: human,
        description: "Writing SQL for the rule",
      },
      "model.verifySQL": {
        agentName: "model.verifySQL",
        branchYes: "tool.executeSQL",
        branchNo: human,
        description: "Verifying that the SQL is safe",
      },
      "tool.executeSQL": {
        agentName: "tool.executeSQL",
        branchYes: human,
        branchNo: human,
        description: "Executing SQL and materializing the view",
      },
    },
  },
  CONTENT: {
    verb: "CONTENT",
    entryAgent: "model.Capo",
    nodes: {
      "model.Capo": {
        agentName: "model.Capo",
        branchYes: "model.verifyRequest",
        branchNo: human,
        description: "Validating content request",
      },
      "model.verifyRequest": {
        agentName: "model.verifyRequest",
        branchYes: "model.requestToExtractEntities",
        branchNo: human,
        description: "Verifying what to extract, and from which URL",
      },
      "model.requestToExtractEntities": {
        agentName: "model.requestToExtractEntities",
        branchYes: "model.verifyUpsert",
        branchNo: human,
        description: "Extracting entities",
      },
      "model.verifyUpsert": {
        agentName: "model.verifyUpsert",
        branchYes: "tool.executeSQL",
        branchNo: human,
        description: "Verifying that the entities refer to each other",
      },
      "tool.executeSQL": {
        agentName: "tool.executeSQL",
        branchYes: human,
        branchNo: human,
        description: "Upserting the entities",
      },
    },
  },
};
