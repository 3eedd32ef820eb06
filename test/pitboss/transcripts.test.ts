import { describe, expect, it } from "vitest";
import { z } from "zod";
import {
  type AgentAnswer,
  type Agents,
  type Client,
  createClient,
  createSession,
  documentedWorkflows,
  formatSocketFrame,
  type MessageEnvelopeJson,
  parseSocketFrame,
  runWorkflow,
  WorkflowEngine,
} from "../../src/pitboss/index.js";

const engine = new WorkflowEngine().registerVerb(
  {
    verb: "NEWVERB",
    entryAgent: "model.Capo",
    nodes: {
      "model.Capo": {
        agentName: "model.Capo",
        branchYes: "my.newAgent",
        branchNo: "sendMessageToChat",
      },
      "my.newAgent": { agentName: "my.newAgent", branchNo: "sendMessageToChat" },
    },
  },
  z.looseObject({ topic: z.string() }),
);
type OurClient = Client<typeof engine extends WorkflowEngine<infer Bodies> ? Bodies : never>;

/** One envelope of a flow: its sender, its JSON, its bytes, and its kind for the frontend. */
interface Line {
  readonly from: "frontend" | "backend";
  readonly envelope: MessageEnvelopeJson;
  readonly bytes: string;
  readonly kind?: string;
}

/** How a message is sent: both encodings must give the same message. */
const options = { contract: engine.contract };
const wires = {
  json: (envelope: MessageEnvelopeJson) => {
    const frame = { kind: "envelope", envelope: engine.contract.fromJson(envelope) } as const;
    const arrived = parseSocketFrame(formatSocketFrame(frame, options), options);
    if (arrived.kind === "legacy") throw new Error("an envelope arrived as a legacy frame");
    return engine.contract.toJson(arrived.envelope);
  },
  binary: (envelope: MessageEnvelopeJson) => {
    const bytes = engine.contract.encode(engine.contract.fromJson(envelope));
    return engine.contract.toJson(engine.contract.decode(bytes));
  },
};
type Wire = keyof typeof wires;

function hexOf(envelope: MessageEnvelopeJson): string {
  const bytes = engine.contract.encode(engine.contract.fromJson(envelope));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A frontend and a backend, connected by a wire, and the envelopes that they exchange. */
class Exchange {
  readonly lines: Line[] = [];
  readonly client: OurClient;
  #time = 1732535853442;
  readonly #now = (): number => this.#time++;

  constructor(
    readonly wire: Wire,
    readonly agents: Agents,
  ) {
    const session = createSession({ sessionId: "sess-001" });
    this.client = createClient({ engine, session, now: this.#now });
  }

  /** Sends a request, and lets the backend run its workflow. */
  async play(request: MessageEnvelopeJson): Promise<void> {
    const send = wires[this.wire];
    this.lines.push({ from: "frontend", envelope: request, bytes: hexOf(request) });
    const options = { engine, now: this.#now };
    for await (const envelope of runWorkflow(send(request), this.agents, options)) {
      const answer = this.client.receive(send(envelope));
      if (answer === null) throw new Error("a response is no envelope");
      const { kind } = answer;
      this.lines.push({ from: "backend", envelope: answer.envelope, bytes: hexOf(envelope), kind });
    }
  }
}

function say(answers: Readonly<Record<string, AgentAnswer>>): Agents {
  return Object.fromEntries(Object.entries(answers).map(([name, answer]) => [name, () => answer]));
}

/** The confidences and reasons of the document's happy path. */
const happy: Readonly<Record<string, AgentAnswer>> = {
  "model.Capo": ["yes", 0.85, "Rule syntax valid"],
  "model.verifyRequest": ["yes", 0.88, "Semantics clear"],
  "model.ruleToSQL": ["yes", 0.92, "SQL generated"],
  "model.verifySQL": ["yes", 0.97, "SQL safe"],
  "tool.executeSQL": ["yes", 0.96, "42 rows materialized"],
};

const flows: Readonly<Record<string, (wire: Wire) => Promise<Exchange>>> = {
  async "rule-happy-path"(wire) {
    const exchange = new Exchange(wire, {
      ...say(happy),
      "tool.executeSQL": (body) => {
        body["rows_modified"] = 42;
        return ["yes", 0.96, "42 rows materialized"];
      },
    });
    await exchange.play(
      exchange.client.request("RULE", { rule_text: "Show patterns in episodes" }),
    );
    return exchange;
  },
  async "rule-human-in-the-loop"(wire) {
    const exchange = new Exchange(wire, {
      ...say(happy),
      "model.Capo": () => ["yes", 0.85, "Proceeding..."],
      "model.verifyRequest": (body) => {
        if (body["raw_text"] === "Episodes with guests") return ["yes", 0.88, "Semantics clear"];
        body["humanPrompt"] = "Which entity types are meant?";
        return ["no", 0.44, "Cannot determine entity types"];
      },
    });
    await exchange.play(exchange.client.request("RULE", { rule_text: "Ambiguous rule request" }));
    await exchange.play(
      exchange.client.resume("req-001", "Episodes with guests", "model.verifyRequest"),
    );
    return exchange;
  },
  async "content-happy-path"(wire) {
    const agents = Object.keys(documentedWorkflows.CONTENT.nodes);
    const answers = agents.map((name): [string, AgentAnswer] => [
      name,
      ["yes", 0.9, `${name} done`],
    ]);
    const exchange = new Exchange(wire, say(Object.fromEntries(answers)));
    await exchange.play(
      exchange.client.request("CONTENT", { url: "https://example.org/newsletter" }),
    );
    return exchange;
  },
  async "agent-error"(wire) {
    const exchange = new Exchange(wire, {
      "model.Capo": () => Promise.reject(new Error("the model does not answer")),
    });
    await exchange.play(
      exchange.client.request("RULE", { rule_text: "Show patterns in episodes" }),
    );
    await exchange.play(exchange.client.resume("req-001", "try again"));
    return exchange;
  },
  async "new-verb"(wire) {
    const exchange = new Exchange(
      wire,
      say({ "model.Capo": ["yes", 0.9, "reason"], "my.newAgent": ["yes", 0.9, "reason"] }),
    );
    await exchange.play(exchange.client.request("NEWVERB", { topic: "episodes" }));
    return exchange;
  },
};

describe.each(Object.entries(flows))("the flow %s", (name, play) => {
  it.each(["json", "binary"] as const)("goes from start to end in %s", async (wire) => {
    const { lines } = await play(wire);
    const text = `${JSON.stringify(lines, null, 2)}\n`;
    await expect(text).toMatchFileSnapshot(`transcripts/${name}.json`);
  });
});

describe("the flows of the document", () => {
  it("have the documented agents, decisions and confidences on the happy path", async () => {
    const { lines, client } = await (flows["rule-happy-path"]?.("json") ?? Promise.reject());
    const summary = lines.map(({ envelope, kind }) => [
      kind,
      envelope.decision,
      envelope.confidence,
      envelope.nextAgent,
      envelope.reason,
    ]);
    expect(summary).toEqual([
      [undefined, null, 0, "model.Capo", ""],
      ["step", "yes", 0.85, "model.verifyRequest", "Rule syntax valid"],
      ["step", "yes", 0.88, "model.ruleToSQL", "Semantics clear"],
      ["step", "yes", 0.92, "model.verifySQL", "SQL generated"],
      ["step", "yes", 0.97, "tool.executeSQL", "SQL safe"],
      ["step", "yes", 0.96, "sendMessageToChat", "42 rows materialized"],
      ["success", "yes", 1, null, "Success"],
    ]);
    expect(lines.at(-1)?.envelope.messageBody["rows_modified"]).toBe(42);
    expect(client.open).toEqual([]);
  });

  it("wait for a person on the HITL path, and continue with the answer", async () => {
    const { lines, client } = await (flows["rule-human-in-the-loop"]?.("binary") ??
      Promise.reject());
    expect(lines.map(({ kind, envelope }) => [kind, envelope.confidence])).toEqual([
      [undefined, 0],
      ["step", 0.85],
      ["human", 0.44],
      [undefined, 0],
      ["step", 0.88],
      ["step", 0.92],
      ["step", 0.97],
      ["step", 0.96],
      ["success", 1],
    ]);
    expect(lines[2]?.envelope).toMatchObject({
      decision: "no",
      reason: "Cannot determine entity types",
      nextAgent: "sendMessageToChat",
      returnCode: 0,
    });
    expect(client.open).toEqual([]);
  });
});
