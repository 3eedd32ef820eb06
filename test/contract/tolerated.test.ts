import { describe, expect, it } from "vitest";
import { WorkflowCodec, WorkflowNodeCodec } from "../../gen/pitboss/v1/workflow_codec.js";
import { WorkflowNodeSchema, WorkflowSchema } from "../../gen/pitboss/v1/workflow_pb.js";
import { Context } from "../../src/contract/base/context.js";
import { dialectDefaults } from "../../src/contract/base/dialect.js";
import { createContract } from "../../src/contract/contract.js";
import { createDefine } from "../../src/contract/rules/define.js";

const define = createDefine(dialectDefaults);
const workflowNode = define(
  WorkflowNodeSchema,
  (t) => ({
    agentName: t.string(),
    branchYes: t.optional(t.string()),
    branchNo: t.optional(t.string()),
    description: t.string(),
  }),
  {
    refine({ agentName, description }, report, tolerate) {
      if (agentName === "") report(["agentName"], "required", "is required");
      if (description === "") tolerate(["description"], "required", "is required of writers");
    },
  },
);
const WorkflowNode = createContract(WorkflowNodeSchema, workflowNode, WorkflowNodeCodec);
const workflow = define(
  WorkflowSchema,
  (t) => ({ verb: t.string(), entryAgent: t.string(), nodes: t.map(t.message(WorkflowNode)) }),
  {
    refine({ verb }, report) {
      if (verb === "") report(["verb"], "required", "is required");
    },
  },
);
const Workflow = createContract(WorkflowSchema, workflow, WorkflowCodec);

const json = {
  verb: "RULE",
  nodes: { a: { agentName: "a", description: "d" }, b: { agentName: "b" } },
};
const issue = {
  path: "nodes.b.description",
  rule: "required",
  message: "is required of writers",
} as const;

describe("what a writer must not do and a reader takes", () => {
  const message = Workflow.definition.read(json, new Context());
  if (message === undefined) throw new Error("the JSON was not read");
  const bytes = Workflow.codec.encode(message);

  it("is taken by every method that reads, and listed", () => {
    for (const result of [
      Workflow.safeDecode(bytes),
      Workflow.safeFromJson(json),
      Workflow.safeFromJsonText(JSON.stringify(json)),
    ]) {
      expect(result).toMatchObject({ ok: true, value: message, tolerated: [issue] });
    }
    expect(Workflow.decode(bytes)).toEqual(message);
    expect(Workflow.fromJson(json)).toEqual(message);
    expect(Workflow.fromJsonText(JSON.stringify(json))).toEqual(message);
  });

  it("is refused by every other method, and by all under strict", () => {
    const strict = { strict: true };
    for (const method of [
      () => Workflow.check(message),
      () => Workflow.encode(message),
      () => Workflow.encodeParts(message),
      () => Workflow.toJson(message),
      () => Workflow.toJsonText(message),
      () => Workflow.decode(bytes, strict),
      () => Workflow.fromJson(json, strict),
      () => Workflow.fromJsonText(JSON.stringify(json), strict),
    ]) {
      expect(method).toThrow(expect.objectContaining({ code: issue.rule, issues: [issue] }));
    }
  });

  it("hides no other fault, in the same message or around it", () => {
    const both = { verb: "", nodes: { a: { agentName: "" } } };
    expect(() => Workflow.fromJson(both)).toThrow("nodes.a.agentName: is required [required]");
    const outer = { verb: "", nodes: { b: { agentName: "b" } } };
    expect(() => Workflow.fromJson(outer)).toThrow("from JSON: verb: is required [required]");
  });

  it("is missing from the result of a message that a writer may send", () => {
    const result = Workflow.safeFromJson({ verb: "RULE" });
    expect(result).toEqual({ ok: true, value: Workflow.create({ verb: "RULE" }), unknownKeys: [] });
    expect(result).not.toHaveProperty("tolerated");
  });
});
