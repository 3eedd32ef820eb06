import { describe, expect, expectTypeOf, it } from "vitest";
import {
  Workflow,
  type WorkflowJson,
  WorkflowNode,
  type WorkflowNodeJson,
} from "../../../src/pitboss/workflow/workflow.js";
import { refused, refusedAsJson, through } from "../../support/all-methods.js";

function node(agentName: string, branchYes: string | null, branchNo: string | null = null) {
  return { agentName, branchYes, branchNo, description: "" };
}

const capo = node("model.Capo", "tool.run", "sendMessageToChat");
const run = node("tool.run", "terminal");
const workflow = {
  verb: "RULE",
  entryAgent: "model.Capo",
  nodes: { "model.Capo": capo, "tool.run": run },
};
const inCapo = 'nodes["model.Capo"]';

describe("a workflow", () => {
  it.each(Object.keys(workflow))("needs %s", (key) => {
    const rest = Object.entries(workflow).filter(([name]) => name !== key);
    expect(refusedAsJson(Workflow, Object.fromEntries(rest))).toBe(
      `cannot decode pitboss.v1.Workflow from JSON: ${key}: this key is required [required]`,
    );
  });

  it("keeps its nodes", () => {
    expect(through(Workflow, workflow)).toEqual(workflow);
  });

  it.each([
    ["entry_agent", "model.Capo", "; did you mean entryAgent?"],
    ["version", "1.1", ""],
  ])("has no key %s", (key, value, hint) => {
    expect(refusedAsJson(Workflow, { ...workflow, [key]: value })).toBe(
      `cannot decode pitboss.v1.Workflow from JSON: ${key}: the message has no such key${hint} [unknown_key]`,
    );
  });

  it.each([
    ['verb: expected a non-empty string, got "" [length]', { verb: "" }],
    ['entryAgent: expected a non-empty string, got "" [length]', { entryAgent: "" }],
    ["nodes: at least one node is required [length]", { nodes: {} }],
    ["entryAgent: must be a key of nodes [rule]", { entryAgent: "model.other" }],
    ["entryAgent: must be a key of nodes [rule]", { entryAgent: "toString" }],
    ["entryAgent: must be a key of nodes [rule]", { entryAgent: "terminal" }],
    [
      "nodes.terminal: a terminal is no node [rule]",
      { nodes: { ...workflow.nodes, terminal: node("terminal", null) } },
    ],
    [
      "nodes.sendHITL: a terminal is no node [rule]",
      { nodes: { ...workflow.nodes, sendHITL: node("sendHITL", null) } },
    ],
    [
      "nodes.sendMessageToChat: a terminal is no node [rule]",
      { nodes: { ...workflow.nodes, sendMessageToChat: node("sendMessageToChat", null) } },
    ],
  ])("refuses %s", (text, fields) => {
    expect(refused(Workflow, { ...workflow, ...fields })).toBe(text);
  });

  it.each([
    [
      `${inCapo}.agentName: must be equal to the key of its node [rule]`,
      { agentName: "model.capo" },
    ],
    [`${inCapo}.agentName: expected a non-empty string, got "" [length]`, { agentName: "" }],
    [`${inCapo}.branchYes: expected a non-empty string, got "" [length]`, { branchYes: "" }],
    [`${inCapo}.branchNo: expected a non-empty string, got "" [length]`, { branchNo: "" }],
    [
      `${inCapo}.branchYes: must be another node of the tree or a terminal [rule]`,
      { branchYes: "model.nobody" },
    ],
    [
      `${inCapo}.branchNo: must be another node of the tree or a terminal [rule]`,
      { branchNo: "model.nobody" },
    ],
    [
      `${inCapo}.branchYes: must be another node of the tree or a terminal [rule]`,
      { branchYes: "model.Capo" },
    ],
    [
      `${inCapo}.branchNo: must be another node of the tree or a terminal [rule]`,
      { branchNo: "model.Capo" },
    ],
    [
      `${inCapo}.branchNo: must be another node of the tree or a terminal [rule]`,
      { branchNo: "toString" },
    ],
    [
      `${inCapo}.branchNo: must be another node of the tree or a terminal [rule]`,
      { branchNo: "Terminal" },
    ],
  ])("refuses the node with %s", (text, fields) => {
    const nodes = { ...workflow.nodes, "model.Capo": { ...capo, ...fields } };
    expect(refused(Workflow, { ...workflow, nodes })).toBe(text);
  });

  it.each(["sendMessageToChat", "sendHITL", "terminal", "tool.run", null])(
    "branches to %s",
    (next) => {
      for (const fields of [{ branchYes: next }, { branchNo: next }]) {
        const nodes = { ...workflow.nodes, "model.Capo": { ...capo, ...fields } };
        expect(through(Workflow, { ...workflow, nodes })).toEqual({ ...workflow, nodes });
      }
    },
  );

  it("may return to an earlier agent", () => {
    const nodes = { "model.Capo": capo, "tool.run": node("tool.run", "model.Capo") };
    expect(through(Workflow, { ...workflow, nodes })).toEqual({ ...workflow, nodes });
  });

  it("may have a single node, and any verb", () => {
    const single = { verb: "ANYTHING", entryAgent: "a", nodes: { a: node("a", null) } };
    expect(through(Workflow, single)).toEqual(single);
  });

  it("names the node that lacks a name", () => {
    const nodes = { "model.Capo": { branchYes: "terminal" } };
    expect(refusedAsJson(Workflow, { ...workflow, nodes })).toBe(
      `cannot decode pitboss.v1.Workflow from JSON: ${inCapo}.agentName: this key is required [required]`,
    );
  });
});

describe("a node of a workflow", () => {
  it("needs only its agent, and writes every key", () => {
    expect(through(WorkflowNode, { agentName: "a" })).toEqual(node("a", null));
    expect(refusedAsJson(WorkflowNode, {})).toBe(
      "cannot decode pitboss.v1.WorkflowNode from JSON: agentName: this key is required [required]",
    );
  });

  it("is valid without its workflow", () => {
    const alone = { ...node("a", "b", "a"), description: "asks b" };
    expect(through(WorkflowNode, alone)).toEqual(alone);
  });

  it.each([
    ["agentName", null, "expected a string, got null [type]"],
    ["description", null, "expected a string, got null [type]"],
    ["branchYes", false, "expected a string, got false [type]"],
    ["branch_yes", "b", "the message has no such key; did you mean branchYes? [unknown_key]"],
  ])("refuses %s %j", (key, value, text) => {
    expect(refusedAsJson(WorkflowNode, { agentName: "a", [key]: value })).toBe(
      `cannot decode pitboss.v1.WorkflowNode from JSON: ${key}: ${text}`,
    );
  });
});

describe("the types of workflows", () => {
  it("have the keys of the JSON", () => {
    expectTypeOf<WorkflowNodeJson>().toEqualTypeOf<{
      agentName: string;
      branchYes: string | null;
      branchNo: string | null;
      description: string;
    }>();
    expectTypeOf<WorkflowJson>().toEqualTypeOf<{
      verb: string;
      entryAgent: string;
      nodes: { [key: string]: WorkflowNodeJson };
    }>();
  });
});
