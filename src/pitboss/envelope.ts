import * as z from "zod/mini";
import { MessageEnvelopeCodec } from "../../gen/pitboss/v1/envelope_codec.js";
import {
  Decision,
  DecisionSchema,
  type MessageEnvelope as MessageEnvelopeMessage,
  MessageEnvelopeSchema,
  MessageType,
  MessageTypeSchema,
} from "../../gen/pitboss/v1/envelope_pb.js";
import { maxIssues } from "../contract/base/context.js";
import { isPlainObject } from "../contract/base/plain-data.js";
import { guarded, refuse } from "../contract/base/result.js";
import { readOptions } from "../contract/base/settings.js";
import { type Contract, createContract } from "../contract/contract.js";
import type { JsonSchema } from "../contract/model/json-schema-keywords.js";
import type { Wire } from "../contract/rules/define.js";
import { filled, formed, oneOf, type StringRule } from "../contract/rules/formats.js";
import { type ContractIssue, mismatch } from "../wire/error.js";
import { formatPath } from "../wire/path.js";
import { type BodySchema, reportBody } from "./body-schema.js";
import { define } from "./dialect.js";
import { readErrorsOfAnyVerb } from "./errors-of-any-verb.js";

const documentedVerbs = ["RULE", "CONTENT"] as const;
const verbName = /^[A-Z][A-Z0-9_]*$/;
/** The verb of an error that is only read. */
const anyVerb: StringRule = (text) => filled(text).check(z.maxLength(256));

/** A documented verb; an application can register more. */
export type Verb = (typeof documentedVerbs)[number];

/** The version of the message protocol that envelopes are written in; every 1.x is read. */
export const protocolVersion = "1.1";

/** The options of {@link createEnvelopeContract}. */
export interface EnvelopeContractOptions {
  /** The verbs of the application besides RULE and CONTENT. Default none. */
  readonly verbs?: readonly string[];
  /**
   * The schema of `messageBody` in the requests of a registered verb. Default: any object. Every method that
   * validates runs the schema once for each request. Responses and errors are not validated against it,
   * because agents add keys to their bodies.
   */
  readonly bodies?: Readonly<Record<string, BodySchema>>;
}

function defineEnvelope(verbRule: StringRule, bodies: ReadonlyMap<string, BodySchema>) {
  return define(
    MessageEnvelopeSchema,
    (t) => ({
      type: t.enum(MessageTypeSchema, "MESSAGE_TYPE_", { zero: "refused" }).required(),
      version: t.string(formed(/^\d{1,9}\.\d{1,9}$/, 'a version such as "1.1"')).required(),
      timestamp: t.int64({ min: 0n }),
      sessionId: t.string(filled).required(),
      requestId: t.string(filled).required(),
      verb: t.string(verbRule).required(),
      nextAgent: t.optional(t.string(filled)).nullable(),
      returnCode: t.sint32({ min: -1, max: 1 }),
      decision: t.enum(DecisionSchema, "DECISION_", { zero: "unset" }).nullable(),
      confidence: t.double({ min: 0, max: 1 }),
      reason: t.string(),
      messageBody: t.struct().always(),
    }),
    {
      constants: { version: protocolVersion },
      refine({ type, verb, returnCode, decision, confidence, messageBody }, report) {
        const hasDecision = decision !== Decision.UNSPECIFIED;
        if (type === MessageType.REQUEST && returnCode !== 0) {
          report(["returnCode"], "rule", "must be 0 when type is request");
        }
        if (type === MessageType.ERROR && returnCode !== -1) {
          report(["returnCode"], "rule", "must be -1 when type is error");
        }
        if (type !== MessageType.RESPONSE && hasDecision) {
          report(["decision"], "rule", "must be null unless type is response");
        }
        if (!hasDecision && confidence !== 0) {
          report(["confidence"], "rule", "must be 0 when decision is null");
        }
        for (const key of Object.keys(messageBody ?? {})) {
          if (key.startsWith("_")) {
            report(["messageBody", key], "rule", "a key that starts with _ stays in the backend");
          }
        }
        const schema = type === MessageType.REQUEST ? bodies.get(verb) : undefined;
        if (schema !== undefined) reportBody(schema, messageBody ?? {}, report);
      },
    },
  );
}

/** The contract with these verbs, which also reads errors of any other. */
function createWith(
  verbs: readonly string[],
  bodies: ReadonlyMap<string, BodySchema>,
): EnvelopeContract {
  const contractOf = (rule: StringRule): EnvelopeContract => {
    const definition = { ...defineEnvelope(rule, bodies), describe: describeWith(verbs) };
    return createContract(MessageEnvelopeSchema, definition, MessageEnvelopeCodec);
  };
  return readErrorsOfAnyVerb(contractOf(oneOf(verbs)), contractOf(anyVerb));
}

/** Describes that errors may have any verb. */
function describeWith(verbs: readonly string[]): (own: JsonSchema) => JsonSchema {
  return (own) => ({
    ...own,
    properties: { ...own.properties, verb: { type: "string", minLength: 1, maxLength: 256 } },
    allOf: [
      ...(own.allOf ?? []),
      {
        anyOf: [
          { properties: { verb: { enum: verbs } } },
          { properties: { type: { const: "error" } } },
        ],
      },
    ],
  });
}

/** A request, an agent's response, or an error of a session. Document: the Pitboss quick start. */
export type MessageEnvelope = MessageEnvelopeMessage;
export type MessageEnvelopeJson = Wire<ReturnType<typeof defineEnvelope>>;
/**
 * The contract with the documented verbs; see {@link createEnvelopeContract} for others. Errors (`type`
 * "error") are read with any verb of 1 to 256 characters, except under `strict`: the backend answers what it
 * could not read with the verb GENERIC.
 */
export const MessageEnvelope: Contract<MessageEnvelope, MessageEnvelopeJson> =
  /* @__PURE__ */ createWith(documentedVerbs, new Map());

/** A contract of envelopes, with any set of verbs. Reads errors with any verb. */
export type EnvelopeContract = Contract<MessageEnvelope, MessageEnvelopeJson>;

/**
 * Creates a contract of envelopes with the verbs of an application besides RULE and CONTENT. Throws
 * ContractError: `format` for a verb that is not an upper-case name, `config` for a body whose verb is not
 * in `verbs`, or that is not a Standard Schema, and for invalid options.
 */
export function createEnvelopeContract(options: EnvelopeContractOptions): EnvelopeContract {
  const { typeName } = MessageEnvelopeSchema;
  const { verbs, bodies } = guarded("register", typeName, () => readVerbs(options));
  return createWith([...documentedVerbs, ...verbs], bodies);
}

function readVerbs(options: EnvelopeContractOptions): {
  readonly verbs: readonly string[];
  readonly bodies: ReadonlyMap<string, BodySchema>;
} {
  const own = readOptions(MessageEnvelopeSchema.typeName, options, (given, context) => {
    if (given.verbs !== undefined && !Array.isArray(given.verbs)) {
      context.mismatch("config", "a list", given.verbs, "verbs");
    }
    if (given.bodies !== undefined && !isPlainObject(given.bodies)) {
      context.mismatch("config", "an object", given.bodies, "bodies");
    }
  });
  const verbs = [...(own.verbs ?? [])];
  const bodies = new Map(Object.entries(own.bodies ?? {}));
  const issues: ContractIssue[] = [];
  for (const [index, verb] of verbs.entries()) {
    if (issues.length === maxIssues) break;
    if (typeof verb === "string" && verbName.test(verb)) continue;
    issues.push(mismatch(`verbs[${index}]`, "format", "an upper-case verb such as RULE", verb));
  }
  for (const [verb, schema] of bodies) {
    const path = formatPath(["bodies", verb]);
    if (!verbs.includes(verb))
      issues.push({ path, rule: "config", message: "must be one of verbs" });
    if (!isSchema(schema)) issues.push(mismatch(path, "config", "a Standard Schema", schema));
  }
  refuse("register", MessageEnvelopeSchema.typeName, issues.slice(0, maxIssues));
  return { verbs, bodies };
}

function isSchema(schema: BodySchema): boolean {
  // Not only objects: the schemas of arktype are functions.
  const standard: unknown = Object(schema)["~standard"];
  return (
    typeof standard === "object" &&
    standard !== null &&
    "validate" in standard &&
    typeof standard.validate === "function"
  );
}
