import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { contracts } from "../../../src/all.js";
import { channels } from "../../../src/beamline/channels.js";
import { ExecAssignmentAck } from "../../../src/beamline/worker/assignment.js";
import { isPlainObject } from "../../../src/contract/base/plain-data.js";
import type { Unrepresentable } from "../../../src/contract/model/json-schema-keywords.js";
import { boundsBeforeRounding } from "../../../src/contract/rules/float32.js";
import {
  type AnyContract,
  type AnyJsonContract,
  type ContractIssue,
  formatIssue,
  isJsonContract,
  type JsonSchema,
  toJsonSchema,
} from "../../../src/index.js";
import { Event } from "../../../src/jimbot/events/event.js";
import { KnowledgeUpdate } from "../../../src/jimbot/knowledge.js";
import { resolve, sampleOf } from "../../support/codegen/sample-schema.js";
import { allExamples as examples } from "../../support/examples.js";
import { mutationsOf } from "../../support/json/mutate-json.js";
import { jsonContracts } from "../../support/json-contracts.js";

const event = { event_id: "e1", source: "mod" };

/** Kinds of wire JSON that no example has. */
const more = [
  {
    name: "an error that has its id and source from its event",
    contract: Event,
    json: { ...event, type: "ERROR", payload: { message: "lost", error_id: null } },
  },
  {
    name: "a step of the scoring",
    contract: Event,
    json: { ...event, type: "SCORING", subtype: "HAND_EVAL_START", payload: { ante: 1 } },
  },
  {
    name: "an update that says its type itself",
    contract: KnowledgeUpdate,
    json: {
      update_id: "u1",
      knowledge_type: "own",
      custom_update: {
        "@type": "type.googleapis.com/jimbot.events.v1.HandValueUpdate",
        hand_type: "Pair",
      },
    },
  },
  {
    name: "an acknowledgement of an older worker",
    contract: ExecAssignmentAck,
    json: { assignment_id: "a1", status: "rejected", reason: "busy" },
  },
];

/** The errors that a schema cannot express, by the kind in its `$comment`. */
const refusals: Readonly<Record<Unrepresentable, (issue: ContractIssue) => boolean>> = {
  refine: ({ rule, expected }) =>
    expected === undefined &&
    ["rule", "required", "range", "length", "format", "payload.type", "frame.malformed"].includes(
      rule,
    ),
  base64: ({ rule }) => rule === "format",
  calendar: ({ rule }) => rule === "format",
  check: () => false,
  depth: ({ rule }) => rule === "input.depth",
  duration: ({ rule }) => rule === "format" || rule === "type",
  int64: ({ rule }) => rule === "range",
  kept: ({ rule }) => rule === "duplicate_key",
  text: ({ message, received }) =>
    message.includes("lone surrogates") || received?.includes("\\ud800") === true,
  units: ({ rule }) => rule === "length",
  utf8: ({ message }) => /at most \d+ bytes/.test(message),
};

/** The kinds in the `$comment`s of a schema, from its root to a path, through every branch that may matter. */
function unrepresentableOnPath(root: JsonSchema, steps: readonly string[]): Set<string> {
  const kinds = new Set<string>();
  const visit = (schema: unknown, rest: readonly string[]): void => {
    if (!isPlainObject(schema)) return;
    const { $ref, $comment } = schema;
    if (typeof $ref === "string") visit(resolve($ref, root), rest);
    if (typeof $comment === "string") {
      for (const word of $comment.replace(/^unrepresentable: /, "").split(", ")) kinds.add(word);
    }
    for (const keyword of ["anyOf", "allOf"]) {
      const branches = schema[keyword];
      if (Array.isArray(branches)) for (const branch of branches) visit(branch, rest);
    }
    visit(schema["then"], rest);
    const [step, ...further] = rest;
    if (step === undefined) return;
    const { properties, items, additionalProperties } = schema;
    if (isPlainObject(properties)) visit(properties[step], further);
    visit(items, further);
    visit(additionalProperties, further);
  };
  visit(root, steps);
  return kinds;
}

function stepsOf(path: string): string[] {
  return [...path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(
    ([, quoted, index, plain]) => quoted ?? index ?? plain ?? "",
  );
}

interface Outcome {
  accepted: number;
  refused: number;
  /** The words for the refusals that only the rules made. */
  readonly unrepresentable: Set<string>;
  readonly disagreements: string[];
}

function compare(
  contract: AnyContract | AnyJsonContract,
  jsons: Iterable<unknown>,
  outcome: Outcome,
): void {
  const schema = toJsonSchema(contract);
  const validate = new Ajv2020({ strict: true }).compile(schema);
  const disagree = (words: string): void => {
    outcome.disagreements.push(`${contract.typeName}: ${words}`);
  };
  const expectValid = (json: unknown): void => {
    if (validate(json)) return;
    disagree(`refuses ${JSON.stringify(json)}: ${JSON.stringify(validate.errors?.[0])}`);
  };
  for (const json of jsons) {
    const result = contract.safeFromJson(json);
    if (result.ok) {
      outcome.accepted++;
      expectValid(json);
      const written = contract.safeToJson(result.value);
      if (written.ok) expectValid(written.value);
    } else {
      outcome.refused++;
      if (!validate(json)) continue;
      for (const issue of result.error.issues) {
        const word = unrepresentableOf(issue, unrepresentableOnPath(schema, stepsOf(issue.path)));
        if (word === undefined) disagree(`takes ${formatIssue(issue)}`);
        else outcome.unrepresentable.add(word);
      }
    }
  }
}

function unrepresentableOf(issue: ContractIssue, words: ReadonlySet<string>): string | undefined {
  const fitting = Object.entries(refusals).filter(([word, fits]) => words.has(word) && fits(issue));
  return fitting[0]?.[0];
}

function begin(): Outcome {
  return { accepted: 0, refused: 0, unrepresentable: new Set(), disagreements: [] };
}

describe("the schemas and the rules", () => {
  it("agree on the examples with any one value changed, except for what the schema cannot express", () => {
    const outcome = begin();
    for (const { contract, json } of examples) compare(contract, mutationsOf(json), outcome);
    expect(outcome.disagreements).toEqual([]);
    expect(outcome.accepted).toBeGreaterThan(3_000);
    expect(outcome.refused).toBeGreaterThan(10_000);
  });

  it("agree on samples of every message, made from its schema", () => {
    const outcome = begin();
    for (const contract of contracts) {
      const schema = toJsonSchema(contract);
      const samples = [sampleOf(schema, "most"), sampleOf(schema, "required")];
      // Messages inside have samples of their own.
      const jsons = samples.flatMap((sample) => [...mutationsOf(sample, 2)]);
      compare(contract, jsons, outcome);
    }
    expect(outcome.disagreements).toEqual([]);
    expect(outcome.accepted).toBeGreaterThan(3_000);
    expect([...outcome.unrepresentable].sort()).toEqual(
      ["refine", "base64", "calendar", "duration", "int64", "kept", "text", "utf8"].sort(),
    );
  });

  it.each(jsonContracts.map((contract) => [contract.typeName, contract] as const))(
    "agree on samples of %s, which exists in JSON only",
    (_, contract) => {
      const outcome = begin();
      const schema = toJsonSchema(contract);
      for (const kind of ["most", "required"] as const) {
        compare(contract, mutationsOf(sampleOf(schema, kind)), outcome);
      }
      expect(outcome.disagreements).toEqual([]);
      expect(outcome.accepted + outcome.refused).toBeGreaterThan(20);
    },
  );

  it("agree on the examples of channels, with any one value changed", () => {
    const outcome = begin();
    for (const { messages, replies = [], example } of channels) {
      const pairs = [
        ...messages.map((contract) => [contract, example?.message] as const),
        ...replies.map((contract) => [contract, example?.reply] as const),
      ];
      for (const [contract, json] of pairs) {
        if (isJsonContract(contract)) compare(contract, mutationsOf(json), outcome);
      }
    }
    expect(outcome.disagreements).toEqual([]);
    expect(outcome.accepted).toBeGreaterThan(500);
    expect(outcome.refused).toBeGreaterThan(1_000);
  });

  it.each(more)("agree on $name with any one value changed", ({ contract, json }) => {
    expect(contract.safeFromJson(json)).toMatchObject({ ok: true });
    const outcome = begin();
    compare(contract, mutationsOf(json), outcome);
    expect(outcome.disagreements).toEqual([]);
  });
});

describe("the bounds of a float before it is rounded", () => {
  it.each([
    [0, 1],
    [0, 100],
    [0.1, 0.3],
    [-2.5, -0.1],
    [-3.4028234663852886e38, 3.4028234663852886e38],
  ])("are the outermost numbers that round into %d to %d", (min, max) => {
    const bounds = boundsBeforeRounding(min, max);
    const isInside = (value: number): boolean =>
      value >= (bounds["minimum"] ?? Number.NEGATIVE_INFINITY) &&
      value > (bounds["exclusiveMinimum"] ?? Number.NEGATIVE_INFINITY) &&
      value <= (bounds["maximum"] ?? Number.POSITIVE_INFINITY) &&
      value < (bounds["exclusiveMaximum"] ?? Number.POSITIVE_INFINITY);
    for (const edge of [...Object.values(bounds), min, max]) {
      for (const step of [-2, -1, 0, 1, 2]) {
        const value = edge + step * Math.max(Math.abs(edge) * Number.EPSILON, Number.MIN_VALUE);
        const rounded = Math.fround(value);
        expect(isInside(value), `${value}`).toBe(rounded >= min && rounded <= max);
      }
    }
  });
});
