import type { JsonObject } from "@bufbuild/protobuf";
import { guarded } from "../contract/base/result.js";
import { ContractError } from "../wire/error.js";
import { preview } from "../wire/preview.js";
import type { BodySchema } from "./body-schema.js";
import {
  createEnvelopeContract,
  type EnvelopeContract,
  MessageEnvelope,
  type Verb,
} from "./envelope.js";
import { excerpt } from "./excerpt.js";
import { documentedWorkflows } from "./workflow/documented-workflows.js";
import { drawMermaid, type RunEnvelope } from "./workflow/mermaid.js";
import { isTerminal, Workflow, type WorkflowJson, type WorkflowNode } from "./workflow/workflow.js";

/** The types of the `messageBody` of requests, by verb. */
export type VerbBodies = Readonly<Record<string, object>>;

/** The bodies of the documented verbs: any JSON object. */
export type DocumentedBodies = Readonly<Record<Verb, JsonObject>>;

/** The workflow of a verb as an application writes it: wire JSON, in which a node needs only its name. */
export interface VerbWorkflow<V extends string = string> {
  /** An upper-case name, e.g. `NEWVERB`. */
  readonly verb: V;
  /** The agent with which a request starts: a key of `nodes`; `model.Capo` in both documented workflows. */
  readonly entryAgent: string;
  /** The agents, by name; each node repeats its name as `agentName`. */
  readonly nodes: Readonly<Record<string, VerbNode>>;
}

/** One agent of a {@link VerbWorkflow}. A branch that is missing or null ends the workflow. */
export interface VerbNode {
  readonly agentName: string;
  readonly branchYes?: string | null;
  readonly branchNo?: string | null;
  readonly description?: string;
}

/** A verb of an application: its workflow, and the schema of `messageBody` in its requests. */
export interface VerbRegistration {
  readonly workflow: VerbWorkflow;
  readonly body: BodySchema;
}

/**
 * The workflows of all verbs, and the navigation in them. A new engine knows RULE and CONTENT;
 * {@link WorkflowEngine.registerVerb} returns an engine that knows one verb more. Engines are immutable.
 * Document: the Pitboss quick start, "Workflow Navigation".
 *
 * ```ts
 * const engine = new WorkflowEngine();
 * engine.getNextAgent("RULE", "model.Capo", "yes"); // "model.verifyRequest"
 * engine.isTerminal("sendMessageToChat"); // true
 * ```
 */
export class WorkflowEngine<Bodies extends VerbBodies = DocumentedBodies> {
  /** The contract of the envelopes with this engine's verbs. */
  readonly contract: EnvelopeContract;
  readonly #registered: readonly VerbRegistration[];
  readonly #workflows = new Map<string, Workflow>();

  /** `registered` are verbs as {@link WorkflowEngine.registerVerb} adds them, without types for their bodies. */
  constructor(registered: readonly VerbRegistration[] = []) {
    for (const json of Object.values(documentedWorkflows)) this.#add(json);
    this.#registered = guarded("register", Workflow.typeName, () =>
      [...registered].map(({ workflow, body }) => ({ workflow: this.#add(workflow), body })),
    );
    this.contract =
      this.#registered.length === 0
        ? MessageEnvelope
        : createEnvelopeContract({
            verbs: this.#registered.map(({ workflow }) => workflow.verb),
            bodies: Object.fromEntries(
              this.#registered.map(({ workflow, body }) => [workflow.verb, body]),
            ),
          });
    Object.freeze(this);
  }

  /**
   * Returns an engine that knows this verb too. `body` is the schema of `messageBody` in its requests. It
   * should allow further keys, because a request that resumes a workflow has the body of the last response
   * and `raw_text`. Throws ContractError: the codes of {@link Workflow} for a workflow that breaks its
   * rules, `format` for a verb that is not an upper-case name, `registry.duplicate` for a known verb,
   * `config` for a body that is not a Standard Schema. Document: the Pitboss quick start, "Adding a New Workflow Verb".
   */
  registerVerb<const V extends string, Body extends object>(
    workflow: VerbWorkflow<V>,
    body: BodySchema<Body>,
  ): WorkflowEngine<Bodies & Readonly<Record<V, Body>>> {
    return new WorkflowEngine([...this.#registered, { workflow, body }]);
  }

  /** The workflow of a verb, frozen. Throws ContractError `workflow.unknown` for an unknown verb. */
  getWorkflow(verb: string): Workflow {
    const workflow = this.#workflows.get(verb);
    if (workflow !== undefined) return workflow;
    const name = typeof verb === "string" ? excerpt(verb) : preview(verb);
    const message = `Unknown workflow: ${name}`;
    const issue = { path: "verb", rule: "workflow.unknown", message } as const;
    throw new ContractError("run", Workflow.typeName, issue);
  }

  /** The node of an agent, frozen; undefined if the workflow has no such agent. Throws as `getWorkflow`. */
  getNode(verb: string, agent: string): WorkflowNode | undefined {
    const { nodes } = this.getWorkflow(verb);
    return typeof agent === "string" && Object.hasOwn(nodes, agent) ? nodes[agent] : undefined;
  }

  /**
   * The agent that follows a decision; undefined if the workflow has no such agent, if there is no decision,
   * and for a branch that ends the workflow. Throws as `getWorkflow`.
   */
  getNextAgent(verb: string, currentAgent: string, decision: string | null): string | undefined {
    const node = this.getNode(verb, currentAgent);
    if (decision === "yes") return node?.branchYes;
    return decision === "no" ? node?.branchNo : undefined;
  }

  /**
   * Whether the workflow ends here: `sendMessageToChat`, `sendHITL`, `terminal`, null or undefined. Returns
   * false for every other name, also for an unknown one.
   */
  isTerminal(agent: string | null | undefined): boolean {
    return isTerminal(agent);
  }

  /**
   * The workflow of a verb as a Mermaid flowchart. Given the request and responses of a run, the branches
   * that it took are drawn as thick arrows. Throws as `getWorkflow`.
   */
  toMermaid(verb: string, envelopes: readonly RunEnvelope[] = []): string {
    const workflow = this.getWorkflow(verb);
    return guarded("run", Workflow.typeName, () => drawMermaid(workflow, envelopes));
  }

  #add(json: VerbWorkflow): WorkflowJson {
    const workflow = Workflow.fromJson(json);
    const { verb } = workflow;
    if (this.#workflows.has(verb)) {
      const message = `${excerpt(verb)} has a workflow already`;
      const issue = { path: "verb", rule: "registry.duplicate", message } as const;
      throw new ContractError("register", Workflow.typeName, issue);
    }
    for (const node of Object.values(workflow.nodes)) Object.freeze(node);
    Object.freeze(workflow.nodes);
    this.#workflows.set(verb, Object.freeze(workflow));
    return Workflow.toJson(workflow);
  }
}
