import type { Workflow } from "./workflow.js";

/** An envelope of a run of a workflow: the keys of its wire JSON that the drawing needs. */
export interface RunEnvelope {
  readonly type: "request" | "response" | "error";
  readonly nextAgent: string | null;
  readonly decision: "yes" | "no" | null;
  readonly returnCode: number;
}

type Branch = "yes" | "no";

/** Marks the end of the workflow; not the name of an agent. */
const endOfWorkflow = "";

/**
 * A workflow as a Mermaid flowchart: agents are boxes, terminals are rounded. The branches taken in a run,
 * which is given as its request and responses, are thick arrows.
 */
export function drawMermaid(workflow: Workflow, envelopes: readonly RunEnvelope[] = []): string {
  const taken = branchesOf(workflow, envelopes);
  const agents = Object.keys(workflow.nodes);
  const ids = new Map(agents.map((agent, index) => [agent, `agent${index}`]));
  const ends = new Map<string, string>();
  const lines = agents.map((agent) => `  ${ids.get(agent)}["${escapeLabel(agent)}"]`);
  const arrows: string[] = [];
  for (const { agentName, branchYes, branchNo } of Object.values(workflow.nodes)) {
    for (const [branch, next = endOfWorkflow] of [
      ["yes", branchYes],
      ["no", branchNo],
    ] as const) {
      let target = ids.get(next);
      if (target === undefined) {
        target = ends.get(next) ?? `end${ends.size}`;
        ends.set(next, target);
      }
      const arrow = taken.has(keyOf(agentName, branch)) ? "==>" : "-->";
      arrows.push(`  ${ids.get(agentName)} ${arrow}|${branch}| ${target}`);
    }
  }
  for (const [end, id] of ends) {
    const label = end === endOfWorkflow ? "nobody" : escapeLabel(end);
    lines.push(`  ${id}(["${label}"])`);
  }
  return ["flowchart TD", ...lines, ...arrows].join("\n");
}

/** The branches taken in a run, one for each response of an agent. */
function branchesOf(workflow: Workflow, envelopes: readonly RunEnvelope[]): ReadonlySet<string> {
  const taken = new Set<string>();
  let agent = workflow.entryAgent;
  for (const { type, nextAgent, decision, returnCode } of envelopes) {
    if (type === "request") {
      agent =
        nextAgent !== null && Object.hasOwn(workflow.nodes, nextAgent)
          ? nextAgent
          : workflow.entryAgent;
    } else if (decision !== null && returnCode !== 1) {
      taken.add(keyOf(agent, decision));
      agent = nextAgent ?? endOfWorkflow;
    }
  }
  return taken;
}

function keyOf(agent: string, branch: Branch): string {
  return `${branch} ${agent}`;
}

/** Escapes all but plain characters as Mermaid entities, because a name could otherwise end its label. */
function escapeLabel(name: string): string {
  return name.replace(/[^A-Za-z0-9 ._:/-]/gu, (character) => `#${character.codePointAt(0)};`);
}
