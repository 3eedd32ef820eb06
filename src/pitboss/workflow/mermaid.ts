import type { Workflow } from "./workflow.js";

/** What a drawing needs of an envelope: any envelope of a walk, as wire JSON. */
export interface RunEnvelope {
  readonly type: "request" | "response" | "error";
  readonly nextAgent: string | null;
  readonly decision: "yes" | "no" | null;
  readonly returnCode: number;
}

type Branch = "yes" | "no";

/** Who follows on a branch that ends the walk; no agent has this name. */
const nobody = "";

/**
 * The tree of a workflow as a Mermaid flowchart: agents as boxes, terminals rounded. The way of a walk,
 * given as its request and responses, is drawn thick.
 */
export function drawMermaid(workflow: Workflow, reported: readonly RunEnvelope[] = []): string {
  const taken = branchesOf(workflow, reported);
  const agents = Object.keys(workflow.nodes);
  const ids = new Map(agents.map((agent, index) => [agent, `agent${index}`]));
  const ends = new Map<string, string>();
  const lines = agents.map((agent) => `  ${ids.get(agent)}["${escapeLabel(agent)}"]`);
  const arrows: string[] = [];
  for (const { agentName, branchYes, branchNo } of Object.values(workflow.nodes)) {
    for (const [branch, next = nobody] of [
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
    const label = end === nobody ? "nobody" : escapeLabel(end);
    lines.push(`  ${id}(["${label}"])`);
  }
  return ["flowchart TD", ...lines, ...arrows].join("\n");
}

/** The branches that a walk took, one for each response of an agent. */
function branchesOf(workflow: Workflow, reported: readonly RunEnvelope[]): ReadonlySet<string> {
  const taken = new Set<string>();
  let agent = workflow.entryAgent;
  for (const { type, nextAgent, decision, returnCode } of reported) {
    if (type === "request") {
      agent =
        nextAgent !== null && Object.hasOwn(workflow.nodes, nextAgent)
          ? nextAgent
          : workflow.entryAgent;
    } else if (decision !== null && returnCode !== 1) {
      taken.add(keyOf(agent, decision));
      agent = nextAgent ?? nobody;
    }
  }
  return taken;
}

function keyOf(agent: string, branch: Branch): string {
  return `${branch} ${agent}`;
}

/** Names are foreign text: what is not plain becomes a Mermaid entity, so that no name can end its label. */
function escapeLabel(name: string): string {
  return name.replace(/[^A-Za-z0-9 ._:/-]/gu, (character) => `#${character.codePointAt(0)};`);
}
