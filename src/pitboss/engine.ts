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

/** The `messageBody` of requests, by verb: what the compiler knows of an engine's verbs. */
export type VerbBodies = Readonly<Record<string, object>>;

/** Those of the document, which are free-form. */
export type DocumentedBodies = Readonly<Record<Verb, JsonObject>>;

/** The tree of a verb as an application writes it: wire JSON, of which a node may leave out all but its name. */
export interface VerbWorkflow<V extends string = string> {
  /** An upper-case name, e.g. `NEWVERB`. */
  readonly verb: V;
  /** The agent that a request starts at, `model.Capo` in every documented tree. A key of `nodes`. */
  readonly entryAgent: string;
  /** The agents by name, which each node repeats. */
  readonly nodes: Readonly<Record<string, VerbNode>>;
}

/** One agent of a {@link VerbWorkflow}. A branch that is missing or null ends the walk. */
export interface VerbNode {
  readonly agentName: string;
  readonly branchYes?: string | null;
  readonly branchNo?: string | null;
  readonly description?: string;
}

/** A verb of an application: its tree, and what a request's `messageBody` must be. */
export interface VerbRegistration {
  readonly workflow: VerbWorkflow;
  readonly body: BodySchema;
}

/**
 * The workflow trees of all verbs, and who comes next in them. A new engine knows RULE and CONTENT;
 * {@link WorkflowEngine.registerVerb} gives one that knows more. Nothing changes an engine. Document: the
 * Pitboss quick start, "Workflow Navigation".
 *
 * ```ts
 * const engine = new WorkflowEngine();
 * engine.getNextAgent("RULE", "model.Capo", "yes"); // "model.verifyRequest"
 * engine.isTerminal("sendMessageToChat"); // true
 * ```
 */
export class WorkflowEngine<Bodies extends VerbBodies = DocumentedBodies> {
  /** The envelopes of this engine's verbs: every door in JSON and in binary. */
  readonly contract: EnvelopeContract;
  readonly #registered: readonly VerbRegistration[];
  readonly #workflows = new Map<string, Workflow>();

  /** `registered` is what {@link WorkflowEngine.registerVerb} adds, where the compiler need not know it. */
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
   * An engine that knows this verb too. `body` is what a request's `messageBody` must be, also when it
   * resumes with the echo of a response and `raw_text`: so let further keys pass. Throws ContractError:
   * the codes of {@link Workflow} for a tree that breaks its rules, `format` for a verb that is no
   * upper-case name, `registry.duplicate` for one that is known, `config` for a body that is no Standard
   * Schema. Document: the Pitboss quick start, "Adding a New Workflow Verb".
   */
  registerVerb<const V extends string, Body extends object>(
    workflow: VerbWorkflow<V>,
    body: BodySchema<Body>,
  ): WorkflowEngine<Bodies & Readonly<Record<V, Body>>> {
    return new WorkflowEngine([...this.#registered, { workflow, body }]);
  }

  /** The tree of a verb, frozen. Throws ContractError `workflow.unknown` for a verb without one. */
  getWorkflow(verb: string): Workflow {
    const workflow = this.#workflows.get(verb);
    if (workflow !== undefined) return workflow;
    const name = typeof verb === "string" ? excerpt(verb) : preview(verb);
    const message = `Unknown workflow: ${name}`;
    const issue = { path: "verb", rule: "workflow.unknown", message } as const;
    throw new ContractError("run", Workflow.typeName, issue);
  }

  /** An agent's node, frozen; undefined for an agent that the tree does not have. Throws as `getWorkflow`. */
  getNode(verb: string, agent: string): WorkflowNode | undefined {
    const { nodes } = this.getWorkflow(verb);
    return typeof agent === "string" && Object.hasOwn(nodes, agent) ? nodes[agent] : undefined;
  }

  /**
   * Who follows an agent that has decided so; undefined for an agent that the tree does not have, for no
   * decision, and for a branch that ends the walk. Throws as `getWorkflow`.
   */
  getNextAgent(verb: string, currentAgent: string, decision: string | null): string | undefined {
    const node = this.getNode(verb, currentAgent);
    if (decision === "yes") return node?.branchYes;
    return decision === "no" ? node?.branchNo : undefined;
  }

  /**
   * True for where a walk ends: `sendMessageToChat`, `sendHITL`, `terminal`, and no agent at all. False for
   * every other name, unknown ones too.
   */
  isTerminal(agent: string | null | undefined): boolean {
    return isTerminal(agent);
  }

  /**
   * The tree of a verb as a Mermaid flowchart; with the request and the responses of a walk, the way that
   * it took is drawn thick. Throws as `getWorkflow`.
   */
  toMermaid(verb: string, reported: readonly RunEnvelope[] = []): string {
    const workflow = this.getWorkflow(verb);
    return guarded("run", Workflow.typeName, () => drawMermaid(workflow, reported));
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
