import { describe, expect, it } from "vitest";
import { z } from "zod";
import {
  makeError,
  makeRequest,
  makeResponse,
  makeSuccess,
  WorkflowEngine,
} from "../../../src/pitboss/index.js";
import { refusalOf } from "../../support/refusal.js";

const engine = new WorkflowEngine();
const human = "sendMessageToChat";

describe("toMermaid", () => {
  it("draws the workflow of a verb", () => {
    expect(engine.toMermaid("RULE")).toBe(
      `flowchart TD
  agent0["model.Capo"]
  agent1["model.verifyRequest"]
  agent2["model.ruleToSQL"]
  agent3["model.verifySQL"]
  agent4["tool.executeSQL"]
  end0(["sendMessageToChat"])
  agent0 -->|yes| agent1
  agent0 -->|no| end0
  agent1 -->|yes| agent2
  agent1 -->|no| end0
  agent2 -->|yes| agent3
  agent2 -->|no| end0
  agent3 -->|yes| agent4
  agent3 -->|no| end0
  agent4 -->|yes| end0
  agent4 -->|no| end0`,
    );
  });

  const request = makeRequest("s", "r", "RULE", {});
  const step = (next: string | null, decision: "yes" | "no") =>
    makeResponse("s", "r", "RULE", next, decision, 0.5, "", {});
  const thick = (...reported: Parameters<typeof engine.toMermaid>[1] & object) =>
    engine
      .toMermaid("RULE", reported)
      .split("\n")
      .filter((line) => line.includes("==>"));

  it("draws the branches of a run as thick arrows", () => {
    expect(thick(request, step("model.verifyRequest", "yes"), step(human, "no"))).toEqual([
      "  agent0 ==>|yes| agent1",
      "  agent1 ==>|no| end0",
    ]);
  });

  it("draws a run that starts in the middle, and one that starts again", () => {
    const resumed = { ...request, nextAgent: "model.verifySQL" };
    const end = [
      step("tool.executeSQL", "yes"),
      step(human, "yes"),
      makeSuccess("s", "r", "RULE", {}),
    ];
    expect(thick(resumed, ...end)).toEqual(["  agent3 ==>|yes| agent4", "  agent4 ==>|yes| end0"]);
    for (const nextAgent of [human, null]) {
      expect(thick(resumed, ...end, { ...request, nextAgent }, step(human, "no"))).toContain(
        "  agent0 ==>|no| end0",
      );
    }
  });

  it("starts at the entry agent without a request, and ignores envelopes without a decision", () => {
    const error = makeError("s", "r", "RULE", "broken");
    expect(thick(error, step(human, "no"))).toEqual(["  agent0 ==>|no| end0"]);
    expect(thick(makeSuccess("s", "r", "RULE", {}))).toEqual([]);
    expect(thick(step(null, "yes"), step(human, "no"))).toEqual(["  agent0 ==>|yes| agent1"]);
  });

  it("draws branches without an agent, several terminals, and any name", () => {
    const wide = engine.registerVerb(
      {
        verb: "ODD",
        entryAgent: 'a"]; click',
        nodes: {
          'a"]; click': { agentName: 'a"]; click', branchYes: "sendHITL" },
          end: { agentName: "end", branchYes: "terminal", branchNo: 'a"]; click' },
        },
      },
      z.looseObject({}),
    );
    expect(wide.toMermaid("ODD")).toBe(
      `flowchart TD
  agent0["a#34;#93;#59; click"]
  agent1["end"]
  end0(["sendHITL"])
  end1(["nobody"])
  end2(["terminal"])
  agent0 -->|yes| end0
  agent0 -->|no| end1
  agent1 -->|yes| end2
  agent1 -->|no| agent0`,
    );
  });

  it("refuses envelopes that are not a list", () => {
    expect(refusalOf(() => Reflect.apply(engine.toMermaid, engine, ["RULE", 5])).message).toBe(
      "cannot run pitboss.v1.Workflow: reading the value threw an error [input.unreadable]",
    );
  });
});
